import Cryptography
import Encoding
import Foundation
import Registry
import SQLite
import Search
import Storage
import TestSupport
import Testing

/// A database with the released schema and models put in row by row.
final class SearchFixture {
    let database: Database
    private let directory: URL
    private var models: [String: Int64] = [:]

    init() throws {
        directory = FileManager.default.temporaryDirectory.appending(path: "search-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        let migrations = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../Migrations")
        database = try Database(path: directory.appending(path: "moru.sqlite").path)
        try Migrator(directory: migrations.path) { Hex.encode(SHA256.digest(of: $0)) }.migrate(database, now: 0)
    }

    deinit {
        database.close()
        try? FileManager.default.removeItem(at: directory)
    }

    /// Adds a model with one published version, or replaces its words and tags.
    @discardableResult
    func add(
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

    func remove(_ name: String) throws {
        guard let model = models.removeValue(forKey: name) else { return }
        try database.write { db in
            try SearchStore.remove(model: ID(model), in: db)
            try db.run(FixtureSQL.deleteModel, ["$id": .integer(model)])
        }
    }

    func search(_ query: SearchQuery, for caller: Caller = .anonymous) throws -> SearchMatches {
        try database.read { db in try SearchStore.search(query, for: caller, vocabulary: .standard, in: db) }
    }

    /// The names that a query finds, best first.
    func names(
        _ text: String, tags: [String] = [], sort: SearchSort? = nil, for caller: Caller = .anonymous
    ) throws -> [String] {
        let filters = try tags.map { try SearchQuery.TagFilter($0) }
        return try search(SearchQuery(text: text, tags: filters, sort: sort, limit: 100), for: caller).page.items
            .map { name(of: $0.model) }
    }

    func name(of model: ID<Model>) -> String { models.first { $0.value == model.rawValue }?.key ?? "?" }

    static func caller(_ role: Role, namespaces: [String: NamespaceRole] = [:], models: [ModelPattern]? = nil) throws
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

enum FixtureSQL: String, SQLStatement {
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
    case tagTerms = "SELECT term FROM search_tag_vocabulary"
    case variantTag = "INSERT INTO variant_context (variant_id, tag_id) VALUES ($owner, $tag)"
}
