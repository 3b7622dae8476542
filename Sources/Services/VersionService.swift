public import Archive
import JSON
public import Registry
import SQLite
public import Storage

/// Versions after their publication: reading, states, notes. Aliases are in an extension.
public final class VersionService: Sendable {
    let transactions: Transactions
    private let blobs: any BlobStore

    init(_ transactions: Transactions, blobs: any BlobStore) {
        self.transactions = transactions
        self.blobs = blobs
    }

    // MARK: Reading

    /// Versions of a model, newest first, at most `limit` rows a page, without their artifacts; drafts for those who
    /// may see them. `before` is the version that was made before those of the page, to tell what the last one changed.
    ///
    /// - Throws: `model-unknown`.
    public func list(
        _ name: ModelName, limit: Int, cursor: String?, for caller: Caller
    ) throws -> (page: Page<VersionDetail>, before: VersionDetail?) {
        let before = try cursor.map { try Self.rowID(ofCursor: $0) }
        return try transactions.read { db in
            let model = try caller.model(name, in: db)
            let drafts = caller.mayReadPrivate(name)
            let versions = try VersionStore.page(
                of: model.id, before: before, limit: limit + 1, drafts: drafts, in: db)
            let latest = try VersionStore.latest(of: model.id, in: db)?.id
            var items = try versions.map { version in
                try VersionDetail(version, of: model, latest: latest, artifacts: false, in: db)
            }
            let before = items.count > limit ? items.removeLast() : nil
            let page = Page(
                items: items, total: try VersionStore.count(of: model.id, drafts: drafts, in: db),
                next: before == nil ? nil : items.last.map { "\($0.version.id.rawValue)" })
            return (page, before)
        }
    }

    /// - Throws: `validation-failed` when `text` is no row id.
    static func rowID(ofCursor text: String) throws(RegistryError) -> Int64 {
        guard let id = Int64(text), id > 0 else { throw .invalidCursor }
        return id
    }

    /// - Throws: `model-unknown` or `version-unknown`.
    public func get(
        _ name: ModelName, _ selector: VersionSelector, for caller: Caller
    ) throws -> VersionDetail {
        try transactions.read { db in
            let (model, version) = try caller.version(selector, of: name, in: db)
            return try VersionDetail(version, of: model, in: db)
        }
    }

    /// What goes into an archive of a version, or of one variant: its artifacts, by path. They stay where they are as
    /// long as the pin lives, even if the version is deleted.
    ///
    /// - Throws: `model-unknown`, `version-unknown` or `variant-unknown`.
    public func archive(
        _ name: ModelName, _ selector: VersionSelector, _ variant: VariantName?, for caller: Caller
    ) throws -> (members: [ArchiveMember], version: Version, isPublic: Bool, pin: BlobPin) {
        let (found, digests) = try transactions.read { db in
            let (model, version) = try caller.version(selector, of: name, in: db)
            var artifacts = try VersionContentStore.artifacts(of: version.id, in: db)
            if let variant {
                let variants = try VersionContentStore.variants(of: version.id, in: db)
                guard let wanted = variants.first(where: { $0.name == variant }) else {
                    throw RegistryError.unknown(variant)
                }
                let paths = Set(wanted.paths)
                artifacts = artifacts.filter { paths.contains($0.path) }
            }
            let members = artifacts.map { artifact in
                ArchiveMember(
                    path: artifact.path.description, size: artifact.size, file: blobs.path(of: artifact.digest))
            }
            return ((members, version, model.visibility == .public), artifacts.map(\.digest))
        }
        let pin = blobs.pin(digests)
        // Collection that came before the pin found the version deleted, and so does this.
        guard try transactions.read({ db in try VersionStore.version(id: found.1.id, in: db) }) != nil else {
            throw RegistryError.unknown(selector, of: name)
        }
        return (found.0, found.1, found.2, pin)
    }

    // MARK: Changing

    /// Whether the caller may edit versions of the model, before its request is read.
    ///
    /// - Throws: `unauthenticated`, `model-unknown` or `forbidden`.
    public func authoriseEdit(_ name: ModelName, by caller: Caller) throws {
        _ = try transactions.read { db in try editable(name, by: caller, in: db) }
    }

    /// Changes state and notes of a version.
    ///
    /// - Throws: `unauthenticated`, `model-unknown`, `version-unknown`, `forbidden`, `precondition-failed`,
    ///   `state-conflict`, or `version-aliased` when aliases name the version being withdrawn and `replaceWith` says no
    ///   other.
    public func edit(
        _ name: ModelName, _ selector: VersionSelector, _ patch: VersionPatch, ifMatch revisions: Set<Int64>?,
        by caller: Caller
    ) throws -> VersionDetail {
        let notes = try patch.notes.map { try PublishRequest.checkedNotes($0) }
        let reason = try patch.reason.map { try PlainText.checked($0, field: "reason", maximum: 1000) }
        return try transactions.write { db in
            let model = try editable(name, by: caller, in: db)
            let (_, version) = try caller.version(selector, of: name, in: db)
            try requireRevision(version.revision, in: revisions)
            if let notes, notes != version.notes { try VersionStore.setNotes(notes, of: version.id, in: db) }
            if patch.state != nil || reason != nil || patch.replaceWith != nil {
                try setState(patch, reason, of: version, model, by: caller, in: db)
            }
            try SearchStore.index(model: model.id, in: db)
            try EventStore.append(
                "version.edit", "\(name)@\(version.number)", by: caller.actor,
                detail: [
                    "from": .string(version.state.rawValue), "notes": .bool(notes != nil),
                    "reason": .string(reason ?? ""), "state": .string((patch.state ?? version.state).rawValue),
                ],
                at: transactions.clock.now, in: db)
            return try VersionDetail(
                VersionStore.version(id: version.id, in: db) ?? version, of: model, in: db)
        }
    }

