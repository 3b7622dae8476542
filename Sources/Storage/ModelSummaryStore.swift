public import Registry
public import SQLite

package enum ModelSummarySQL: String, SQLStatement {
    case models = """
        SELECT model.id, full_name, title, summary, service_type, visibility, license, model.created_by,
            model.created_at, updated_at, model.revision, version.number, version.published_at,
            (SELECT sum(blob.size) FROM artifact JOIN blob ON blob.id = artifact.blob_id
             WHERE artifact.version_id = version.id) AS size
        FROM json_each($ids) AS wanted
        CROSS JOIN model ON model.id = wanted.value
        LEFT JOIN version ON version.id = model.latest_version
        ORDER BY wanted.key
        """
    case context = """
        SELECT wanted.value AS model_id, context_tag.key, context_tag.value, context_tag.folded
        FROM json_each($ids) AS wanted
        CROSS JOIN model_context ON model_context.model_id = wanted.value
        JOIN context_tag ON context_tag.id = model_context.tag_id
        UNION
        SELECT wanted.value, context_tag.key, context_tag.value, context_tag.folded
        FROM json_each($ids) AS wanted
        CROSS JOIN model ON model.id = wanted.value
        CROSS JOIN version_context ON version_context.version_id = model.latest_version
        JOIN context_tag ON context_tag.id = version_context.tag_id
        ORDER BY 1, 2, 4
        """
    case formats = """
        SELECT DISTINCT wanted.value AS model_id, context_tag.value
        FROM json_each($ids) AS wanted
        CROSS JOIN model ON model.id = wanted.value
        CROSS JOIN variant ON variant.version_id = model.latest_version
        CROSS JOIN variant_context ON variant_context.variant_id = variant.id
        JOIN context_tag ON context_tag.id = variant_context.tag_id
        WHERE context_tag.key = 'format'
        ORDER BY 1, 2
        """
    case downloads = """
        SELECT model_id, day, sum(count) AS count
        FROM json_each($ids) AS wanted
        CROSS JOIN download_count ON download_count.model_id = wanted.value
        WHERE day > $since
        GROUP BY model_id, day
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
        let list = Value.list(ids.map(\.rawValue))
        let types = try serviceTypes ?? ServiceTypeStore.all(in: db)
        let labels = Dictionary(types.map { ($0.id, $0.label) }) { first, _ in first }
        var context: [Int64: [ContextTag]] = [:]
        try db.forEach(ModelSummarySQL.context, ["$ids": list]) { row in
            context[row.integer("model_id"), default: []].append(try ContextTag(row: row))
            return true
        }
        var formats: [Int64: [String]] = [:]
        try db.forEach(ModelSummarySQL.formats, ["$ids": list]) { row in
            formats[row.integer("model_id"), default: []].append(row.text("value"))
            return true
        }
        let today = now / DownloadStore.secondsPerDay
        let first = today - Int64(DownloadStore.listedDays) + 1
        var downloads: [Int64: [Int]] = [:]
        try db.forEach(ModelSummarySQL.downloads, ["$ids": list, "$since": .integer(first - 1)]) { row in
            let place = Int(row.integer("day") - first)
            guard (0..<DownloadStore.listedDays).contains(place) else { return true }
            let none = [Int](repeating: 0, count: DownloadStore.listedDays)
            downloads[row.integer("model_id"), default: none][place] = row.int("count")
            return true
        }
        return try db.all(ModelSummarySQL.models, ["$ids": list]) { row in
            let name = try stored(try? ModelName(row.text("full_name")), "model name")
            let model = try Model(row: row, name: name)
            let tags = context[model.id.rawValue] ?? []
            let ownFormats = tags.filter { $0.key == "format" }.map(\.value)
            return ModelSummary(
                model: model, serviceTypes: typeLabels(of: model, tags, labels), context: tags,
                formats: Array(Set(ownFormats + (formats[model.id.rawValue] ?? []))).sorted(),
                size: row.optionalInteger("size") ?? 0, latest: try latest(row),
                downloads: downloads[model.id.rawValue] ?? [Int](repeating: 0, count: DownloadStore.listedDays))
        }
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
