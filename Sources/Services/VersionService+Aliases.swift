import JSON
public import Registry
import SQLite
public import Storage

extension VersionService {
    /// `latest` first, then by name.
    ///
    /// - Throws: `model-unknown`.
    public func aliases(
        of name: ModelName, for caller: Caller
    ) throws -> (aliases: [Alias], isPublic: Bool) {
        try transactions.read { db in
            let model = try caller.model(name, in: db)
            let latest = try VersionStore.latest(of: model.id, in: db).map {
                Alias(name: .latest, version: $0.number, updatedAt: $0.publishedAt ?? $0.createdAt)
            }
            return (
                (latest.map { [$0] } ?? []) + (try AliasStore.aliases(of: model.id, in: db)),
                model.visibility == .public
            )
        }
    }

    /// Whether the caller may move aliases of the model, before its request is read.
    ///
    /// - Throws: `unauthenticated`, `model-unknown` or `forbidden`.
    public func authoriseAliases(of name: ModelName, by caller: Caller) throws {
        _ = try transactions.read { db in try movable(name, by: caller, in: db) }
    }

    /// Moves an alias, or makes it.
    ///
    /// - Throws: `unauthenticated`, `model-unknown`, `forbidden`, `alias-reserved` for `latest`, `version-unknown`, or
    ///   `state-conflict` when the version is not offered.
    public func setAlias(
        _ alias: AliasName, of name: ModelName, to number: VersionNumber, by caller: Caller
    ) throws -> Alias {
        try transactions.write { db in
            let model = try movable(name, by: caller, in: db)
            try Self.requireOwn(alias)
            guard
                try caller.mayReadPrivate(name)
                    || VersionStore.version(number, of: model.id, in: db)?.state != .draft
            else { throw RegistryError.unknown(.number(number), of: name) }
            let version = try offered(number, of: model, in: db)
            try Self.move(alias, of: model, to: version, by: caller, at: transactions.clock.now, in: db)
            return try current(alias, of: model, in: db)
        }
    }

    /// - Throws: `unauthenticated`, `model-unknown`, `forbidden`, `alias-reserved` for `latest`, or `alias-unknown`.
    public func removeAlias(_ alias: AliasName, of name: ModelName, by caller: Caller) throws {
        try transactions.write { db in
            let model = try movable(name, by: caller, in: db)
            try Self.requireOwn(alias)
            let now = transactions.clock.now
            guard try AliasStore.remove(alias, of: model.id, by: caller.actor, at: now, in: db) else {
                throw Self.unknown(alias)
            }
            try EventStore.append("alias.remove", "\(name)@\(alias)", by: caller.actor, at: now, in: db)
        }
    }

    /// Where an alias has pointed, newest first, at most `limit` rows a page. It outlives the alias.
    ///
    /// - Throws: `model-unknown`, or `alias-unknown` when the model never had the alias.
    public func aliasHistory(
        _ alias: AliasName, of name: ModelName, limit: Int, cursor: String?, for caller: Caller
    ) throws -> (page: Page<AliasStore.Change>, isPublic: Bool) {
        let before = try cursor.map { try Self.rowID(ofCursor: $0) }
        return try transactions.read { db in
            let model = try caller.model(name, in: db)
            let total = try AliasStore.historyCount(of: alias, of: model.id, in: db)
            guard total > 0 else { throw Self.unknown(alias) }
            let changes = try AliasStore.history(of: alias, of: model.id, before: before, limit: limit + 1, in: db)
            let items = Array(changes.prefix(limit))
            let next = changes.count > limit ? items.last.map { "\($0.id)" } : nil
            return (Page(items: items, total: total, next: next), model.visibility == .public)
        }
    }

    /// Moves an alias back to the version that it named before; the move is itself in the history, so that doing it again
    /// takes it back.
    ///
    /// A version that has been withdrawn since is not passed over: who goes back one step must not land further back than
    /// they know.
    ///
    /// - Throws: `unauthenticated`, `model-unknown`, `forbidden`, `alias-reserved`, `alias-unknown`, or `state-conflict`
    ///   when there was none before, or it is no longer offered.
    public func rollBackAlias(_ alias: AliasName, of name: ModelName, by caller: Caller) throws -> Alias {
        try transactions.write { db in
            let model = try movable(name, by: caller, in: db)
            try Self.requireOwn(alias)
            guard let now = try AliasStore.version(named: alias, of: model.id, in: db) else {
                throw Self.unknown(alias)
            }
            let previous = try AliasStore.version(before: now, named: alias, of: model.id, in: db)
            guard let previous, let version = try VersionStore.version(id: previous, in: db) else {
                throw RegistryError(
                    .stateConflict, "the alias has named no other version", ko: "별칭이 가리켰던 다른 버전이 없습니다")
            }
            guard version.state.isOffered else {
                throw RegistryError(
                    .stateConflict,
                    "\(alias) named \(version.number) before, which is \(version.state.rawValue); set it to another version",
                    ko: "\(alias) 별칭이 전에 가리킨 \(version.number) 버전은 \(version.state.rawValue) 상태입니다. 다른 버전을 지정하세요")
            }
            try Self.move(
                alias, of: model, to: version, as: "alias.rollback", by: caller, at: transactions.clock.now, in: db)
            return try current(alias, of: model, in: db)
        }
    }

    /// Every description of a model names all of its aliases.
    static let maximumAliases = 256

    // MARK: Inside transactions

    static func requireOwn(_ alias: AliasName) throws(RegistryError) {
        guard alias != .latest else {
            throw RegistryError(.aliasReserved, "the server keeps “latest” itself", ko: "“latest”는 서버가 관리합니다")
        }
    }

    /// Moves an alias, unless it names the version already.
    static func move(
        _ alias: AliasName, of model: Model, to version: Version, as action: String = "alias.set", by caller: Caller,
        at now: Int64, in db: borrowing Connection
    ) throws {
        let old = try AliasStore.version(named: alias, of: model.id, in: db)
        guard old != version.id else { return }
        guard try old != nil || AliasStore.aliases(of: model.id, in: db).count < maximumAliases else {
            throw RegistryError.invalid(
                "alias", "a model has at most \(maximumAliases)", ko: "모델마다 \(maximumAliases)개까지입니다")
        }
        try AliasStore.set(alias, of: model.id, to: version.id, by: caller.actor, at: now, in: db)
        var detail: JSONObject = ["version": .string(version.number.description)]
        if let old = try old.flatMap({ try VersionStore.version(id: $0, in: db) }) {
            detail["from"] = .string(old.number.description)
        }
        try EventStore.append(
            action, "\(model.name)@\(alias)", by: caller.actor, detail: detail, at: now, in: db)
    }

    private func movable(_ name: ModelName, by caller: Caller, in db: borrowing Connection) throws -> Model {
        try caller.model(name, in: db) { $0.mayMoveAliases(of: name) }
    }

    private func current(_ alias: AliasName, of model: Model, in db: borrowing Connection) throws -> Alias {
        guard let found = try AliasStore.aliases(of: model.id, in: db).first(where: { $0.name == alias }) else {
            throw Self.unknown(alias)
        }
        return found
    }

    private static func unknown(_ alias: AliasName) -> RegistryError {
        RegistryError(.aliasUnknown, "the model has no alias \(alias)", ko: "\(alias) 별칭이 없습니다")
    }
}
