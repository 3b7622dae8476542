public import Registry
public import SQLite
import Search
public import Services
import Storage

/// A repository with models put in row by row, to search in.
public final class SearchFixture {
    public let repository: Repository
    private let directory: TemporaryDirectory
    private var models: [String: Int64] = [:]

    public var database: Database { repository.database }

    public init() throws {
        directory = try TemporaryDirectory()
        repository = try Repository(
            directory: try DataDirectory.open(directory.path + "/data"), migrations: PackageFolder.migrations,
            vocabulary: .standard, clock: TestClock(), log: { _ in })
    }

    deinit { repository.close() }

    /// Adds a model with one published version, or replaces its words and tags.
    @discardableResult
    public func add(
        _ name: String, title: String = "A model", summary: String = "", service: String = "other",
        tags: [String] = [], variantTags: [String] = [], readme: String = "", visibility: Visibility = .public,
        updatedAt: Int64 = 1000, downloads: Int64 = 0, license: String = ""
    ) throws -> ID<Model> {
        try database.write { db in
            if let old = models[name] {
                try SearchStore.remove(model: ID(old), in: db)
                try db.run(FixtureSQL.deleteModel, ["$id": .integer(old)])
            }
            let namespace = String(name.prefix { $0 != "/" })
            try db.run(FixtureSQL.namespace, ["$name": .text(namespace)])
            try db.run(
                FixtureSQL.model,
                [
                    "$namespace": .text(namespace), "$name": .text(name), "$title": .text(title),
                    "$summary": .text(summary), "$service": .text(service), "$visibility": .text(visibility.rawValue),
                    "$at": .integer(updatedAt), "$downloads": .integer(downloads), "$license": .text(license),
                ])
            let model = db.lastInsertedID
            try db.run(
                FixtureSQL.version,
                [
                    "$model": .integer(model), "$readme": .text(readme),
                    "$digest": .blob([UInt8](repeating: 1, count: 32)),
                ])
            let version = db.lastInsertedID
            try db.run(FixtureSQL.latest, ["$model": .integer(model), "$version": .integer(version)])
            try db.run(FixtureSQL.variant, ["$version": .integer(version)])
            let variant = db.lastInsertedID
            for tag in try tags.map({ try ContextTag($0) }) {
                let id = try ContextTagStore.id(for: tag, in: db)
                try db.run(FixtureSQL.modelTag, ["$owner": .integer(model), "$tag": .integer(id)])
            }
            for tag in try variantTags.map({ try ContextTag($0) }) {
                let id = try ContextTagStore.id(for: tag, in: db)
                try db.run(FixtureSQL.variantTag, ["$owner": .integer(variant), "$tag": .integer(id)])
            }
            try SearchStore.index(model: ID(model), in: db)
            models[name] = model
            return ID(model)
        }
    }

    public func remove(_ name: String) throws {
        guard let model = models.removeValue(forKey: name) else { return }
        try database.write { db in
            try SearchStore.remove(model: ID(model), in: db)
            try db.run(FixtureSQL.deleteModel, ["$id": .integer(model)])
        }
    }

    public func search(_ query: SearchQuery, for caller: Caller = .anonymous) throws -> SearchResult {
        try repository.search.search(query, for: caller)
    }

    /// The names that a query finds, best first.
    public func names(
        _ text: String, tags: [String] = [], sort: SearchSort? = nil, for caller: Caller = .anonymous
    ) throws -> [String] {
        let filters = try tags.map { try SearchQuery.TagFilter($0) }
        return try search(SearchQuery(text: text, tags: filters, sort: sort, limit: 100), for: caller).names
    }

    public func name(of model: ID<Model>) -> String { models.first { $0.value == model.rawValue }?.key ?? "?" }

    public static func caller(_ role: Role, namespaces: [String: NamespaceRole] = [:], models: [ModelPattern]? = nil)
        throws
        -> Caller
    {
        let user = User(
            id: ID(1), username: try Username("kim"), displayName: "", role: role, language: "ko", isDisabled: false,
            createdAt: 0, lastSeenAt: nil)
        let token = models.map { models in
            Token(
                id: ID(1), user: ID(1), name: "", prefix: "", scopes: [.modelRead], models: models, createdAt: 0,
                expiresAt: nil, lastUsedAt: nil)
        }
        return Caller(user: user, namespaces: namespaces, token: token)
    }
}

extension SearchResult {
    /// The names of the page's models, in order.
    public var names: [String] { page.items.map { "\($0.summary.model.name)" } }
}

package enum FixtureSQL: String, SQLStatement {
    case namespace = "INSERT INTO namespace (name, created_at) VALUES ($name, 0) ON CONFLICT DO NOTHING"
    case model = """
        INSERT INTO model (namespace_id, full_name, title, summary, service_type, visibility, created_by, created_at,
            updated_at, downloads_30d, license)
        SELECT id, $name, $title, $summary, $service, $visibility, 'kim', $at, $at, $downloads, $license
        FROM namespace WHERE name = $namespace
        """
    case deleteModel = "DELETE FROM model WHERE id = $id"
    case version = """
        INSERT INTO version (model_id, number, sort_key, prerelease, state, state_changed_at, manifest_sha256,
            manifest, readme_text, created_by, created_at, published_at)
        VALUES ($model, '1.0.0', '1', 0, 'published', 0, $digest, '{}', $readme, 'kim', 0, 0)
        """
    case latest = "UPDATE model SET latest_version = $version WHERE id = $model"
    case variant = "INSERT INTO variant (version_id, name, position) VALUES ($version, 'default', 0)"
    case modelTag = "INSERT INTO model_context (model_id, tag_id) VALUES ($owner, $tag)"
    case withdrawn = "UPDATE model SET latest_version = NULL WHERE id = $model"
    case measurement = """
        INSERT INTO measurement (version_id, variant_id, metric, at, value, measured_at)
        SELECT version_id, id, 'latency_ms', 'rpi5', $value, 0 FROM variant
        WHERE version_id = (SELECT latest_version FROM model WHERE id = $model)
        """
    case change = "INSERT INTO search_change (model_id) VALUES ($model)"
    case documents = "SELECT model_id FROM search_document ORDER BY model_id"
    case latestVersion = "SELECT latest_version FROM model WHERE id = $model"
    case tag = "SELECT key, folded FROM context_tag WHERE id = $id"
    case sets = "SELECT set_id, chunk, models FROM search_set ORDER BY set_id, chunk"
    case terms = "SELECT term, doc FROM search_vocabulary"
    /// Parts of the full-text index of words, by a shadow table of FTS5.
    case segments = "SELECT count(DISTINCT segid) AS count FROM search_words_idx"
    case tagTerms = "SELECT term FROM search_tag_vocabulary"
    case variantTag = "INSERT INTO variant_context (variant_id, tag_id) VALUES ($owner, $tag)"
}
