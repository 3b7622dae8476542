public import Registry
public import SQLite

package enum DownloadSQL: String, SQLStatement {
    case add = """
        INSERT INTO download_count (model_id, day, version_id, count)
        SELECT version.model_id, $day, version.id, $count FROM version WHERE version.id = $version
        ON CONFLICT (model_id, day, version_id) DO UPDATE SET count = count + excluded.count
        """
    case recount = """
        UPDATE model SET downloads_30d = (
            SELECT coalesce(sum(count), 0) FROM download_count WHERE model_id = model.id AND day > $since)
        WHERE id = $model
        RETURNING downloads_30d
        """
    case recountAll = """
        UPDATE model SET downloads_30d = (
            SELECT coalesce(sum(count), 0) FROM download_count WHERE model_id = model.id AND day > $since)
        WHERE downloads_30d > 0
        """
    /// A model that had any downloads has a popularity above 0.
    case popular = """
        SELECT d.model_id, m.downloads_30d FROM search_document d JOIN model m ON m.id = d.model_id
        WHERE d.popularity > 0
        """
    case total = "SELECT coalesce(sum(count), 0) AS count FROM download_count WHERE model_id = $model"
    case days = """
        SELECT download_count.day, version.number, download_count.count
        FROM download_count JOIN version ON version.id = download_count.version_id
        WHERE download_count.model_id = $model AND download_count.day > $since AND version.state <> 'draft'
        ORDER BY download_count.day, version.sort_key DESC
        """
    case versions = """
        SELECT version.number, sum(count) AS count
        FROM download_count JOIN version ON version.id = download_count.version_id
        WHERE download_count.model_id = $model AND version.state <> 'draft'
        GROUP BY version.id ORDER BY version.sort_key DESC
        """
}

/// Rows of download counts, a day and a version each.
///
/// - Throws: Each function ``SQLiteError`` when the database fails or holds what its schema does not allow.
public enum DownloadStore {
    /// How many days lists show.
    public static let listedDays = 30
    /// Of a day in UTC, which has no leap seconds.
    public static let secondsPerDay: Int64 = 86_400

    /// Downloads of a model by day and by version. Drafts are counted in the sum, and named to nobody.
    public struct Statistics: Sendable {
        /// Downloads since the model was registered.
        public let total: Int
        /// The last 30 days, oldest first.
        public let days: [Day]
        /// Highest number first.
        public let versions: [(number: VersionNumber, count: Int)]
    }

    /// Downloads of a model on one day.
    public struct Day: Sendable {
        /// Counted from 1970-01-01 UTC.
        public let day: Int64
        /// Those that were downloaded, the highest number first.
        public internal(set) var versions: [(number: VersionNumber, count: Int)]
        /// Of all versions.
        public var count: Int { versions.reduce(0) { $0 + $1.count } }
    }

    /// Adds downloads; of a version that is gone, none.
    public static func add(
        _ count: Int, to version: ID<Version>, day: Int64, in db: borrowing Connection
    ) throws {
        try db.run(
            DownloadSQL.add, ["$day": .integer(day), "$count": Value(count), "$version": .integer(version.rawValue)])
    }

    /// Keeps the sum that lists sort by.
    public static func recount(_ model: ID<Model>, today: Int64, in db: borrowing Connection) throws {
        let downloads = try db.first(
            DownloadSQL.recount,
            ["$since": .integer(today - Int64(listedDays)), "$model": .integer(model.rawValue)]
        ) { $0.int("downloads_30d") }
        if let downloads { try SearchStore.notePopularity(of: model.rawValue, downloads: downloads, in: db) }
    }

    /// Keeps the sums of all models, when a day has passed out of the 30.
    public static func recountAll(today: Int64, in db: borrowing Connection) throws {
        try db.run(DownloadSQL.recountAll, ["$since": .integer(today - Int64(listedDays))])
        let models = try db.all(DownloadSQL.popular) {
            (id: $0.integer("model_id"), downloads: $0.int("downloads_30d"))
        }
        for model in models {
            try SearchStore.notePopularity(of: model.id, downloads: model.downloads, in: db)
        }
    }

    /// What a model's page shows of its downloads.
    public static func statistics(
        of model: ID<Model>, now: Int64, in db: borrowing Connection
    ) throws -> Statistics {
        let today = now / secondsPerDay
        let since = today - Int64(listedDays)
        var days = (since + 1...today).map { Day(day: $0, versions: []) }
        try db.forEach(DownloadSQL.days, ["$model": .integer(model.rawValue), "$since": .integer(since)]) { row in
            let position = Int(row.integer("day") - since - 1)
            guard days.indices.contains(position) else { return true }
            let number = try stored(VersionNumber(parsing: row.text("number")), "version number")
            days[position].versions.append((number, row.int("count")))
            return true
        }
        return Statistics(
            total: try db.first(DownloadSQL.total, ["$model": .integer(model.rawValue)]) { $0.int("count") } ?? 0,
            days: days,
            versions: try db.all(DownloadSQL.versions, ["$model": .integer(model.rawValue)]) { row in
                (try stored(VersionNumber(parsing: row.text("number")), "version number"), row.int("count"))
            })
    }
}
