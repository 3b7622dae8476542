import CSQLite
import Foundation
import SQLite
import Synchronization
import TestSupport
import Testing

@Suite struct `A database` {
    let temporary: TemporaryDatabase
    var database: Database { temporary.database }

    init() throws { temporary = try TemporaryDatabase() }

    struct Refusal: Error, Equatable {}

    @Test func `undoes a write that throws`() throws {
        let before = database.generation
        #expect(throws: Refusal()) {
            try database.write { db in
                try db.run(BookSQL.insertTitle, ["$title": "one"])
                throw Refusal()
            }
        }
        try #expect(database.countBooks() == 0)
        #expect(database.generation == before)
    }

    @Test func `raises its generation with each commit that matters`() throws {
        let before = database.generation
        try database.addBook("one")
        #expect(database.generation == before + 1)
        try database.write(invalidating: false) { try $0.run(BookSQL.delete, ["$stars": nil]) }
        #expect(database.generation == before + 1)
    }

    @Test func `keeps no account of memory, for which all threads would wait`() throws {
        try database.addBook("one")
        #expect(sqlite3_memory_used() == 0)
    }

    @Test func `joins a write inside a write`() throws {
        try database.write { db in
            try database.addBook("one")
            #expect(throws: Refusal()) {
                try database.write { db in
                    try db.run(BookSQL.insertTitle, ["$title": "two"])
                    throw Refusal()
                }
            }
            try #expect(database.countBooks() == 1, "a read inside a write sees what was written")
        }
        try #expect(database.countBooks() == 1)
    }

    @Test(
        arguments: [
            ("unique", .unique), ("foreign key", .foreignKey), ("check", .check), ("not null", .notNull),
        ] as [(String, SQLiteError.Constraint)])
    func `says which rule was broken`(rule: String, constraint: SQLiteError.Constraint) throws {
        try database.write { try $0.run(BookSQL.insertShelf, ["$name": "a"]) }
        let error = #expect(throws: SQLiteError.self) {
            try database.write { db in
                switch constraint {
                case .unique: try db.run(BookSQL.insertShelf, ["$name": "a"])
                case .notNull: try db.run(BookSQL.insertTitle, ["$title": nil])
                default:
                    let stars: Value = constraint == .check ? 6 : 5
                    let shelf: Value = constraint == .check ? nil : 99
                    try db.run(
                        BookSQL.insert, ["$shelf": shelf, "$title": "", "$price": nil, "$cover": nil, "$stars": stars])
                }
            }
        }
        #expect(error?.constraint == constraint)
        #expect(error?.isConstraint == true)
    }

    @Test func `lets readers read while a writer writes, each in its own time`() throws {
        try database.addBook("one")
        try database.write { db in
            try db.run(BookSQL.insertTitle, ["$title": "two"])
            let seen = onAnotherThread { try database.countBooks() }
            try #expect(seen.get() == 1)
        }
        try #expect(database.countBooks() == 2)
    }

    @Test func `shows one state during a read`() throws {
        try database.read { db in
            try #expect(db.first(BookSQL.count) { $0.integer("count") } == 0)
            try onAnotherThread { try database.addBook("one") }.get()
            try #expect(db.first(BookSQL.count) { $0.integer("count") } == 0)
            try #expect(database.countBooks() == 0, "a read inside a read is the same read")
        }
        try #expect(database.countBooks() == 1)
    }

    @Test func `serves many threads at once`() throws {
        let failures = Atomic(0)
        DispatchQueue.concurrentPerform(iterations: 16) { thread in
            for turn in 0..<50 {
                do {
                    if turn % 10 == 0 { try database.addBook("\(thread)") }
                    _ = try database.countBooks()
                } catch { failures.add(1, ordering: .relaxed) }
            }
        }
        #expect(failures.load(ordering: .relaxed) == 0)
        try #expect(database.countBooks() == 16 * 5)
    }

    @Test func `survives threads that end before it and after it`() throws {
        for _ in 0..<20 { try #expect(onAnotherThread { try database.countBooks() }.get() == 0) }
        let closed = DispatchSemaphore(value: 0)
        let read = DispatchSemaphore(value: 0)
        let thread = Thread {
            _ = try? temporary.database.countBooks()
            read.signal()
            closed.wait()
        }
        thread.start()
        read.wait()
        database.close()
        closed.signal()
        while !thread.isFinished { usleep(1000) }
        #expect(throws: SQLiteError.self) { try database.countBooks() }
        #expect(throws: SQLiteError.self) { try database.addBook("late") }
    }

    @Test func `finishes a read when it is closed meanwhile`() throws {
        try database.addBook("one")
        try database.read { db in
            onAnotherThread { database.close() }
            try #expect(db.first(BookSQL.count) { $0.integer("count") } == 1)
        }
        #expect(throws: SQLiteError.self) { try database.countBooks() }
    }

    @Test func `goes on after a statement found the database full`() throws {
        try database.write { try $0.run(BookSQL.limitPages) }
        let error = #expect(throws: SQLiteError.self) {
            try database.write { db in
                try db.run(BookSQL.insertTitle, ["$title": "one"])
                try db.run(BookSQL.grow, ["$count": 100])
            }
        }
        #expect(error?.isFull == true)
        try #expect(database.countBooks() == 0)
        try database.addBook("two")
        try #expect(database.countBooks() == 1)
    }

    @Test func `commits nothing of a write that ended early`() throws {
        #expect(throws: SQLiteError.self) {
            try database.write { db in
                try db.run(BookSQL.insertTitle, ["$title": "one"])
                _ = try? db.withDeadline(milliseconds: 1) { try db.run(BookSQL.grow, ["$count": 10_000_000]) }
                try db.run(BookSQL.insertTitle, ["$title": "two"])
            }
        }
        try #expect(database.countBooks() == 0)
    }

    @Test(.enabled(if: SmallDisk.isPossible, "mounting a file system takes root"))
    func `goes on after a commit found the disk full`() throws {
        try SmallDisk.with(megabytes: 1) { directory in
            let database = try Database(path: directory + "/test.sqlite")
            try database.write { db in
                for statement in Schema.allCases { try db.run(statement) }
            }
            let error = #expect(throws: SQLiteError.self) {
                try database.write { try $0.run(BookSQL.grow, ["$count": 400]) }
            }
            #expect(error?.isFull == true || error?.isIO == true, "\(String(describing: error))")
            try #expect(database.countBooks() == 0)
            try database.addBook("one")
            try #expect(database.countBooks() == 1)
            try #expect(database.integrityCheck() == [])
            database.close()
        }
    }

    @Test func `copies itself while it is in use`() throws {
        try database.addBook("one")
        let copy = temporary.directory + "/copy.sqlite"
        try database.write { db in
            try db.run(BookSQL.insertTitle, ["$title": "two"])
            try onAnotherThread { try database.backup(to: copy) }.get()
        }
        #expect(throws: SQLiteError.self) { try database.backup(to: copy) }
        try #expect(Database(path: copy).countBooks() == 1)
    }

    @Test func `finds no fault with itself`() throws {
        try database.addBook("one")
        try #expect(database.integrityCheck() == [])
        try #expect(database.foreignKeyCheck() == [])
    }

    @Test func `says what is wrong with a file that is no database`() throws {
        let path = temporary.directory + "/text"
        try String(repeating: "no database", count: 1000).write(toFile: path, atomically: true, encoding: .utf8)
        #expect(throws: SQLiteError.self) { try Database(path: path) }
        #expect(throws: SQLiteError.self) { try Database(path: temporary.directory + "/missing/file") }
    }
}
