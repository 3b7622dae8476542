import Cryptography
import Encoding
import Foundation
import Registry
import SQLite
import Search
import Storage
import TestSupport
import Testing

@Suite struct `A data directory of an earlier release` {
    @Test func `has its models indexed when it is opened`() throws {
        let files = FileManager.default
        let folder = files.temporaryDirectory.appending(path: "upgrade-\(UUID().uuidString)")
        defer { try? files.removeItem(at: folder) }
        let migrations = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../Migrations")
        let earlier = folder.appending(path: "Migrations")
        try files.createDirectory(at: earlier, withIntermediateDirectories: true)
        for file in ["0001_initial.sql", "0002_service_types.sql", "0003_search.sql"] {
            try files.copyItem(at: migrations.appending(path: file), to: earlier.appending(path: file))
        }
        let directory = try DataDirectory.open(folder.appending(path: "data").path)
        let old = try Database(path: directory.databasePath)
        try Migrator(directory: earlier.path) { Hex.encode(SHA256.digest(of: $0)) }.migrate(old, now: 0)
        try old.write { db in
            try db.run(FixtureSQL.namespace, ["$name": "demo"])
            for number in 1...3 {
                try db.run(
                    FixtureSQL.model,
                    [
                        "$namespace": "demo", "$name": "demo/camera-\(number)", "$title": "Camera", "$summary": "",
                        "$service": "voice", "$visibility": "public", "$at": 0, "$downloads": 0, "$license": "MIT",
                    ])
            }
        }
        old.close()

        for _ in 0..<2 {
            let database = try Schema.openDatabase(directory, migrations: migrations.path, now: 0)
            defer { database.close() }
            try database.read { db in
                let search = try SQLSearch(database)
                #expect(search.publicCount == 3)
                #expect(try search.publicCount(term: SearchTerm.word("camera")) == 3)
                let tag = try #require(try search.tags(key: "license", values: ["mit"], for: .anonymous).first)
                #expect(try search.publicCount(tag: tag) == 3)
                #expect(try SearchStore.sequence(in: db) == 2)
            }
        }
        #expect(files.fileExists(atPath: directory.databasePath + ".before-0004"))
    }
}
