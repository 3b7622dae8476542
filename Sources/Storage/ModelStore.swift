public import Registry
public import SQLite

package enum ModelSQL: String, SQLStatement {
    case byName = """
        SELECT id, full_name, title, summary, service_type, visibility, license, created_by, created_at, updated_at,
            revision
        FROM model WHERE full_name = $name
        """
    case insert = """
        INSERT INTO model (namespace_id, full_name, title, summary, service_type, visibility, license, created_by,
            created_at, updated_at)
        VALUES ($namespace, $name, $title, $summary, $service_type, $visibility, $license, $by, $now, $now)
        """
    case update = """
        UPDATE model SET title = $title, summary = $summary, service_type = $service_type, visibility = $visibility,
            license = $license, updated_at = $now, revision = revision + 1
        WHERE id = $id
        """
    case touch = "UPDATE model SET updated_at = $now WHERE id = $id"
    case refreshLatest = """
        UPDATE model SET latest_version = (
            SELECT version.id FROM version
            WHERE model_id = $id AND prerelease = 0 AND state IN ('published', 'deprecated')
            ORDER BY sort_key DESC LIMIT 1)
        WHERE id = $id
        """
    case retire = """
        INSERT OR IGNORE INTO retired_version (full_name, number, retired_at)
        SELECT $name, number, $now FROM version WHERE model_id = $id AND state <> 'draft'
        """
    case delete = "DELETE FROM model WHERE id = $id"
}

/// Rows of models.
///
/// - Throws: Each function ``SQLiteError`` when the database fails or holds what its schema does not allow.
public enum ModelStore {
    /// nil when there is no such model.
    public static func find(_ name: ModelName, in db: borrowing Connection) throws -> Model? {
        try db.first(ModelSQL.byName, ["$name": .text(name.description)]) { try Model(row: $0, name: name) }
    }

    /// - Throws: `model-unknown` when there is no such model.
    public static func model(named name: ModelName, in db: borrowing Connection) throws -> Model {
        guard let model = try find(name, in: db) else { throw RegistryError.unknown(name) }
        return model
    }

    /// Makes a model with its context.
    ///
    /// - Throws: A constraint's error when the name is taken or the service type unknown.
    public static func insert(
        _ name: ModelName, _ description: ModelDescription, namespace: Int64, by author: String, at now: Int64,
        in db: borrowing Connection
    ) throws -> ID<Model> {
        try db.run(
            ModelSQL.insert,
            [
                "$namespace": .integer(namespace), "$name": .text(name.description),
                "$title": .text(description.title), "$summary": .text(description.summary),
                "$service_type": .text(description.serviceType),
                "$visibility": .text(description.visibility.rawValue), "$license": .text(description.license),
                "$by": .text(author), "$now": .integer(now),
            ])
        let id = ID<Model>(db.lastInsertedID)
        try ContextTagStore.set(description.context, of: id, in: db)
        return id
    }

    /// Replaces what the author says of a model; its revision rises.
    public static func update(
        _ id: ID<Model>, _ description: ModelDescription, at now: Int64, in db: borrowing Connection
    ) throws {
        try db.run(
            ModelSQL.update,
            [
                "$title": .text(description.title), "$summary": .text(description.summary),
                "$service_type": .text(description.serviceType),
                "$visibility": .text(description.visibility.rawValue), "$license": .text(description.license),
                "$now": .integer(now), "$id": .integer(id.rawValue),
            ])
        try ContextTagStore.set(description.context, of: id, in: db)
        try SearchStore.noteChange(of: id.rawValue, in: db)
    }

    /// Notes that the model has changed, so that it comes first in lists by time.
    public static func touch(_ id: ID<Model>, at now: Int64, in db: borrowing Connection) throws {
        try db.run(ModelSQL.touch, ["$now": .integer(now), "$id": .integer(id.rawValue)])
        try SearchStore.noteChange(of: id.rawValue, in: db)
    }

    /// Finds anew which version `latest` names; to be called after each change of a version's state.
    public static func refreshLatest(of id: ID<Model>, in db: borrowing Connection) throws {
        try db.run(ModelSQL.refreshLatest, ["$id": .integer(id.rawValue)])
    }

    /// Deletes a model with its versions; their numbers are never given out again under its name.
    public static func delete(_ model: Model, at now: Int64, in db: borrowing Connection) throws {
        try db.run(
            ModelSQL.retire,
            [
                "$name": .text(model.name.description), "$now": .integer(now), "$id": .integer(model.id.rawValue),
            ])
        try SearchStore.remove(model: model.id, in: db)
        try db.run(ModelSQL.delete, ["$id": .integer(model.id.rawValue)])
    }
}

extension RegistryError {
    /// There is no such model, or it does not exist for the caller.
    public static func unknown(_ name: ModelName) -> RegistryError {
        RegistryError(.modelUnknown, "there is no model \(name)", ko: "\(name) 모델이 없습니다")
    }
}

extension Model {
    /// The model in all columns that ``ModelSQL/byName`` selects.
    init(row: borrowing Row, name: ModelName) throws {
        self.init(
            id: ID(row.integer("id")), name: name, title: row.text("title"), summary: row.text("summary"),
            serviceType: row.text("service_type"),
            visibility: try stored(Visibility(rawValue: row.text("visibility")), "visibility"),
            license: row.text("license"), createdBy: row.text("created_by"), createdAt: row.integer("created_at"),
            updatedAt: row.integer("updated_at"), revision: row.integer("revision"))
    }
}
