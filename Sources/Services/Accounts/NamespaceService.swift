import JSON
public import Registry
import SQLite
import Storage

/// Namespaces and their members. Changes are recorded as events.
///
/// A namespace exists for its members and for admins; for everybody else it is one that nobody has made. What a member
/// may do takes effect with the next request: callers are read anew with each.
public final class NamespaceService: Sendable {
    private let transactions: Transactions

    init(_ transactions: Transactions) {
        self.transactions = transactions
    }

    // MARK: Reading

    /// The namespaces that exist for the caller, by name: for admins all, otherwise its own.
    ///
    /// - Throws: `unauthenticated`, or `validation-failed` for a cursor that no page gave.
    public func list(limit: Int, cursor: String?, for caller: Caller) throws -> Page<Namespace> {
        guard let user = caller.user else { throw RegistryError.signInFirst }
        if let cursor, !ModelName.isPart(cursor) { throw RegistryError.invalidCursor }
        let all = caller.knowsEveryNamespace
        guard all || !caller.memberships.isEmpty else { return Page(items: [], total: 0, next: nil) }
        return try transactions.read { db in
            let found = try NamespaceStore.page(
                for: user.id, all: all, after: cursor ?? "", limit: limit + 1, in: db)
            let items = Array(found.prefix(limit))
            return Page(
                items: items, total: try NamespaceStore.count(of: all ? nil : user.id, in: db),
                next: found.count > limit ? items.last?.name : nil)
        }
    }

    /// Members by user name, for members and admins.
    ///
    /// - Throws: `unauthenticated`, `namespace-unknown`, or `validation-failed` for a cursor that no page gave.
    public func members(
        of namespace: String, limit: Int, cursor: String?, for caller: Caller
    ) throws -> Page<NamespaceMember> {
        let after = try cursor.map { text in
            guard let name = try? Username(text) else { throw RegistryError.invalidCursor }
            return name.description
        }
        return try transactions.read { db in
            let id = try known(namespace, to: caller.refreshed(in: db), in: db)
            return try Self.members(of: id, after: after ?? "", limit: limit, in: db)
        }
    }

    /// - Throws: `unauthenticated`, `namespace-unknown`, or `member-unknown`.
    public func member(_ name: Username, of namespace: String, for caller: Caller) throws -> NamespaceMember {
        try transactions.read { db in
            try Self.member(name, of: known(namespace, to: caller.refreshed(in: db), in: db), in: db)
        }
    }

    // MARK: Changing

    /// Whether the caller may change the members of a namespace, before its request is read.
    ///
    /// - Throws: `unauthenticated`, `namespace-unknown` or `forbidden`.
    public func authorise(_ namespace: String, by caller: Caller) throws {
        _ = try transactions.read { db in try managed(namespace, by: caller, in: db) }
    }

    /// Makes a user a member, or gives a member another role. An admin makes a namespace by giving it its first owner.
    ///
    /// - Returns: The member, and whether it is new.
    /// - Throws: `unauthenticated`, `namespace-unknown`, `forbidden`, `user-unknown`, `last-owner`, or
    ///   `validation-failed` when the user's role never lets it publish.
    public func setMember(
        _ name: Username, of namespace: String, to role: NamespaceRole, by caller: Caller
    ) throws -> (member: NamespaceMember, isNew: Bool) {
        try transactions.write { db in
            let existing = try managed(namespace, by: caller, in: db)
            guard let user = try UserStore.user(named: name, in: db) else { throw RegistryError.unknownUser(name) }
            try Self.require(user, fits: role, field: "role")
            guard let id = existing else {
                guard role == .owner else { throw RegistryError.unknownNamespace }
                let id = try Self.create(
                    namespace, ownedBy: user, by: caller.actor, at: transactions.clock.now, in: db)
                try Self.requireOwner(of: id, namespace, in: db)
                return (try Self.member(name, of: id, in: db), true)
            }
            let old = try NamespaceMemberStore.member(name, of: id, in: db)
            if old?.role != role {
                try NamespaceStore.setMember(user.id, role, of: id, in: db)
                if old?.role == .owner { try Self.requireOwner(of: id, namespace, in: db) }
                try record(
                    "namespace.member.set", namespace, by: caller,
                    ["username": .string(name.description), "role": .string(role.rawValue)], in: db)
            }
            return (try Self.member(name, of: id, in: db), old == nil)
        }
    }

    /// Ends a membership. Owners and admins end any; every member may leave.
    ///
    /// - Throws: `unauthenticated`, `namespace-unknown`, `forbidden`, `member-unknown` or `last-owner`.
    public func removeMember(_ name: Username, from namespace: String, by caller: Caller) throws {
        try transactions.write { db in
            let isLeaving = caller.user?.username == name && caller.hasFullPower
            let id =
                try isLeaving
                ? known(namespace, to: caller.refreshed(in: db), in: db) : managed(namespace, by: caller, in: db)
            guard let id else { throw RegistryError.unknownNamespace }
            let member = try Self.member(name, of: id, in: db)
            guard let user = try UserStore.user(named: name, in: db) else { throw RegistryError.unknownUser(name) }
            try NamespaceMemberStore.remove(user.id, from: id, in: db)
            if member.role == .owner { try Self.requireOwner(of: id, namespace, in: db) }
            try record(
                "namespace.member.remove", namespace, by: caller, ["username": .string(name.description)], in: db)
        }
    }

