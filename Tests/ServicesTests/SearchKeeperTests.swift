import Foundation
import Registry
import SQLite
import Search
import Services
import Storage
import TestSupport
import Testing

@Suite struct `The index in memory` {
    private let fixture: SearchFixture
    private let keeper: SearchKeeper
    private let file: SearchSnapshotFile

    init() throws {
        fixture = try SearchFixture()
        for number in 0..<40 {
            try fixture.add("demo/camera-\(number)", title: "Camera \(number)", tags: ["env:night", "unit:u\(number)"])
        }
        keeper = SearchKeeper(fixture.database)
        file = SearchSnapshotFile(path: fixture.repository.directory.path + "/search.snapshot")
    }

    /// How many models a view and the database find.
    private func counts(_ keeper: SearchKeeper, _ word: String) throws -> (view: Int, database: Int) {
        var plan = SearchPlan()
        plan.units = [PlanUnit(text: word, alternatives: [PlanAlternative(.terms([SearchTerm.word(word)]))], rarity: 1)]
        plan.condition = .unit(0)
        let request = SearchRequest(plan, for: .init(everything: true, namespaces: [], models: []))
        return try keeper.read { _, view in
            (view?.find(request).total ?? -1, try SQLSearch(fixture.database).find(request).total)
        }
    }

    /// The change that the file is true of.
    @discardableResult
    private func save() throws -> Int64 {
        let main = try #require(keeper.main)
        let mark = try fixture.database.read { db in try EventStore.mark(in: db) }
        try file.write(main, mark: mark)
        return main.sequence
    }

    /// An index that a new server makes.
    private func restarted() throws -> (keeper: SearchKeeper, origin: SearchKeeper.Origin) {
        let keeper = SearchKeeper(fixture.database)
        return (keeper, try keeper.prepare(from: file))
    }

    @Test func `holds each change for every later search`() throws {
        for round in 0..<30 {
            let word = "round\(round)"
            try fixture.add("demo/new-\(round)", title: word)
            #expect(try counts(keeper, word) == (1, 1))
            try fixture.add("demo/camera-\(round)", title: word)
            #expect(try counts(keeper, word) == (2, 2))
            try fixture.remove("demo/new-\(round)")
            #expect(try counts(keeper, word) == (1, 1))
            if round % 10 == 5 { try keeper.merge() }
        }
        #expect(try counts(keeper, "camera") == (40, 40))
    }

    @Test func `wants to be merged when much has changed, and is the same afterwards`() throws {
        #expect(try counts(keeper, "camera") == (40, 40))
        #expect(!keeper.wantsMerge)
        for number in 0..<300 { try fixture.add("many/model-\(number)", title: "Many") }
        #expect(try counts(keeper, "mani").view == counts(keeper, "mani").database)
        #expect(keeper.wantsMerge)
        try keeper.merge()
        #expect(!keeper.wantsMerge && keeper.view?.changedCount == 0)
        #expect(try counts(keeper, "camera") == (40, 40))
    }

    @Test func `wants to be merged when one model has changed so often that the log grows long`() throws {
        let model = try fixture.add("demo/camera")
        #expect(try counts(keeper, "camera").view > 0)
        for _ in 0..<3 {
            #expect(!keeper.wantsMerge)
            try fixture.database.write { db in
                for _ in 0..<7000 { try db.run(ChangeSQL.note, ["$model": .integer(model.rawValue)]) }
            }
            #expect(try counts(keeper, "camera").view > 0)
        }
        #expect(keeper.wantsMerge)
        try keeper.merge()
        #expect(!keeper.wantsMerge)
    }

