import JSON
public import Registry
import SQLite
public import Storage

/// Models: registering, reading, editing and deleting, and the service types they are listed under.
public final class ModelService: Sendable {
    let transactions: Transactions
    let search: SearchService

    init(_ transactions: Transactions, _ search: SearchService) {
        self.transactions = transactions
        self.search = search
    }

    /// Registers a model. Who makes the first one in a namespace owns the namespace.
    ///
    /// - Throws: `unauthenticated`, `forbidden`, `model-exists`, or `validation-failed` for an unknown service type.
    public func create(
        _ name: ModelName, _ description: ModelDescription, by caller: Caller
    ) throws -> ModelDetail {
        try transactions.grow { db in
            let caller = try caller.refreshed(in: db)
            try Self.create(name, description, by: caller, at: transactions.clock.now, in: db)
            // The caller may have become the owner of a new namespace.
            return try detail(name, for: caller.refreshed(in: db), in: db)
        }
    }

    /// - Throws: `model-unknown`.
    public func get(_ name: ModelName, for caller: Caller) throws -> ModelDetail {
        try transactions.read { db in try detail(name, for: caller, in: db) }
    }

    /// A model with the version to show: the one that `selector` picks, else the latest, else the newest.
    ///
    /// - Throws: `model-unknown`, or `version-unknown` when the selector picks none.
    public func page(
        _ name: ModelName, _ selector: VersionSelector?, including extras: Set<ModelPage.Extra>, for caller: Caller
    ) throws -> ModelPage {
        try transactions.read { db in
            let detail = try detail(name, for: caller, in: db)
            guard !extras.isEmpty else { return ModelPage(detail) }
            let model = detail.summary.model
            let drafts = caller.mayReadPrivate(name)
            let version =
                try selector.map { try caller.version($0, of: name, in: db).version }
                ?? VersionStore.latest(of: model.id, in: db)
                ?? VersionStore.page(of: model.id, before: nil, limit: 1, drafts: drafts, in: db).first
            let readme =
                extras.contains(.readme)
                ? try version.flatMap { try VersionContentStore.readme(of: $0.id, asTree: true, in: db) } : nil
            return ModelPage(
                detail, extras: extras, version: try version.map { try VersionDetail($0, of: model, in: db) },
                versionCount: try VersionStore.count(of: model.id, drafts: drafts, in: db), readme: readme)
        }
    }

    /// Whether the caller may edit the model, before its request is read.
    ///
    /// - Throws: `unauthenticated`, `model-unknown` or `forbidden`.
    public func authoriseEdit(_ name: ModelName, by caller: Caller) throws {
        _ = try transactions.read { db in try editable(name, by: caller, in: db) }
    }

    /// - Throws: `unauthenticated`, `model-unknown`, `forbidden`, `precondition-failed`, or `validation-failed`.
    public func edit(
        _ name: ModelName, _ patch: ModelPatch, ifMatch revisions: Set<Int64>?, by caller: Caller
    ) throws -> ModelDetail {
        try transactions.grow { db in
            let model = try editable(name, by: caller, in: db)
            try requireRevision(model.revision, in: revisions)
            let context = try ContextTagStore.tags(of: model.id, in: db)
            let description = try ModelDescription(
                title: patch.title ?? model.title, summary: patch.summary ?? model.summary,
                serviceType: patch.serviceType ?? model.serviceType, visibility: patch.visibility ?? model.visibility,
                license: patch.license ?? model.license, context: patch.context ?? context)
            try Self.requireServiceType(description.serviceType, in: db)
            let now = transactions.clock.now
            try ModelStore.update(model.id, description, at: now, in: db)
            try SearchStore.index(model: model.id, in: db)
            try EventStore.append(
                "model.edit", name.description, by: caller.actor,
                detail: ["visibility": .string(description.visibility.rawValue)], at: now, in: db)
            return try detail(name, for: caller, in: db)
        }
    }

