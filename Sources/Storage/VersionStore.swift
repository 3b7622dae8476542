public import Registry
public import SQLite

/// Rows of versions. What belongs to one – blobs, artifacts, variants – is in ``VersionContentStore``.
///
/// A `limit` is a number of rows.
///
/// - Throws: Each function ``SQLiteError`` when the database fails or holds what its schema does not allow.
public enum VersionStore {
    /// nil when there is no such version.
    public static func version(id: ID<Version>, in db: borrowing Connection) throws -> Version? {
        try db.first(VersionSQL.byID, ["$id": .integer(id.rawValue)]) { try Version(row: $0) }
    }

    /// The version of a model with a number, in whichever state; nil when there is none.
    public static func version(
        _ number: VersionNumber, of model: ID<Model>, in db: borrowing Connection
    ) throws -> Version? {
        try db.first(
            VersionSQL.byNumber, ["$model": .integer(model.rawValue), "$number": .text(number.description)]
        ) { try Version(row: $0) }
    }

    /// The version of a model with a manifest, in whichever state; nil when there is none.
    public static func version(
        manifest: Digest, of model: ID<Model>, in db: borrowing Connection
    ) throws -> Version? {
        try db.first(
            VersionSQL.byManifest, ["$model": .integer(model.rawValue), "$manifest": .blob(manifest.bytes)]
        ) { try Version(row: $0) }
    }

    /// The version that `latest` names; nil when nothing is offered.
    public static func latest(of model: ID<Model>, in db: borrowing Connection) throws -> Version? {
        try db.first(VersionSQL.latest, ["$model": .integer(model.rawValue)]) { try Version(row: $0) }
    }

    /// The highest offered version in a range; nil when there is none.
    public static func version(
        in range: VersionRange, of model: ID<Model>, in db: borrowing Connection
    ) throws -> Version? {
        var found: ID<Version>?
        try db.forEach(VersionSQL.offered, ["$model": .integer(model.rawValue)]) { row in
            let number = try stored(VersionNumber(parsing: row.text("number")), "version number")
            if range.contains(number) { found = ID(row.integer("id")) }
            return found == nil
        }
        return try found.flatMap { try version(id: $0, in: db) }
    }

    /// Versions of a model, newest first, from the one before `id` on.
    public static func page(
        of model: ID<Model>, before id: Int64?, limit: Int, drafts: Bool, in db: borrowing Connection
    ) throws -> [Version] {
        try db.all(
            VersionSQL.page,
            [
                "$model": .integer(model.rawValue), "$before": .integer(id ?? .max), "$drafts": .bool(drafts),
                "$limit": Value(limit),
            ]
        ) { try Version(row: $0) }
    }

    /// How many versions ``page(of:before:limit:drafts:in:)`` gives in all.
    public static func count(of model: ID<Model>, drafts: Bool, in db: borrowing Connection) throws -> Int {
        try db.first(VersionSQL.count, ["$model": .integer(model.rawValue), "$drafts": .bool(drafts)]) {
            $0.int("count")
        } ?? 0
    }

    /// The highest number ever given out under a name, drafts and deleted models included; nil for none.
    ///
    /// `model` is nil when there is no model of the name now.
    public static func highestNumber(
        of model: ID<Model>?, named name: ModelName, in db: borrowing Connection
    ) throws -> VersionNumber? {
        var numbers = try db.all(VersionSQL.retired, ["$name": .text(name.description)]) { row in
            try stored(VersionNumber(parsing: row.text("number")), "version number")
        }
        if let model {
            let highest = try db.first(VersionSQL.highest, ["$model": .integer(model.rawValue)]) { row in
                try stored(VersionNumber(parsing: row.text("number")), "version number")
            }
            if let highest { numbers.append(highest) }
        }
        return numbers.max()
    }

    /// Whether a deleted model of the name had the number.
    public static func isRetired(
        _ number: VersionNumber, of name: ModelName, in db: borrowing Connection
    ) throws -> Bool {
        try db.exists(
            VersionSQL.isRetired, ["$name": .text(name.description), "$number": .text(number.description)])
    }

    /// Moves a version to another state; its time of publication is set once.
    public static func setState(
        _ state: VersionState, reason: String, of id: ID<Version>, at now: Int64, in db: borrowing Connection
    ) throws {
        try db.run(
            VersionSQL.setState,
            [
                "$state": .text(state.rawValue), "$reason": .text(reason), "$now": .integer(now),
                "$id": .integer(id.rawValue),
            ])
    }

    /// Replaces the release notes; the revision rises.
    public static func setNotes(_ notes: String, of id: ID<Version>, in db: borrowing Connection) throws {
        try db.run(VersionSQL.setNotes, ["$notes": .text(notes), "$id": .integer(id.rawValue)])
    }

    /// Deletes a version with its artifacts' rows; the number is free again.
    public static func delete(_ id: ID<Version>, in db: borrowing Connection) throws {
        try db.run(VersionSQL.delete, ["$id": .integer(id.rawValue)])
    }
}

extension Version {
    /// The version in all columns that ``VersionSQL/byID`` selects.
    init(row: borrowing Row) throws {
        self.init(
            id: ID(row.integer("id")), model: ID(row.integer("model_id")),
            number: try stored(VersionNumber(parsing: row.text("number")), "version number"),
            state: try stored(VersionState(rawValue: row.text("state")), "state"),
            stateReason: row.text("state_reason"), stateChangedAt: row.integer("state_changed_at"),
            manifest: try Digest(stored: row.blob("manifest_sha256")),
            readme: try row.optionalBlob("readme_sha256").map { try Digest(stored: $0) }, notes: row.text("notes"),
            createdBy: row.text("created_by"), createdAt: row.integer("created_at"),
            publishedAt: row.optionalInteger("published_at"), revision: row.integer("revision"))
    }
}