    @Test func `is merged while searches read its file, which it is then independent of`() throws {
        #expect(try counts(keeper, "camera") == (40, 40))
        try save()
        try fixture.add("demo/late", title: "Camera late")
        try fixture.remove("demo/camera-7")
        #expect(try counts(keeper, "camera") == (40, 40))
        let old = try #require(keeper.view)
        try keeper.merge(reading: file)
        try file.remove()
        #expect(keeper.view?.changedCount == 0)
        #expect(try counts(keeper, "camera") == (40, 40))
        // Who still asks the view before it gets the same.
        #expect(old.changedCount == 2 && old.documentCount == 40)
    }

    @Test func `reads no file in its place that is another one's, damaged, or longer`() throws {
        _ = try counts(keeper, "camera")
        let main = try #require(keeper.main)
        #expect(file.mapped(main) == nil)
        try save()
        #expect(file.mapped(main)?.documentCount == 40)
        let whole = try Data(contentsOf: URL(filePath: file.path))
        var wrong = [whole.dropLast(), whole + [0], Data()]
        for place in [0, 8, 56, 60, 64, 72, 76, 112, 5000, whole.count - 1] {
            wrong.append(whole)
            wrong[wrong.count - 1][place] ^= 1
        }
        for bytes in wrong {
            try bytes.write(to: URL(filePath: file.path))
            #expect(file.mapped(main) == nil)
        }
        try whole.write(to: URL(filePath: file.path))
        try fixture.add("demo/next", title: "Next")
        _ = try counts(keeper, "next")
        try keeper.merge()
        #expect(try file.mapped(#require(keeper.main)) == nil)
        #expect(file.mapped(main)?.documentCount == 40)
    }

    @Test func `is not merged when that is too much, and follows what changes all the same`() throws {
        let keeper = SearchKeeper(fixture.database, mostPostings: 100)
        #expect(try counts(keeper, "camera") == (40, 40))
        for round in 0..<3 {
            try fixture.add("demo/late-\(round)", title: "Camera late")
            #expect(throws: SegmentError.tooLarge) { try keeper.merge(reading: file) }
            #expect(try counts(keeper, "camera") == (41 + round, 41 + round))
        }
        #expect(keeper.view?.changedCount ?? 0 > 0)
    }

    @Test func `lists a model first that was changed last`() throws {
        let first = try fixture.add("demo/first", title: "First", updatedAt: 5000)
        let second = try fixture.add("demo/second", title: "Second", updatedAt: 6000)
        func latest() throws -> [[Int64]] {
            let request = SearchRequest(
                SearchPlan(), for: .init(everything: true, namespaces: [], models: []), order: .updated, limit: 3)
            return try keeper.read { _, view in
                try [view?.find(request), try SQLSearch(fixture.database).find(request)].map {
                    try #require($0).hits.map(\.place.model)
                }
            }
        }
        #expect(try latest().allSatisfy { $0.starts(with: [second.rawValue, first.rawValue]) })
        try fixture.database.write { db in try ModelStore.touch(first, at: 7000, in: db) }
        #expect(try latest().allSatisfy { $0.starts(with: [first.rawValue, second.rawValue]) })
        try keeper.merge()
        #expect(try latest().allSatisfy { $0.starts(with: [first.rawValue, second.rawValue]) })
        // A clock that was set back.
        try fixture.database.write { db in try ModelStore.touch(first, at: 3, in: db) }
        #expect(try latest().allSatisfy { $0.first == second.rawValue && !$0.contains(first.rawValue) })
    }

    @Test func `is not there at first while a thread is to make it`() throws {
        keeper.setTended(true)
        #expect(try keeper.read { _, view in view == nil })
        #expect(try keeper.prepare(from: file) == .made)
        #expect(try counts(keeper, "camera") == (40, 40))
    }

    @Test func `is read from its file, with what has changed since`() throws {
        _ = try counts(keeper, "camera")
        let saved = try save()
        let mode = try FileManager.default.attributesOfItem(atPath: file.path)[.posixPermissions] as? Int
        #expect(mode == 0o600)
        try fixture.add("demo/later", title: "Camera later")
        try fixture.remove("demo/camera-3")
        let (keeper, origin) = try restarted()
        #expect(origin == .read(saved))
        #expect(try counts(keeper, "camera") == (40, 40))
        #expect(try counts(keeper, "later") == (1, 1))
    }

