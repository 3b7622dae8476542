import Glibc
import Registry
import Search
import SQLite

/// What the rows of a model say for search.
struct SearchSource {
    /// The document by the rules of the program.
    let document: SearchDocument
    /// The tags of the document.
    let tags: [KnownTag]

    /// nil when there is no such model. Tags that stand for fields of the model are made when they are new.
    init?(model id: ID<Model>, in db: borrowing Connection) throws {
        let row = try db.first(SearchSourceSQL.model, ["$model": .integer(id.rawValue)]) { row in
            (
                texts: (
                    name: row.text("full_name"), title: row.text("title"), summary: row.text("summary"),
                    readme: row.text("readme")
                ),
                version: row.optionalInteger("latest_version"), service: row.text("service_type"),
                license: row.text("license"), isPrivate: row.text("visibility") == Visibility.private.rawValue,
                namespace: row.integer("namespace_id"), downloads: row.int("downloads_30d"),
                updated: row.integer("updated_at")
            )
        }
        guard let row else { return nil }
        var facts = try Facts(model: id, version: row.version, in: db)
        let service = try facts.add("service", row.service, in: db)
        if !facts.model.contains(where: { $0.key == "license" }),
            let license = try facts.add("license", row.license, in: db)
        {
            facts.model.append(license)
        }
        let context = EffectiveContext(model: facts.model, version: facts.version, variants: facts.variants)
        let tags = context.tags.union(service.flatMap(\.tag).map { [$0] } ?? [])
        let texts = row.texts
        self.tags = tags.sorted().compactMap { facts.tags[$0] }
        document = SearchDocument(
            model: id.rawValue, namespace: row.namespace, isPublic: !row.isPrivate,
            popularity: Self.popularity(downloads: row.downloads), updated: row.updated,
            words: SearchWords.tokens(
                name: texts.name, title: texts.title, summary: texts.summary, readme: texts.readme),
            tags: self.tags.map(\.id),
            numbers: context.numbers.sorted { ($0.column, $0.value) < ($1.column, $1.value) })
    }

    /// The step of ``SearchDocument/popularity`` of a number of downloads.
    static func popularity(downloads: Int) -> Int { min(Int(4 * log2(Double(max(downloads, 0) + 1))), 63) }

    /// What is said of a model, its latest version and its variants.
    private struct Facts {
        var model: [ContextFact] = []
        private(set) var version: [ContextFact] = []
        private(set) var variants: [[ContextFact]] = []
        private(set) var tags: [Int64: KnownTag] = [:]

        init(model id: ID<Model>, version: Int64?, in db: borrowing Connection) throws {
            model = try facts(SearchSourceSQL.ofModel, id.rawValue, in: db)
            guard let version else { return }
            self.version = try facts(SearchSourceSQL.ofVersion, version, in: db)
            let sizes = try db.all(SearchSourceSQL.variants, ["$version": .integer(version)]) { row in
                (variant: row.integer("id"), bytes: row.integer("size"))
            }
            for (variant, bytes) in sizes {
                var facts = try facts(SearchSourceSQL.ofVariant, variant, in: db)
                if bytes > 0, !facts.contains(where: { $0.column == "size" }) {
                    facts.append(ContextFact(column: "size", number: Double(bytes), source: .extracted))
                }
                variants.append(facts)
            }
            try addMeasurements(of: version, variants: sizes.map(\.variant), in: db)
        }

        /// The tag of a field of the model; nil when the text cannot be one.
        mutating func add(_ key: String, _ value: String, in db: borrowing Connection) throws -> ContextFact? {
            guard let tag = try? ContextTag(key: key, value: value) else { return nil }
            let id = try ContextTagStore.id(for: tag, in: db)
            if tags[id] == nil { tags[id] = KnownTag(id: id, key: tag.key, value: tag.value, folded: tag.folded) }
            return ContextFact(tag: id, key: tag.key, value: tag.folded, source: .declared)
        }

        private mutating func facts(
            _ sql: SearchSourceSQL, _ owner: Int64, in db: borrowing Connection
        ) throws -> [ContextFact] {
            var facts: [ContextFact] = []
            try db.forEach(sql, ["$owner": .integer(owner)]) { row in
                let tag = KnownTag(row: row)
                let source = try stored(ContextTagStore.Source(rawValue: row.text("source")), "source")
                tags[tag.id] = tag
                facts.append(ContextFact(tag: tag.id, key: tag.key, value: tag.folded, source: source))
                return true
            }
            return facts
        }

        private mutating func addMeasurements(
            of version: Int64, variants ids: [Int64], in db: borrowing Connection
        ) throws {
            try db.forEach(SearchSourceSQL.measurements, ["$version": .integer(version)]) { row in
                let (metric, at) = (row.text("metric"), row.text("at"))
                let fact = ContextFact(
                    column: at.isEmpty ? metric : "\(metric)@\(at)", number: row.real("value"),
                    source: try stored(ContextTagStore.Source(rawValue: row.text("source")), "source"))
                if let variant = row.optionalInteger("variant_id") {
                    if let index = ids.firstIndex(of: variant) { variants[index].append(fact) }
                } else {
                    self.version.append(fact)
                }
                return true
            }
        }
    }
}

extension KnownTag {
    /// The tag in the columns id, key, value, folded.
    init(row: borrowing Row) {
        self.init(id: row.integer("id"), key: row.text("key"), value: row.text("value"), folded: row.text("folded"))
    }
}

package enum SearchSourceSQL: String, SQLStatement {
    case model = """
        SELECT m.full_name, m.title, m.summary, coalesce(v.readme_text, '') AS readme, m.latest_version,
            m.service_type, m.license, m.visibility, m.namespace_id, m.downloads_30d, m.updated_at
        FROM model m LEFT JOIN version v ON v.id = m.latest_version
        WHERE m.id = $model
        """
    case ofModel = """
        SELECT t.id, t.key, t.value, t.folded, c.source FROM model_context c JOIN context_tag t ON t.id = c.tag_id
        WHERE c.model_id = $owner
        """
    case ofVersion = """
        SELECT t.id, t.key, t.value, t.folded, c.source FROM version_context c JOIN context_tag t ON t.id = c.tag_id
        WHERE c.version_id = $owner
        """
    case ofVariant = """
        SELECT t.id, t.key, t.value, t.folded, c.source FROM variant_context c JOIN context_tag t ON t.id = c.tag_id
        WHERE c.variant_id = $owner
        """
    case variants = """
        SELECT variant.id,
            (SELECT coalesce(sum(blob.size), 0) FROM variant_artifact
             JOIN artifact ON artifact.id = variant_artifact.artifact_id
             JOIN blob ON blob.id = artifact.blob_id
             WHERE variant_artifact.variant_id = variant.id) AS size
        FROM variant WHERE version_id = $version ORDER BY position
        """
    case measurements = """
        SELECT variant_id, metric, at, value, source FROM measurement WHERE version_id = $version
        """
}
