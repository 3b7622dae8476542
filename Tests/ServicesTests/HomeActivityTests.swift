import Registry
import SQLite
import Services
import Storage
import TestSupport
import Testing

@Suite struct `The activity on home` {
    private static let now: Int64 = 1_800_000_000
    private static let today = now / DownloadStore.secondsPerDay
    private let fixture: SearchFixture
    private let admin: Caller

    init() throws {
        fixture = try SearchFixture()
        let user = try fixture.repository.accounts.createUserLocally(
            Username("admin"), role: .admin, password: "a long enough password")
        admin = Caller(user: user, namespaces: [:], token: nil)
    }

    private enum SQL: String, SQLStatement {
        case state = """
            UPDATE version SET state = $state, state_changed_at = $changed, published_at = $published
            WHERE model_id = (SELECT id FROM model WHERE full_name = $name)
            """
        case downloads = """
            INSERT INTO download_count (model_id, day, version_id, count)
            SELECT model.id, $day, latest_version, $count FROM model WHERE full_name = $name
            """
    }

    /// A model changed, published and downloaded so many days ago.
    private func add(
        _ name: String, days: Int64, downloads: Int, state: String = "published", stateDays: Int64? = nil,
        visibility: Visibility = .public
    ) throws {
        let at = Self.now - days * DownloadStore.secondsPerDay
        let changed = Self.now - (stateDays ?? days) * DownloadStore.secondsPerDay
        try fixture.add(name, visibility: visibility, updatedAt: max(at, changed))
        try fixture.database.write { db in
            try db.run(
                SQL.state,
                [
                    "$state": .text(state), "$changed": .integer(changed), "$published": .integer(at),
                    "$name": .text(name),
                ])
            try db.run(
                SQL.downloads, ["$day": .integer(Self.today - days), "$count": Value(downloads), "$name": .text(name)])
        }
    }

    private func activity(for caller: Caller = .anonymous) throws -> Home.Activity {
        try fixture.repository.search.home(limit: 5, for: caller).activity
    }

    @Test func `counts the downloads and publications of seven days`() throws {
        try add("a/today", days: 0, downloads: 3)
        try add("a/sixth", days: 6, downloads: 5)
        try add("a/seventh", days: 7, downloads: 100)
        try add("a/deprecated", days: 2, downloads: 0, state: "deprecated")
        try add("a/withdrawn", days: 1, downloads: 2, state: "withdrawn")
        try add("a/old-deprecated", days: 40, downloads: 1000, state: "deprecated", stateDays: 0)
        let activity = try activity()
        #expect(activity.downloads == 10 && activity.versions == 3 && !activity.isMore)
    }

    @Test func `is nothing where nothing happened`() throws {
        let activity = try activity()
        #expect(activity.downloads == 0 && activity.versions == 0 && !activity.isMore)
    }

    @Test func `leaves out what the caller may not see`() throws {
        try add("a/open", days: 0, downloads: 1)
        try add("b/hidden", days: 0, downloads: 10, visibility: .private)
        #expect(try activity().downloads == 1 && activity().versions == 1)
        #expect(try activity(for: admin).downloads == 11 && activity(for: admin).versions == 2)
    }
}