    @Test(arguments: [0, 7, 8, 20, 40, 58, 60, 63, 64, 74, 200, 5000, -1])
    func `is made anew when the file is damaged`(offset: Int) throws {
        _ = try counts(keeper, "camera")
        try save()
        var bytes = try Data(contentsOf: URL(filePath: file.path))
        if offset < 0 { bytes.removeLast() } else { bytes[min(offset, bytes.count - 1)] ^= 0x41 }
        try bytes.write(to: URL(filePath: file.path))
        let (keeper, origin) = try restarted()
        guard case .refused = origin else {
            Issue.record("\(origin)")
            return
        }
        #expect(try counts(keeper, "camera") == (40, 40))
    }

    @Test(arguments: [0, 9, 14, 15, 22, 23])
    func `is made anew when the file was made up and sums up all the same`(section: Int) throws {
        _ = try counts(keeper, "camera")
        try save()
        var bytes = [UInt8](try Data(contentsOf: URL(filePath: file.path)))
        // The numbers at the end of a section lead far out of the file.
        let table = 64 + 48 + section * 16
        func number(_ place: Int) -> Int { (0..<8).reduce(0) { $0 | Int(bytes[place + $1]) << ($1 * 8) } }
        let end = 64 + number(table) + number(table + 8)
        for place in end - 8..<end { bytes[place] = 0xFF }
        SegmentForgery.sign(&bytes, from: 64)
        try Data(bytes).write(to: URL(filePath: file.path))
        let (keeper, origin) = try restarted()
        guard case .refused = origin else {
            Issue.record("\(origin)")
            return
        }
        #expect(try counts(keeper, "camera") == (40, 40))
    }

    @Test(arguments: [0, 1, 59, 63, 64, 100])
    func `is made anew when the file is cut`(length: Int) throws {
        _ = try counts(keeper, "camera")
        try save()
        let bytes = try Data(contentsOf: URL(filePath: file.path))
        try bytes.prefix(length).write(to: URL(filePath: file.path))
        let (keeper, origin) = try restarted()
        #expect(origin != .made)
        #expect(try counts(keeper, "camera") == (40, 40))
    }

    @Test func `is made anew when the file knows more than the database`() throws {
        let before = fixture.repository.directory.path + "/before.sqlite"
        try fixture.database.backup(to: before)
        try fixture.add("demo/after", title: "Afterwards")
        _ = try counts(keeper, "camera")
        try save()
        let old = try Database(path: before)
        defer { old.close() }
        let keeper = SearchKeeper(old)
        #expect(try keeper.prepare(from: file) == .refused("it is not of this database"))
        #expect(keeper.view?.documentCount == 40)
    }

