import Cryptography
import JSON
public import Registry
import SQLite
public import Storage
import Synchronization

/// People: signing in, accounts, users, tokens. Their changes are recorded as events.
public final class AccountService: Sendable {
    let transactions: Transactions
    let attempts = AttemptLimiter()
    let refusals = RefusalBudget()
    let setUpLinkFile: SetUpLinkFile
    let setUpOffer = Mutex<SetUpOffer?>(nil)

    init(_ transactions: Transactions, setUpLinkFile: SetUpLinkFile) {
        (self.transactions, self.setUpLinkFile) = (transactions, setUpLinkFile)
    }

    /// The accounts of a data directory that a server may be using.
    ///
    /// - Throws: `MigrationError` when its schema is of another version of the program, or why it cannot be opened.
    public convenience init(
        attachedTo directory: DataDirectory, clock: any Clock = SystemClock(),
        log: @escaping @Sendable (String) -> Void
    ) throws {
        self.init(
            Transactions(database: try Schema.attachDatabase(directory), clock: clock, directory: directory, log: log),
            setUpLinkFile: SetUpLinkFile(in: directory))
    }

    /// - Throws: `unauthenticated` or `forbidden`.
    public func requireAdmin(_ caller: Caller) throws { try caller.requireAdmin() }

    // MARK: Users

    /// A page of at most `limit` rows of users by name.
    ///
    /// - Throws: `unauthenticated`, `forbidden`, or `validation-failed` for a cursor that no page gave.
    public func users(limit: Int, cursor: String?, for caller: Caller) throws -> Page<User> {
        try caller.requireAdmin()
        let after = try cursor.map { text in
            guard let name = try? Username(text) else { throw RegistryError.invalidCursor }
            return name.description
        }
        return try transactions.read { db in
            let users = try UserStore.page(after: after ?? "", limit: limit + 1, in: db)
            let items = Array(users.prefix(limit))
            return Page(
                items: items, total: try UserStore.count(in: db),
                next: users.count > limit ? items.last?.username.description : nil)
        }
    }

    /// - Throws: `user-unknown`.
    public func user(named name: Username, for caller: Caller) throws -> User {
        try caller.requireAdmin()
        return try transactions.read { db in
            guard let user = try UserStore.user(named: name, in: db) else { throw RegistryError.unknownUser(name) }
            return user
        }
    }

    /// Makes a user; one without a password signs in by an invitation first.
    ///
    /// - Throws: `user-exists`, or `validation-failed` for a password or name that breaks a rule.
    public func createUser(
        _ username: Username, role: Role, displayName: String = "", language: String = "ko", password: String? = nil,
        isDisabled: Bool = false, by caller: Caller
    ) throws -> User {
        try caller.requireAdmin()
        return try insertUser(
            username, role: role, displayName: displayName, language: language, password: password,
            isDisabled: isDisabled, by: caller.actor)
    }

    /// Makes a user without asking who does it: for whoever runs the program on the data directory.
    func insertUser(
        _ username: Username, role: Role, displayName: String, language: String, password: String?, isDisabled: Bool,
        by actor: String
    ) throws -> User {
        let displayName = try Self.displayName(displayName, of: username)
        let hash = try password.map { try Self.hash($0, of: username) }
        return try transactions.grow { db in
            guard try UserStore.user(named: username, in: db) == nil else {
                throw RegistryError(.userExists, "there is a user \(username) already", ko: "\(username) 사용자가 이미 있습니다")
            }
            let id = try UserStore.insert(
                username, displayName: displayName, role: role, language: language, passwordHash: hash,
                isDisabled: isDisabled, at: transactions.clock.now, in: db)
            try record("user.create", username, by: actor, ["role": .string(role.rawValue)], in: db)
            return try present(UserStore.user(id: id, in: db), username)
        }
    }

    /// Changes a user. A new password and disabling end the user's sessions and links.
    ///
    /// - Throws: `user-unknown`, `last-admin`, or `validation-failed`.
    public func editUser(_ username: Username, _ patch: UserPatch, by caller: Caller) throws -> User {
        try caller.requireAdmin()
        let hash = try patch.password.map { try Self.hash($0, of: username) }
        return try transactions.write { db in
            let old = try present(UserStore.user(named: username, in: db), username)
            let role = patch.role ?? old.role
            let isDisabled = patch.isDisabled ?? old.isDisabled
            if role != .admin || isDisabled { try requireOtherAdmin(than: old, in: db) }
            try UserStore.update(
                old.id,
                displayName: try patch.displayName.map { try Self.displayName($0, of: username) } ?? old.displayName,
                role: role, language: patch.language ?? old.language, isDisabled: isDisabled, in: db)
            if let hash { try replacePassword(of: old.id, with: hash, in: db) }
            if isDisabled {
                try SessionStore.deleteAll(of: old.id, in: db)
                try LinkStore.deleteAll(of: old.id, in: db)
            }
            try record(
                "user.edit", username, by: caller.actor,
                [
                    "role": .string(role.rawValue), "disabled": .bool(isDisabled), "password": .bool(hash != nil),
                    "role_before": .string(old.role.rawValue),
                ], in: db)
            return try present(UserStore.user(id: old.id, in: db), username)
        }
    }

    /// Deletes a user with its sessions, tokens and memberships; what it published stays.
    ///
    /// - Throws: `user-unknown`, `last-admin`, or `last-owner` while nobody else could look after a namespace of the user.
    public func deleteUser(_ username: Username, by caller: Caller) throws {
        try caller.requireAdmin()
        try transactions.write { db in
            let user = try present(UserStore.user(named: username, in: db), username)
            try requireOtherAdmin(than: user, in: db)
            let owned = try NamespaceMemberStore.ownedAlone(by: user.id, in: db)
            guard owned.isEmpty else { throw RegistryError.lastOwner(username, of: owned) }
            try UserStore.delete(user.id, in: db)
            try record("user.delete", username, by: caller.actor, [:], in: db)
        }
    }

    private func requireOtherAdmin(than user: User, in db: borrowing Connection) throws {
        guard user.role == .admin, !user.isDisabled else { return }
        guard try UserStore.adminCount(in: db) > 1 else { throw RegistryError.lastAdmin }
    }

    // MARK: Shared

    func present(_ user: User?, _ name: Username) throws -> User {
        guard let user else { throw RegistryError.unknownUser(name) }
        return user
    }

    func record(
        _ action: String, _ user: Username, by actor: String, _ detail: JSONObject, in db: borrowing Connection
    ) throws {
        try EventStore.append(
            action, user.description, by: actor, detail: detail, at: transactions.clock.now, in: db)
    }

    static func hash(_ password: String, of username: Username, field: String = "password") throws -> String {
        try Password.check(password, username: username, field: field)
        guard password.utf8.count <= PasswordHash.maximumLength else {
            throw RegistryError.invalid(field, "at least 10 characters, at most 511 bytes", ko: "10자 이상, 511바이트 이하입니다")
        }
        return try PasswordHash.make(password)
    }

    static func displayName(_ text: String, of username: Username) throws -> String {
        let name = try PlainText.checked(text, field: "display_name", maximum: 100)
        return name.isEmpty ? username.description : name
    }
}
