import Registry
import SQLite
import Search
import Storage
import TestSupport
import Testing

@Suite struct `The statements of search` {
    private let fixture: SearchFixture

    init() throws { fixture = try SearchFixture() }

    @Test func `fit the schema and read no table whole`() throws {
        func check<SQL: SQLStatement>(_ type: SQL.Type, scanning: Set<SQL>) throws {
            for sql in SQL.allCases {
                try fixture.database.prepareCheck(sql)
                let plan = try fixture.database.plan(of: sql).split(separator: "\n")
                let scans = plan.filter { $0.hasPrefix("SCAN ") && !$0.contains("VIRTUAL TABLE") && !isSmall($0) }
                #expect(scans.isEmpty || scanning.contains(sql), "\(sql): \(plan)")
            }
        }
        // Lists in full order walk an index until the page is full.
        try check(ListSQL.self, scanning: [])
        try check(SearchAccessSQL.self, scanning: [])
        try check(SearchIndexSQL.self, scanning: [])
        try check(SearchSourceSQL.self, scanning: [])
        try check(FoundVariantSQL.self, scanning: [])
        try check(SearchChangeSQL.self, scanning: [])
        try check(
            SearchRebuildSQL.self,
            scanning: [.clearNumbers, .clearDocuments, .clearSets, .clearChanges, .models, .state])
        try check(SearchBuildSQL.self, scanning: [.tags, .times])
        try check(SQLSearchSQL.self, scanning: [])
        try check(SQLLexiconSQL.self, scanning: [.tagsWith])
    }

    private func isSmall(_ line: Substring) -> Bool {
        ["json_each", "wanted", "keys", "CONSTANT ROW"].contains { line.contains($0) }
    }
}