    /// Deletes a model with all its versions. Their numbers are never given out again under the name.
    ///
    /// - Throws: `unauthenticated`, `model-unknown`, `forbidden`, or `precondition-failed`.
    public func delete(_ name: ModelName, ifMatch revisions: Set<Int64>?, by caller: Caller) throws {
        try transactions.write { db in
            let model = try caller.model(name, in: db) { $0.mayDelete(name) }
            try requireRevision(model.revision, in: revisions)
            let now = transactions.clock.now
            try ModelStore.delete(model, at: now, in: db)
            try EventStore.append("model.delete", name.description, by: caller.actor, at: now, in: db)
        }
    }

    /// Downloads by day and version.
    ///
    /// - Throws: `model-unknown`.
    public func stats(
        of name: ModelName, for caller: Caller
    ) throws -> (statistics: DownloadStore.Statistics, isPublic: Bool) {
        try transactions.read { db in
            let model = try caller.model(name, in: db)
            let statistics = try DownloadStore.statistics(of: model.id, now: transactions.clock.now, in: db)
            return (statistics, model.visibility == .public)
        }
    }

    // MARK: Inside transactions

    /// Makes a model, and its namespace when nobody has it yet.
    @discardableResult
    static func create(
        _ name: ModelName, _ description: ModelDescription, by caller: Caller, at now: Int64,
        in db: borrowing Connection
    ) throws -> ID<Model> {
        guard let user = caller.user else { throw RegistryError.signInFirst }
        let namespace = try NamespaceStore.id(of: name.namespace, in: db)
        guard caller.mayPublish(name, namespaceIsFree: namespace == nil) else { throw RegistryError.notAllowed }
        guard try ModelStore.find(name, in: db) == nil else {
            throw RegistryError(.modelExists, "there is a model \(name) already", ko: "\(name) 모델이 이미 있습니다")
        }
        try requireServiceType(description.serviceType, in: db)
        let owned = try namespace ?? NamespaceService.create(name.namespace, ownedBy: user, at: now, in: db)
        let id = try ModelStore.insert(
            name, description, namespace: owned, by: caller.actor, at: now, in: db)
        try SearchStore.index(model: id, in: db)
        try EventStore.append(
            "model.create", name.description, by: caller.actor,
            detail: ["visibility": .string(description.visibility.rawValue)], at: now, in: db)
        return id
    }

    private static func requireServiceType(_ id: String, in db: borrowing Connection) throws {
        guard try ServiceTypeStore.serviceType(id, in: db) == nil else { return }
        throw RegistryError.invalid(
            "service_type", "'\(id)' is no service type; GET /api/v1/service-types lists them",
            ko: "'\(id)'은(는) 없는 서비스 타입입니다. 목록은 GET /api/v1/service-types에 있습니다")
    }

    private func editable(_ name: ModelName, by caller: Caller, in db: borrowing Connection) throws -> Model {
        try caller.model(name, in: db) { $0.mayPublish(name, namespaceIsFree: false) }
    }

    private func detail(
        _ name: ModelName, for caller: Caller, in db: borrowing Connection
    ) throws -> ModelDetail {
        let model = try caller.model(name, in: db)
        let summaries = try ModelSummaryStore.summaries(of: [model.id], now: transactions.clock.now, in: db)
        guard let summary = summaries.first else { throw RegistryError.unknown(name) }
        let latest = summary.latest.map { Alias(name: .latest, version: $0.number, updatedAt: $0.publishedAt) }
        let mayPublish = caller.mayPublish(name, namespaceIsFree: false)
        return ModelDetail(
            summary: summary, ownContext: try ContextTagStore.tags(of: model.id, in: db),
            aliases: (latest.map { [$0] } ?? []) + (try AliasStore.aliases(of: model.id, in: db)),
            permissions: .init(
                publish: mayPublish, edit: mayPublish, delete: caller.mayDelete(name),
                alias: caller.mayMoveAliases(of: name)))
    }
}