    @Test func `is made anew when the file has another history`() throws {
        func note(_ subject: String, _ fixture: SearchFixture) throws {
            try fixture.database.write { db in
                try EventStore.append("model.edit", subject, by: "kim", at: 0, in: db)
            }
        }
        try note("one", fixture)
        _ = try counts(keeper, "camera")
        try save()
        let other = try SearchFixture()
        for number in 0..<50 { try other.add("other/model-\(number)") }
        try note("two", other)
        #expect(
            try SearchKeeper(other.database).prepare(from: file) == .refused("it is not of this database"))
    }

    @Test func `is made anew after everything was indexed anew`() throws {
        _ = try counts(keeper, "camera")
        try save()
        _ = try fixture.database.write { db in try SearchStore.rebuild(in: db) }
        let (keeper, origin) = try restarted()
        #expect(origin == .refused("it is not of this database"))
        #expect(try counts(keeper, "camera") == (40, 40))
        _ = try fixture.repository.search.rebuild()
        #expect(try restarted().origin == .made)
    }

    /// A write that dies in the middle leaves the file of before, and a part that the next write replaces.
    @Test func `lives with a write that was cut`() throws {
        _ = try counts(keeper, "camera")
        let saved = try save()
        try Data("half of a".utf8).write(to: URL(filePath: file.path + ".new"))
        try fixture.add("demo/later", title: "Camera later")
        #expect(try restarted().origin == .read(saved))
        try keeper.merge()
        _ = try counts(keeper, "camera")
        try keeper.merge()
        #expect(try save() == saved + 1)
        #expect(try restarted().origin == .read(saved + 1))
    }

    @Test func `follows writers, readers and merges at once`() throws {
        let (database, keeper) = (fixture.database, keeper)
        let missed = try concurrently(4) { worker in
            var missed: [String] = []
            for round in 0..<40 {
                guard worker < 3 else {
                    try keeper.refresh()
                    try keeper.merge()
                    continue
                }
                let model = Int64(worker * 10 + round % 10 + 1)
                let word = "w\(worker)r\(round)"
                try database.write { db in
                    try db.run(Renaming.title, ["$id": .integer(model), "$title": .text(word)])
                    try SearchStore.index(model: ID(model), in: db)
                }
                let found = try keeper.read { _, view in view?.publicCount(term: SearchTerm.word(word)) }
                if found != 1 { missed.append(word) }
            }
            return missed
        }
        #expect(missed == [[], [], [], []])
        #expect(try counts(keeper, "camera") == (40, 40))
    }
}

@Suite struct `The thread of the index` {
    private func wait(_ condition: () throws -> Bool) rethrows -> Bool {
        for _ in 0..<500 {
            if try condition() { return true }
            usleep(10_000)
        }
        return false
    }

    @Test func `makes the index and its file, and the next one begins with the file`() throws {
        let fixture = try SearchFixture()
        let snapshot = fixture.repository.directory.path + "/search.snapshot"
        for number in 0..<5 { try fixture.add("demo/camera-\(number)", title: "Camera") }
        let search = fixture.repository.search
        search.start()
        #expect(wait { search.isReady })
        #expect(try search.search(SearchQuery(text: "camera", facets: ["service"]), for: .anonymous).facets != nil)
        #expect(wait { FileManager.default.fileExists(atPath: snapshot) })
        try fixture.add("demo/camera-9", title: "Camera")
        #expect(try fixture.names("camera").count == 6)
        search.stop()
        search.stop()
        search.start()
        #expect(wait { search.isReady })
        #expect(try fixture.names("camera").count == 6)
    }

    @Test func `replaces a file that is of no use`() throws {
        let fixture = try SearchFixture()
        let snapshot = fixture.repository.directory.path + "/search.snapshot"
        try Data("something else".utf8).write(to: URL(filePath: snapshot))
        try fixture.add("demo/camera", title: "Camera")
        fixture.repository.search.start()
        #expect(wait { (try? Data(contentsOf: URL(filePath: snapshot)))?.starts(with: Data("moruidx2".utf8)) == true })
        #expect(try fixture.names("camera") == ["demo/camera"])
    }

    @Test func `goes on without a file that cannot be written`() throws {
        let fixture = try SearchFixture()
        let snapshot = fixture.repository.directory.path + "/search.snapshot"
        try FileManager.default.createDirectory(atPath: snapshot, withIntermediateDirectories: false)
        try fixture.add("demo/camera", title: "Camera")
        fixture.repository.search.start()
        #expect(try wait { try fixture.names("camera") == ["demo/camera"] })
        fixture.repository.search.stop()
        #expect(FileManager.default.fileExists(atPath: snapshot))
    }
}

private enum Renaming: String, SQLStatement {
    case title = "UPDATE model SET title = $title WHERE id = $id"
}

private enum ChangeSQL: String, SQLStatement {
    case note = "INSERT INTO search_change (model_id) VALUES ($model)"
}
