import Foundation
import SQLite

/// A database in a directory of its own, removed at the end of the test.
final class TemporaryDatabase: Sendable {
    let directory: String
    let database: Database

    init() throws {
        directory = NSTemporaryDirectory() + "sqlite-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        database = try Database(path: directory + "/test.sqlite")
        try database.write { db in
            for statement in Schema.allCases { try db.run(statement) }
        }
    }

    deinit {
        database.close()
        try? FileManager.default.removeItem(atPath: directory)
    }
}

enum Schema: String, SQLStatement {
    case shelf = "CREATE TABLE shelf (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT"
    case book = """
        CREATE TABLE book (
            id INTEGER PRIMARY KEY,
            shelf_id INTEGER REFERENCES shelf (id),
            title TEXT NOT NULL,
            price REAL,
            cover BLOB,
            stars INTEGER CHECK (stars BETWEEN 1 AND 5)
        ) STRICT
        """
    case bookByShelf = "CREATE INDEX book_by_shelf ON book (shelf_id)"
}

enum BookSQL: String, SQLStatement {
    case insertShelf = "INSERT INTO shelf (name) VALUES ($name)"
    case insert = """
        INSERT INTO book (shelf_id, title, price, cover, stars) VALUES ($shelf, $title, $price, $cover, $stars)
        """
    case insertTitle = "INSERT INTO book (title) VALUES ($title) RETURNING id"
    case count = "SELECT count(*) AS count FROM book"
    case all = "SELECT id, shelf_id, title, price, cover, stars FROM book ORDER BY id"
    case onShelf = "SELECT title FROM book WHERE shelf_id = $shelf"
    case withIDs = "SELECT title FROM book WHERE id IN (SELECT value FROM json_each($ids)) ORDER BY id"
    case withTitles = "SELECT title FROM book WHERE title IN (SELECT value FROM json_each($titles)) ORDER BY id"
    case delete = "DELETE FROM book WHERE $stars IS NULL OR stars = $stars"
    case endless = "WITH RECURSIVE n (x) AS (VALUES (1) UNION ALL SELECT x + 1 FROM n) SELECT count(*) AS count FROM n"
    case limitPages = "PRAGMA max_page_count = 50"
    case grow = """
        INSERT INTO book (title, cover)
        WITH RECURSIVE n (x) AS (VALUES (1) UNION ALL SELECT x + 1 FROM n LIMIT $count)
        SELECT 'page', randomblob(4096) FROM n
        """
}

extension Database {
    func countBooks() throws -> Int64? { try read { db in try db.first(BookSQL.count) { $0.integer("count") } } }

    func addBook(_ title: String) throws {
        try write { db in _ = try db.run(BookSQL.insertTitle, ["$title": .text(title)]) }
    }
}
