package import Search
package import SQLite

package enum RecentActivitySQL: String, SQLStatement {
    case downloads = "SELECT model_id, count FROM download_count WHERE day > $since"
    /// A publication changes its model, so that what is older need not be looked at.
    case changed = "SELECT id FROM model WHERE updated_at >= $since ORDER BY updated_at DESC"
    /// What was published later than its state changed last there is not, and reading the latter costs less.
    case versions = """
        SELECT count(*) AS count FROM json_each($models) AS wanted
        CROSS JOIN version ON version.model_id = wanted.value
        WHERE state IN ('published', 'deprecated') AND state_changed_at >= $since AND published_at >= $since
        """
}

/// What happened to some models of late.
package enum RecentActivityStore {
    /// As many rows of counts, and as many changed models, are looked at.
    private static let maximumRows = 100_000
    private static let maximumModels = 1000

    /// Downloads and published versions of `models` in the last `days`, the day of `now` (Unix seconds) included; `isMore`
    /// where there are so many that not all were counted.
    ///
    /// - Throws: ``SQLiteError``.
    package static func activity(
        of models: ModelSet, days: Int, now: Int64, in db: borrowing Connection
    ) throws -> (downloads: Int, versions: Int, isMore: Bool) {
        let today = now / DownloadStore.secondsPerDay
        let firstDay = today - Int64(days) + 1
        let since = Value.integer(firstDay * DownloadStore.secondsPerDay)
        var (downloads, rows) = (0, 0)
        try db.forEach(RecentActivitySQL.downloads, ["$since": .integer(firstDay - 1)]) { row in
            guard models.contains(row.int("model_id")) else { return true }
            guard rows < maximumRows else {
                rows += 1
                return false
            }
            rows += 1
            downloads += row.int("count")
            return true
        }
        var changed: [Int64] = []
        try db.forEach(RecentActivitySQL.changed, ["$since": since]) { row in
            let id = row.integer("id")
            if models.contains(Int(id)) { changed.append(id) }
            return changed.count <= maximumModels
        }
        let isMore = rows > maximumRows || changed.count > maximumModels
        let versions =
            try db.first(
                RecentActivitySQL.versions, ["$models": .list(Array(changed.prefix(maximumModels))), "$since": since]
            ) { $0.int("count") } ?? 0
        return (downloads, versions, isMore)
    }
}
