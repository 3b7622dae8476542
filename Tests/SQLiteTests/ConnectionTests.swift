import SQLite
import Testing

@Suite struct `A connection` {
    let temporary: TemporaryDatabase
    var database: Database { temporary.database }

    init() throws { temporary = try TemporaryDatabase() }

    @Test func `gives back what was bound`() throws {
        try database.write { db in
            try db.run(BookSQL.insertShelf, ["$name": "한국어"])
            let shelf = db.lastInsertedID
            try db.run(
                BookSQL.insert,
                ["$shelf": .integer(shelf), "$title": "a\0b", "$price": 2.5, "$cover": .blob([0, 255]), "$stars": 5])
            try db.run(
                BookSQL.insert,
                ["$stars": Value(Int64?.none), "$cover": .blob([]), "$price": nil, "$title": "", "$shelf": .null])
        }
        let rows = try database.read { db in
            try db.all(BookSQL.all) { row in
                (
                    row.text("title"), row.optionalReal("price"), row.optionalBlob("cover"),
                    row.optionalInteger("stars"),
                    row.isNull("shelf_id")
                )
            }
        }
        #expect(rows.count == 2)
        #expect(rows[0] == ("a\0b", 2.5, [0, 255], 5, false))
        #expect(rows[1] == ("", nil, [], nil, true))
    }

    @Test func `takes lists as JSON`() throws {
        for title in ["one", "t\"w\\o\n\u{1}", "three"] { try database.addBook(title) }
        try database.read { db in
            try #expect(
                db.all(BookSQL.withIDs, ["$ids": .list([1, 3] as [Int64])]) { $0.text("title") } == [
                    "one", "three",
                ])
            let titles = ["t\"w\\o\n\u{1}", "nothing"]
            try #expect(db.all(BookSQL.withTitles, ["$titles": .list(titles)]) { $0.text("title") } == [titles[0]])
        }
    }

    @Test func `counts the rows it changes`() throws {
        for title in ["one", "two"] { try database.addBook(title) }
        try database.write { db in
            try #expect(db.run(BookSQL.delete, ["$stars": 4]) == 0)
            try #expect(db.run(BookSQL.delete, ["$stars": nil]) == 2)
            try #expect(db.run(BookSQL.count) == 0)
        }
    }

    @Test func `stops where the reader wants it to`() throws {
        for title in ["one", "two", "three"] { try database.addBook(title) }
        var titles: [String] = []
        try database.read { db in
            try db.forEach(BookSQL.all) { row in
                titles.append(row.text("title"))
                return titles.count < 2
            }
            try #expect(db.exists(BookSQL.all))
        }
        #expect(titles == ["one", "two"])
    }

    @Test func `may step through one statement twice at once`() throws {
        for title in ["a", "b", "c"] { try database.addBook(title) }
        let pairs = try database.read { db in
            try db.all(BookSQL.all) { outer in
                let outer = outer.text("title")
                return try db.all(BookSQL.all) { outer + $0.text("title") }
            }
        }
        #expect(pairs == [["aa", "ab", "ac"], ["ba", "bb", "bc"], ["ca", "cb", "cc"]])
        try #expect(database.countBooks() == 3)
    }

    @Test func `refuses a value that is not there`() throws {
        try database.addBook("one")
        #expect(throws: SQLiteError.self) { try database.read { try $0.all(BookSQL.all) { $0.text("nothing") } } }
        #expect(throws: SQLiteError.self) { try database.read { try $0.all(BookSQL.all) { $0.integer("stars") } } }
        try #expect(database.countBooks() == 1)
    }

    @Test func `refuses bindings that do not fit`() throws {
        let all: [KeyValuePairs<String, Value>] = [[:], ["title": "x"], ["$title": "x", "$other": 1], ["$other": 1]]
        for bindings in all {
            #expect(throws: SQLiteError.self) { try database.write { try $0.run(BookSQL.insertTitle, bindings) } }
        }
        try #expect(database.countBooks() == 0)
    }

    @Test func `interrupts what runs past its deadline`() throws {
        let error = #expect(throws: SQLiteError.self) {
            try database.read { db in
                try db.withDeadline(milliseconds: 20) { try db.first(BookSQL.endless) { $0.integer("count") } }
            }
        }
        #expect(error?.isInterrupted == true)
        try #expect(database.countBooks() == 0)
    }

    @Test(arguments: BookSQL.allCases)
    func `prepares every statement`(statement: BookSQL) throws { try database.prepareCheck(statement) }

    @Test func `explains a statement`() throws {
        try #expect(database.plan(of: BookSQL.onShelf).contains("SEARCH book USING INDEX book_by_shelf"))
        try #expect(database.plan(of: BookSQL.withTitles).contains("SCAN book"))
    }
}
