public import Registry
public import SQLite

package enum ContextTagSQL: String, SQLStatement {
    case find = "SELECT id FROM context_tag WHERE key = $key AND folded = $folded"
    case insert = "INSERT INTO context_tag (key, value, folded) VALUES ($key, $value, $folded)"
    /// Whether it is written otherwise and no public model has it.
    case isRespelt = """
        SELECT 1 FROM context_tag t WHERE t.id = $tag AND t.value <> $value
            AND NOT EXISTS (
                SELECT 1 FROM model_context c JOIN model m ON m.id = c.model_id
                WHERE c.tag_id = t.id AND m.visibility = 'public')
            AND NOT EXISTS (
                SELECT 1 FROM version_context c JOIN version v ON v.id = c.version_id JOIN model m ON m.id = v.model_id
                WHERE c.tag_id = t.id AND m.visibility = 'public')
            AND NOT EXISTS (
                SELECT 1 FROM variant_context c JOIN variant a ON a.id = c.variant_id
                    JOIN version v ON v.id = a.version_id JOIN model m ON m.id = v.model_id
                WHERE c.tag_id = t.id AND m.visibility = 'public')
        """
    case respell = "UPDATE context_tag SET value = $value WHERE id = $tag"
    case ofModel = """
        SELECT key, value, source FROM model_context JOIN context_tag ON context_tag.id = tag_id
        WHERE model_id = $owner ORDER BY key, folded
        """
    case ofVersion = """
        SELECT key, value, source FROM version_context JOIN context_tag ON context_tag.id = tag_id
        WHERE version_id = $owner ORDER BY key, folded
        """
    case ofVariant = """
        SELECT key, value, source FROM variant_context JOIN context_tag ON context_tag.id = tag_id
        WHERE variant_id = $owner ORDER BY key, folded
        """
    case clearModel = "DELETE FROM model_context WHERE model_id = $owner"
    case addToModel = "INSERT INTO model_context (model_id, tag_id, source) VALUES ($owner, $tag, $source)"
    case addToVersion = "INSERT INTO version_context (version_id, tag_id, source) VALUES ($owner, $tag, $source)"
    case addToVariant = "INSERT INTO variant_context (variant_id, tag_id, source) VALUES ($owner, $tag, $source)"
}

/// Rows of context tags and of what has them.
///
/// - Throws: Each function ``SQLiteError`` when the database fails or holds what its schema does not allow.
public enum ContextTagStore {
    /// Who says that something has a context tag.
    public enum Source: String, Sendable, CaseIterable, Comparable {
        case declared, extracted, measured, inferred

        /// The order of what counts where they conflict: measured most, then extracted, declared, inferred.
        public static func < (left: Source, right: Source) -> Bool { left.rank < right.rank }

        private var rank: Int {
            switch self {
            case .inferred: 0
            case .declared: 1
            case .extracted: 2
            case .measured: 3
            }
        }
    }

    /// The id of a tag, which is made when it is new.
    public static func id(for tag: ContextTag, in db: borrowing Connection) throws -> Int64 {
        let found = try db.first(ContextTagSQL.find, ["$key": .text(tag.key), "$folded": .text(tag.folded)]) {
            $0.integer("id")
        }
        if let found { return found }
        try db.run(
            ContextTagSQL.insert,
            ["$key": .text(tag.key), "$value": .text(tag.value), "$folded": .text(tag.folded)])
        return db.lastInsertedID
    }

    /// A model's own context.
    public static func tags(of model: ID<Model>, in db: borrowing Connection) throws -> [ContextTag] {
        try tags(ContextTagSQL.ofModel, model.rawValue, in: db)
    }

    /// A version's own context.
    public static func tags(of version: ID<Version>, in db: borrowing Connection) throws -> [ContextTag] {
        try tags(ContextTagSQL.ofVersion, version.rawValue, in: db)
    }

    /// The own context of the variant with a row id, of one source or of all.
    static func tags(
        ofVariant variant: Int64, source: Source? = nil, in db: borrowing Connection
    ) throws -> [ContextTag] {
        try tags(ContextTagSQL.ofVariant, variant, source: source, in: db)
    }

    /// Replaces a model's own context.
    public static func set(
        _ tags: [ContextTag], of model: ID<Model>, in db: borrowing Connection
    ) throws {
        try db.run(ContextTagSQL.clearModel, ["$owner": .integer(model.rawValue)])
        try add(tags, .declared, ContextTagSQL.addToModel, model.rawValue, in: db)
    }

    static func add(_ tags: [ContextTag], to version: ID<Version>, in db: borrowing Connection) throws {
        try add(tags, .declared, ContextTagSQL.addToVersion, version.rawValue, in: db)
    }

    static func add(
        _ tags: [ContextTag], _ source: Source, toVariant variant: Int64, in db: borrowing Connection
    ) throws {
        try add(tags, source, ContextTagSQL.addToVariant, variant, in: db)
    }

    private static func add(
        _ tags: [ContextTag], _ source: Source, _ sql: ContextTagSQL, _ owner: Int64, in db: borrowing Connection
    ) throws {
        for tag in tags {
            let id = try id(for: tag, in: db)
            let isRespelt = try isRespelt(tag, id, in: db)
            try db.run(sql, ["$owner": .integer(owner), "$tag": .integer(id), "$source": .text(source.rawValue)])
            // A private model must not tell by its spelling that it is there: a public one has its own, and of private
            // ones that differ none has.
            if isRespelt {
                let value = try self.isRespelt(tag, id, in: db) ? tag.folded : tag.value
                try db.run(ContextTagSQL.respell, ["$tag": .integer(id), "$value": .text(value)])
            }
        }
    }

    /// Whether a tag has another spelling so far, which no public model needs.
    private static func isRespelt(_ tag: ContextTag, _ id: Int64, in db: borrowing Connection) throws -> Bool {
        try db.first(ContextTagSQL.isRespelt, ["$tag": .integer(id), "$value": .text(tag.value)]) { _ in true } ?? false
    }

    private static func tags(
        _ sql: ContextTagSQL, _ owner: Int64, source: Source? = nil, in db: borrowing Connection
    ) throws -> [ContextTag] {
        var tags: [ContextTag] = []
        try db.forEach(sql, ["$owner": .integer(owner)]) { row in
            if source == nil || row.text("source") == source?.rawValue { tags.append(try ContextTag(row: row)) }
            return true
        }
        return tags
    }
}

extension ContextTag {
    /// The tag in the columns key, value.
    init(row: borrowing Row) throws {
        let (key, value) = (row.text("key"), row.text("value"))
        self = try stored(try? ContextTag(key: key, value: value), "context tag")
    }
}
