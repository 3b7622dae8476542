public import SQLite

package enum SummarySQL: String, SQLStatement {
    case counts = """
        SELECT (SELECT count(*) FROM model) AS models, (SELECT count(*) FROM version) AS versions,
            (SELECT count(*) FROM user) AS users, (SELECT count(*) FROM token) AS tokens,
            (SELECT count(*) FROM namespace) AS namespaces, (SELECT count(*) FROM service_type) AS service_types
        """
    case days = "SELECT day, sum(count) AS count FROM download_count WHERE day > $since GROUP BY day"
    /// Of each blob the first and the last model that has a version with it; the blobs themselves come from the index.
    case uses = """
        SELECT blob.size, used.first, used.last FROM blob LEFT JOIN (
            SELECT blob_id, min(model_id) AS first, max(model_id) AS last FROM (
                SELECT artifact.blob_id, version.model_id
                FROM artifact CROSS JOIN version ON version.id = artifact.version_id
                UNION ALL
                SELECT readme_blob_id, model_id FROM version WHERE readme_blob_id IS NOT NULL)
            GROUP BY blob_id) AS used ON used.blob_id = blob.id
        """
    case models = """
        SELECT m.id, m.full_name, m.title, (SELECT count(*) FROM version WHERE model_id = m.id) AS versions
        FROM json_each($ids) wanted CROSS JOIN model m ON m.id = wanted.value ORDER BY wanted.key
        """
}

/// Counts of the whole repository, for administrators.
///
/// - Throws: Each function ``SQLiteError`` when the database fails or holds what its schema does not allow.
public enum SummaryStore {
    /// How much there is.
    public struct Counts: Sendable {
        /// Each includes what is private, withdrawn or disabled.
        public let models, versions, users, tokens, namespaces, serviceTypes: Int
    }

    /// Counts the rows of the tables.
    public static func counts(in db: borrowing Connection) throws -> Counts {
        try db.first(SummarySQL.counts) { row in
            Counts(
                models: row.int("models"), versions: row.int("versions"), users: row.int("users"),
                tokens: row.int("tokens"), namespaces: row.int("namespaces"), serviceTypes: row.int("service_types"))
        } ?? Counts(models: 0, versions: 0, users: 0, tokens: 0, namespaces: 0, serviceTypes: 0)
    }

    /// Downloads of all models on each of the last 30 days, oldest first; the last one is today in UTC.
    public static func downloads(now: Int64, in db: borrowing Connection) throws -> [Int] {
        let today = now / DownloadStore.secondsPerDay
        let since = today - Int64(DownloadStore.listedDays)
        var counts: [Int64: Int] = [:]
        try db.forEach(SummarySQL.days, ["$since": .integer(since)]) { row in
            counts[row.integer("day")] = row.int("count")
            return true
        }
        return (since + 1...today).map { counts[$0] ?? 0 }
    }

    /// Who needs the bytes of the blob store. The parts add up to all of them.
    public struct Usage: Sendable {
        /// A model, and the bytes that no other model needs.
        public struct Item: Sendable {
            /// Of the model.
            public let name, title: String
            /// How many versions of the model there are.
            public let versions: Int
            /// Of blobs that no other model has; each blob once.
            public let bytes: Int64
        }

        /// The largest first.
        public let items: [Item]
        /// Models besides ``items``, and their bytes.
        public let others: (models: Int, bytes: Int64)
        /// What several models have.
        public let shared: Int64
        /// What no version has, until it is collected.
        public let unreferenced: Int64
    }

    /// Reads all blobs and their uses, some 2 s for a million artifacts.
    public static func usage(limit: Int, in db: borrowing Connection) throws -> Usage {
        var own: [Int64: Int64] = [:]
        var (shared, unreferenced): (Int64, Int64) = (0, 0)
        try db.forEach(SummarySQL.uses) { row in
            let size = row.integer("size")
            guard let first = row.optionalInteger("first"), let last = row.optionalInteger("last") else {
                unreferenced += size
                return true
            }
            if first == last { own[first, default: 0] += size } else { shared += size }
            return true
        }
        let largest = own.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.prefix(limit)
        let items = try db.all(SummarySQL.models, ["$ids": .list(largest.map(\.key))]) { row in
            Usage.Item(
                name: row.text("full_name"), title: row.text("title"), versions: row.int("versions"),
                bytes: own[row.integer("id")] ?? 0)
        }
        let rest = own.values.reduce(0, +) - largest.reduce(0) { $0 + $1.value }
        return Usage(
            items: items, others: (own.count - largest.count, rest), shared: shared, unreferenced: unreferenced)
    }
}
