import Foundation
import Registry
import SQLite
import Storage
import TestSupport
import Testing

@Suite struct `Statements` {
    private let fixture: SearchFixture

    init() throws { fixture = try SearchFixture() }

    /// Each statement fits the schema, and reads by key unless it is meant to read a table whole.
    private func check<SQL: SQLStatement>(_ type: SQL.Type, scanning: Set<SQL> = []) throws {
        for sql in SQL.allCases {
            let plan = try fixture.database.plan(of: sql).split(separator: "\n")
            let scans = plan.filter { line in
                line.hasPrefix("SCAN ")
                    && !["json_each", "wanted", "CONSTANT ROW", "(subquery"].contains { line.contains($0) }
            }
            let advice = scans.isEmpty ? "does not scan" : "reads a whole table: index it, or list it if meant to"
            #expect(scans.isEmpty != scanning.contains(sql), "\(type).\(sql) \(advice): \(plan)")
        }
    }

    @Test func `fit the schema and read by key`() throws {
        try check(UserSQL.self, scanning: [.count, .adminCount])
        try check(LinkSQL.self, scanning: [.deleteAll, .deleteExpired])
        try check(SessionSQL.self, scanning: [.deleteAll, .deleteExpired])
        try check(TokenSQL.self)
        try check(NamespaceSQL.self, scanning: [.count])
        try check(NamespaceMemberSQL.self)
        try check(ServiceTypeSQL.self, scanning: [.all])
        try check(ContextTagSQL.self)
        try check(ModelSQL.self)
        try check(ModelSummarySQL.self)
        try check(VersionSQL.self)
        try check(ArtifactSQL.self)
        try check(BlobSQL.self)
        try check(AliasSQL.self)
        try check(DownloadSQL.self)
        try check(RecentActivitySQL.self)
        try check(EventSQL.self, scanning: [.last, .mark])
        try check(ReadinessSQL.self)
        try check(BlobIndexSQL.self, scanning: [.totals])
        try check(CheckSQL.self, scanning: [.misplacedAliases])
        try check(SchemaSQL.self)
        try check(EventPageSQL.self)
        try check(ContextLabelSQL.self, scanning: [.all, .count, .synonymCount])
        try check(SummarySQL.self, scanning: [.counts, .uses])
        try check(UploadSQL.self, scanning: [.all, .deleteAll])
    }

    @Test func `of the schema are as many as the program says`() throws {
        let migrations = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../Migrations").path
        let files = try FileManager.default.contentsOfDirectory(atPath: migrations).filter { $0.hasSuffix(".sql") }
        #expect(files.count == Schema.latest, "Schema.latest is the number of the last file in Migrations")
    }

    @Test func `say the same of private models as the rules of access`() throws {
        let names = try ["a/x", "a/y", "b/x", "c/x"].map { try ModelName($0) }
        let namespaceSets: [[String: NamespaceRole]] = [[:], ["a": .owner], ["a": .reader, "b": .publisher]]
        let patternSets = try [[], ["a/*"], ["a/x", "c/*"], ["b/x"]].map { try $0.map { try ModelPattern($0) } }
        var callers = [Caller.anonymous]
        for role in Role.allCases {
            let user = User(
                id: ID(1), username: try Username("u"), displayName: "u", role: role, language: "ko", isDisabled: false,
                createdAt: 0, lastSeenAt: nil)
            for namespaces in namespaceSets {
                callers.append(Caller(user: user, namespaces: namespaces, token: nil))
                for patterns in patternSets {
                    for scopes in [Set<Scope>([.modelRead]), [.modelWrite], []] {
                        let token = Token(
                            id: ID(1), user: user.id, name: "t", prefix: "", scopes: scopes, models: patterns,
                            createdAt: 0, expiresAt: nil, lastUsedAt: nil)
                        callers.append(Caller(user: user, namespaces: namespaces, token: token))
                    }
                }
            }
        }
        for caller in callers {
            let readership = caller.readership
            for name in names {
                let isIn =
                    readership.everything || readership.namespaces.contains(name.namespace)
                    || readership.models.contains(name.description)
                #expect(isIn == caller.mayReadPrivate(name), "\(caller) \(name)")
            }
        }
    }
}