    /// Makes a user the one owner of a namespace; who owned it before becomes a publisher.
    ///
    /// - Returns: The first hundred members.
    /// - Throws: `unauthenticated`, `namespace-unknown`, `forbidden`, `user-unknown`, or `validation-failed` when the user
    ///   is disabled or its role never lets it publish.
    public func transfer(
        _ namespace: String, to name: Username, by caller: Caller
    ) throws -> Page<NamespaceMember> {
        try transactions.write { db in
            guard let id = try managed(namespace, by: caller, in: db) else { throw RegistryError.unknownNamespace }
            guard let user = try UserStore.user(named: name, in: db) else { throw RegistryError.unknownUser(name) }
            guard !user.isDisabled else {
                throw RegistryError.invalid("to", "\(name) is disabled", ko: "\(name) 사용자는 비활성 상태입니다")
            }
            try Self.require(user, fits: .owner, field: "to")
            try NamespaceStore.setMember(user.id, .owner, of: id, in: db)
            try NamespaceMemberStore.demoteOwners(of: id, except: user.id, in: db)
            try record("namespace.transfer", namespace, by: caller, ["to": .string(name.description)], in: db)
            return try Self.members(of: id, after: "", limit: 100, in: db)
        }
    }

    // MARK: Inside transactions

    /// Makes a namespace with its first owner, by default on the owner's own behalf.
    static func create(
        _ namespace: String, ownedBy user: User, by actor: String? = nil, at now: Int64, in db: borrowing Connection
    ) throws -> Int64 {
        let owner = user.username.description
        let id = try NamespaceStore.createOwned(namespace, by: user.id, at: now, in: db)
        try EventStore.append(
            "namespace.create", namespace, by: actor ?? owner, detail: ["owner": .string(owner)], at: now, in: db)
        return id
    }

    /// The namespace, if it exists for the caller.
    private func known(_ namespace: String, to caller: Caller, in db: borrowing Connection) throws -> Int64 {
        guard caller.user != nil else { throw RegistryError.signInFirst }
        guard caller.mayKnow(namespace), let id = try NamespaceStore.id(of: namespace, in: db) else {
            throw RegistryError.unknownNamespace
        }
        return id
    }

    /// The namespace, if the caller may change its members; nil when nobody has made it and the caller is an admin.
    private func managed(_ namespace: String, by caller: Caller, in db: borrowing Connection) throws -> Int64? {
        let caller = try caller.refreshed(in: db)
        guard caller.mayManage(namespace) else {
            _ = try known(namespace, to: caller, in: db)
            throw RegistryError.notAllowed
        }
        return try NamespaceStore.id(of: namespace, in: db)
    }

    private static func members(
        of id: Int64, after name: String, limit: Int, in db: borrowing Connection
    ) throws -> Page<NamespaceMember> {
        let found = try NamespaceMemberStore.page(of: id, after: name, limit: limit + 1, in: db)
        let items = Array(found.prefix(limit))
        return Page(
            items: items, total: try NamespaceMemberStore.count(of: id, in: db),
            next: found.count > limit ? items.last?.username.description : nil)
    }

    private static func member(_ name: Username, of id: Int64, in db: borrowing Connection) throws -> NamespaceMember {
        guard let member = try NamespaceMemberStore.member(name, of: id, in: db) else {
            throw RegistryError(
                .memberUnknown, "\(name) is no member of the namespace", ko: "\(name)은(는) 네임스페이스의 구성원이 아닙니다")
        }
        return member
    }

    private static func require(
        _ user: User, fits role: NamespaceRole, field: String
    ) throws(RegistryError) {
        guard role != .reader, !user.role.mayPublish else { return }
        throw .invalid(
            field, "a user with the role \(user.role.rawValue) never publishes; it can be a reader",
            ko: "역할이 \(user.role.rawValue)인 사용자는 모델을 등록할 수 없어 reader만 될 수 있습니다")
    }

    private static func requireOwner(of id: Int64, _ namespace: String, in db: borrowing Connection) throws {
        guard try NamespaceMemberStore.actingOwnerCount(of: id, in: db) > 0 else {
            throw RegistryError.lastOwner(namespace)
        }
    }

    private func record(
        _ action: String, _ namespace: String, by caller: Caller, _ detail: JSONObject, in db: borrowing Connection
    ) throws {
        try EventStore.append(
            action, namespace, by: caller.actor, detail: detail, at: transactions.clock.now, in: db)
    }
}
