public import Registry
public import SQLite

package enum ServiceTypeSQL: String, SQLStatement {
    case all = "SELECT id, label_ko, label_en, description FROM service_type ORDER BY position, id"
    case one = "SELECT id, label_ko, label_en, description FROM service_type WHERE id = $id"
    case insert = """
        INSERT INTO service_type (id, label_ko, label_en, description, position)
        VALUES ($id, $ko, $en, $description, (SELECT coalesce(max(position), 0) + 1 FROM service_type))
        """
    case update = """
        UPDATE service_type SET label_ko = $ko, label_en = $en, description = $description WHERE id = $id
        """
    case delete = "DELETE FROM service_type WHERE id = $id"
    case isUsed = """
        SELECT 1 AS used FROM model WHERE service_type = $id
        UNION ALL
        SELECT 1 FROM context_tag JOIN search_set ON search_set.set_id = context_tag.id
        WHERE context_tag.key = 'service' AND context_tag.folded = $id
        LIMIT 1
        """
    case models = "SELECT full_name FROM model WHERE service_type = $id ORDER BY updated_at DESC, id DESC LIMIT $limit"
    case count = "SELECT count(*) AS count FROM model WHERE service_type = $id"
}

/// Rows of the service types, the portal's side menu.
///
/// - Throws: Each function ``SQLiteError`` when the database fails or holds what its schema does not allow.
public enum ServiceTypeStore {
    /// In the order of the menu.
    public static func all(in db: borrowing Connection) throws -> [ServiceType] {
        try db.all(ServiceTypeSQL.all) { try ServiceType(row: $0) }
    }

    /// nil when there is no such service type.
    public static func serviceType(_ id: String, in db: borrowing Connection) throws -> ServiceType? {
        try db.first(ServiceTypeSQL.one, ["$id": .text(id)]) { try ServiceType(row: $0) }
    }

    /// - Throws: A unique constraint's error when the id is taken.
    public static func insert(_ type: ServiceType, in db: borrowing Connection) throws {
        try db.run(
            ServiceTypeSQL.insert,
            [
                "$id": .text(type.id), "$ko": .text(type.label.ko), "$en": .text(type.label.en),
                "$description": .text(type.description),
            ])
    }

    /// Changes label and description of the service type with the same id.
    public static func update(_ type: ServiceType, in db: borrowing Connection) throws {
        try db.run(
            ServiceTypeSQL.update,
            [
                "$ko": .text(type.label.ko), "$en": .text(type.label.en), "$description": .text(type.description),
                "$id": .text(type.id),
            ])
    }

    /// Whether any model, also of those the caller may not see, has the service type.
    public static func isUsed(_ id: String, in db: borrowing Connection) throws -> Bool {
        try db.exists(ServiceTypeSQL.isUsed, ["$id": .text(id)])
    }

    /// How many models, also of those the caller may not see, have the service type as their own, and the names of up to
    /// `limit` of them, the last changed first.
    public static func models(
        of id: String, limit: Int, in db: borrowing Connection
    ) throws -> (names: [String], count: Int) {
        (
            try db.all(ServiceTypeSQL.models, ["$id": .text(id), "$limit": Value(limit)]) { $0.text("full_name") },
            try db.first(ServiceTypeSQL.count, ["$id": .text(id)]) { $0.int("count") } ?? 0
        )
    }

    /// Removes a service type; none is fine.
    public static func delete(_ id: String, in db: borrowing Connection) throws {
        try db.run(ServiceTypeSQL.delete, ["$id": .text(id)])
    }
}

extension ServiceType {
    init(row: borrowing Row) throws {
        let label = Label(ko: row.text("label_ko"), en: row.text("label_en"))
        let (id, description) = (row.text("id"), row.text("description"))
        self = try stored(try? ServiceType(id: id, label: label, description: description), "service type")
    }
}