    /// Deletes a draft; its number is free again.
    ///
    /// - Throws: `unauthenticated`, `model-unknown`, `version-unknown`, `forbidden`, `precondition-failed`, or
    ///   `version-published` for any other version.
    public func deleteDraft(
        _ name: ModelName, _ selector: VersionSelector, ifMatch revisions: Set<Int64>?, by caller: Caller
    ) throws {
        try transactions.write { db in
            _ = try editable(name, by: caller, in: db)
            let (_, version) = try caller.version(selector, of: name, in: db)
            try requireRevision(version.revision, in: revisions)
            guard version.state == .draft else {
                throw RegistryError(
                    .versionPublished, "only drafts can be deleted; withdraw the version instead",
                    ko: "작성 중인 버전만 지울 수 있습니다. 배포를 중지하세요")
            }
            try VersionStore.delete(version.id, in: db)
            try EventStore.append(
                "version.delete", "\(name)@\(version.number)", by: caller.actor, at: transactions.clock.now, in: db)
        }
    }

    private func editable(_ name: ModelName, by caller: Caller, in db: borrowing Connection) throws -> Model {
        try caller.model(name, in: db) { $0.mayPublish(name, namespaceIsFree: false) }
    }

    private func setState(
        _ patch: VersionPatch, _ reason: String?, of version: Version, _ model: Model, by caller: Caller,
        in db: borrowing Connection
    ) throws {
        let state = patch.state ?? version.state
        guard state == version.state || version.state.successors.contains(state) else {
            throw RegistryError(
                .stateConflict, "a \(version.state.rawValue) version cannot become \(state.rawValue)",
                ko: "\(version.state.rawValue) 상태의 버전은 \(state.rawValue) 상태가 될 수 없습니다")
        }
        let now = transactions.clock.now
        let replacement = try patch.replaceWith.map { try self.replacement($0, of: version, as: state, model, in: db) }
        if state == .withdrawn { try moveAliases(of: version, model, to: replacement, by: caller, in: db) }
        let kept = state == version.state ? version.stateReason : ""
        let isPublic = state == .published || state == .draft
        if state == .draft {
            guard reason == nil else {
                throw RegistryError.invalid("reason", "a draft needs none", ko: "작성 중인 버전에는 쓰지 않습니다")
            }
            return
        }
        try VersionStore.setState(state, reason: isPublic ? "" : reason ?? kept, of: version.id, at: now, in: db)
        try ModelStore.refreshLatest(of: model.id, in: db)
        try ModelStore.touch(model.id, at: now, in: db)
    }

    /// What aliases are to name instead of `version`; checked even when there are none.
    private func replacement(
        _ number: VersionNumber, of version: Version, as state: VersionState, _ model: Model,
        in db: borrowing Connection
    ) throws -> Version {
        guard state == .withdrawn else {
            throw RegistryError.invalid(
                "replace_with", "goes with the state withdrawn only", ko: "withdrawn 상태로 바꿀 때만 씁니다")
        }
        let target = try offered(number, of: model, in: db)
        guard target.id != version.id else {
            throw RegistryError.invalid("replace_with", "is the version itself", ko: "같은 버전입니다")
        }
        return target
    }

    /// An alias never names a withdrawn version.
    private func moveAliases(
        of version: Version, _ model: Model, to target: Version?, by caller: Caller, in db: borrowing Connection
    ) throws {
        let names = try AliasStore.names(of: version.id, in: db)
        guard !names.isEmpty else { return }
        guard let target else {
            let list = names.map(\.rawValue).joined(separator: ", ")
            throw RegistryError(
                .versionAliased, "the aliases \(list) name the version; say replace_with, or move them first",
                ko: "별칭 \(list)이(가) 이 버전을 가리킵니다. replace_with를 쓰거나 별칭을 먼저 옮기세요",
                fields: names.map { .init("alias", $0.rawValue, ko: $0.rawValue) })
        }
        for name in names {
            try Self.move(name, of: model, to: target, by: caller, at: transactions.clock.now, in: db)
        }
    }

    /// A version that an alias may name.
    func offered(
        _ number: VersionNumber, of model: Model, in db: borrowing Connection
    ) throws -> Version {
        guard let version = try VersionStore.version(number, of: model.id, in: db) else {
            throw RegistryError.unknown(.number(number), of: model.name)
        }
        try Self.requireOffered(version)
        return version
    }

    static func requireOffered(_ version: Version) throws(RegistryError) {
        guard version.state.isOffered else {
            throw RegistryError(
                .stateConflict,
                "an alias names published versions only; \(version.number) is \(version.state.rawValue)",
                ko: "별칭은 등록된 버전만 가리킬 수 있습니다. \(version.number) 버전은 \(version.state.rawValue) 상태입니다")
        }
    }
}
