import Foundation
import SQLite
import Testing

@Suite final class `A migrator` {
    let directory = NSTemporaryDirectory() + "migrator-" + UUID().uuidString
    var path: String { directory + "/test.sqlite" }

    init() throws {
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        try write("0001_initial.sql", "CREATE TABLE shelf (id INTEGER PRIMARY KEY, name TEXT NOT NULL) STRICT;")
        try write(
            "0002_book.sql",
            """
            CREATE TABLE book (id INTEGER PRIMARY KEY, shelf_id INTEGER NOT NULL REFERENCES shelf (id)) STRICT;
            INSERT INTO shelf (id, name) VALUES (1, 'one');
            INSERT INTO book (id, shelf_id) VALUES (1, 1);
            """)
    }

    deinit { try? FileManager.default.removeItem(atPath: directory) }

    func write(_ file: String, _ script: String) throws {
        try script.write(toFile: directory + "/" + file, atomically: true, encoding: .utf8)
    }

    func migrate() throws -> [Int] {
        let database = try Database(path: path)
        defer { database.close() }
        return try Migrator(directory: directory) { "\($0.count):\($0.reduce(0) { $0 &* 31 &+ Int($1) })" }
            .migrate(database, now: 1).map(\.number)
    }

    @Test func `applies each step once`() throws {
        try write("README.md", "not a step")
        try #expect(migrate() == [1, 2])
        try #expect(migrate() == [])
        #expect(!FileManager.default.fileExists(atPath: path + ".before-0001"), "nothing to copy")
    }

    @Test func `copies an existing database before it changes it`() throws {
        try #expect(migrate() == [1, 2])
        try write("0003_more.sql", "DELETE FROM book; DROP TABLE book;")
        try #expect(migrate() == [3])
        let copy = try Database(path: path + ".before-0003")
        try #expect(copy.plan(of: MigratedSQL.books).contains("book"))
        #expect(throws: SQLiteError.self) { try Database(path: self.path).prepareCheck(MigratedSQL.books) }
    }

    @Test func `rebuilds a table that another one refers to`() throws {
        try #expect(migrate() == [1, 2])
        try write(
            "0003_rebuild.sql",
            """
            CREATE TABLE new_shelf (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT;
            INSERT INTO new_shelf SELECT id, name FROM shelf;
            DROP TABLE shelf;
            ALTER TABLE new_shelf RENAME TO shelf;
            """)
        try #expect(migrate() == [3])
        try #expect(Database(path: path).foreignKeyCheck() == [])
    }

    @Test func `refuses what does not fit the database`() throws {
        try #expect(migrate() == [1, 2])
        try write("0002_book.sql", "SELECT 1;")
        #expect(throws: MigrationError.changed(file: "0002_book.sql")) { try self.migrate() }
        try FileManager.default.removeItem(atPath: directory + "/0002_book.sql")
        #expect(throws: MigrationError.newer(file: "0002_book.sql", latest: 1)) { try self.migrate() }
        try write("0002_other.sql", "SELECT 1;")
        #expect(throws: MigrationError.missing(file: "0002_book.sql")) { try self.migrate() }
    }

    @Test(arguments: [
        ("half", "CREATE TABLE half (id INTEGER); NOT SQL"),
        ("dangling", "INSERT INTO book (id, shelf_id) VALUES (2, 99)"),
        ("commit", "CREATE TABLE half (id INTEGER); COMMIT"),
    ])
    func `undoes a step that fails`(name: String, script: String) throws {
        try #expect(migrate() == [1, 2])
        try write("0003_\(name).sql", script)
        let error = #expect(throws: MigrationError.self) { try self.migrate() }
        #expect(error?.description.contains("0003_\(name).sql failed") == true)
        #expect(throws: SQLiteError.self) { try Database(path: self.path).prepareCheck(MigratedSQL.half) }
        try write("0003_\(name).sql", "SELECT 1")
        try #expect(migrate() == [3])
    }

    @Test(arguments: ["0004_gap.sql", "0002_twice.sql", "3_short.sql", "0003.sql", "000x_number.sql", "0003_.sql"])
    func `refuses names that leave room for doubt`(file: String) throws {
        try write(file, "SELECT 1")
        let error = #expect(throws: MigrationError.self) { try self.migrate() }
        #expect(error?.description.contains("NNNN_name.sql") == true)
    }

    @Test func `says which directory is not there`() {
        let error = #expect(throws: MigrationError.self) {
            try Migrator(directory: self.directory + "/nothing") { _ in "" }
        }
        #expect(error?.description.contains(directory + "/nothing") == true)
    }
}

enum MigratedSQL: String, SQLStatement {
    case half = "SELECT id FROM half"
    case books = "SELECT id FROM book"
}
