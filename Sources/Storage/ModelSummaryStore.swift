public import Registry
public import SQLite

package enum ModelSummarySQL: String, SQLStatement {
    case models = """
        SELECT model.id, full_name, title, summary, service_type, visibility, license, model.created_by,
            model.created_at, updated_at, model.revision, latest_version, version.number, version.published_at,
            (SELECT sum(blob.size) FROM artifact JOIN blob ON blob.id = artifact.blob_id
             WHERE artifact.version_id = version.id) AS size
        FROM json_each($ids) AS wanted
        CROSS JOIN model ON model.id = wanted.value
        LEFT JOIN version ON version.id = model.latest_version
        ORDER BY wanted.key
        """
    /// Of models and their latest versions, by their places in the lists.
    case context = """
        SELECT wanted.key AS place, tag_id, 0 AS of_variant
        FROM json_each($models) AS wanted CROSS JOIN model_context ON model_context.model_id = wanted.value
        UNION ALL
        SELECT wanted.key, tag_id, 0
        FROM json_each($versions) AS wanted CROSS JOIN version_context ON version_context.version_id = wanted.value
        UNION ALL
        SELECT wanted.key, tag_id, 1
        FROM json_each($versions) AS wanted
        CROSS JOIN variant ON variant.version_id = wanted.value
        CROSS JOIN variant_context ON variant_context.variant_id = variant.id
        """
    case tags = """
        SELECT context_tag.id, context_tag.key, context_tag.value
        FROM json_each($ids) AS wanted CROSS JOIN context_tag ON context_tag.id = wanted.value
        ORDER BY context_tag.key, folded
        """
    case downloads = """
        SELECT wanted.key AS place, day, count
        FROM json_each($ids) AS wanted
        CROSS JOIN download_count ON download_count.model_id = wanted.value
        WHERE day > $since
        """
}

/// What lists show of models, read for a whole page at once.
///
/// - Throws: Each function ``SQLiteError`` when the database fails or holds what its schema does not allow.
public enum ModelSummaryStore {
    /// Summaries in the order of `ids`; those of models that are gone are left out.
    ///
    /// The day of `now` (Unix seconds) is the last of ``ModelSummary/downloads``. `serviceTypes` are all there are; they are
    /// read where they are not given.
    public static func summaries(
        of ids: [ID<Model>], now: Int64, serviceTypes: [ServiceType]? = nil, in db: borrowing Connection
    ) throws -> [ModelSummary] {
        let types = try serviceTypes ?? ServiceTypeStore.all(in: db)
        let labels = Dictionary(types.map { ($0.id, $0.label) }) { first, _ in first }
        let found = try db.all(ModelSummarySQL.models, ["$ids": .list(ids.map(\.rawValue))]) { row in
            let name = try stored(try? ModelName(row.text("full_name")), "model name")
            let model = try Model(row: row, name: name)
            return (
                model: model, version: row.optionalInteger("latest_version"), latest: try latest(row),
                size: row.optionalInteger("size") ?? 0
            )
        }
        let models = found.map(\.model.id.rawValue)
        // No version has the number 0.
        let context = try SummaryContext(of: models, versions: found.map { $0.version ?? 0 }, in: db)
        let downloads = try downloads(of: models, today: now / DownloadStore.secondsPerDay, in: db)
        return found.enumerated().map { place, row in
            let tags = context.tags(at: place)
            return ModelSummary(
                model: row.model, serviceTypes: typeLabels(of: row.model, tags, labels), context: tags,
                formats: context.formats(at: place), size: row.size, latest: row.latest, downloads: downloads[place])
        }
    }

    private static func downloads(
        of models: [Int64], today: Int64, in db: borrowing Connection
    ) throws -> [[Int]] {
        let first = today - Int64(DownloadStore.listedDays) + 1
        let none = [Int](repeating: 0, count: DownloadStore.listedDays)
        var downloads = Array(repeating: none, count: models.count)
        let bindings: KeyValuePairs<String, Value> = ["$ids": .list(models), "$since": .integer(first - 1)]
        try db.forEach(ModelSummarySQL.downloads, bindings) { row in
            let (place, day) = (row.int("place"), Int(row.integer("day") - first))
            if none.indices.contains(day) { downloads[place][day] += row.int("count") }
            return true
        }
        return downloads
    }

    private static func latest(_ row: borrowing Row) throws -> LatestVersion? {
        guard let number = row.optionalText("number") else { return nil }
        return LatestVersion(
            number: try stored(VersionNumber(parsing: number), "version number"),
            publishedAt: row.optionalInteger("published_at") ?? 0)
    }

    private static func typeLabels(
        of model: Model, _ context: [ContextTag], _ labels: [String: Label]
    ) -> [ServiceTypeLabel] {
        let further = context.filter { $0.key == "service" && $0.folded != model.serviceType }.map(\.folded)
        return ([model.serviceType] + further).compactMap { id in
            labels[id].map { ServiceTypeLabel(id: id, label: $0) }
        }
    }
}
