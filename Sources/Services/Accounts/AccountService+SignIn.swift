import Cryptography
import JSON
public import Registry
import SQLite
import Storage

extension AccountService {
    private static let linkSeconds: Int64 = 24 * 3600

    // MARK: Signing in

    /// Begins a portal session.
    ///
    /// It takes as long for a user that is unknown, disabled or without a password as for a wrong password.
    ///
    /// - Throws: `credentials-invalid`, or ``RetryLater`` after five failures of the account from the address within 15
    ///   minutes.
    public func signIn(username: String, password: String, address: String) throws -> SignedIn {
        let now = transactions.clock.now
        try attempts.begin(username, address, at: now)
        let found = try transactions.read { db in
            try (try? Username(username)).flatMap { try UserStore.user(named: $0, in: db) }
                .map { user in (user: user, hash: try UserStore.passwordHash(of: user.id, in: db)) }
        }
        // Made by its first use, which must not tell a user that is unknown.
        let dummy = PasswordHash.dummy
        let isRight = PasswordHash.verify(password, found?.hash ?? dummy)
        guard let user = found?.user, let hash = found?.hash, isRight, !user.isDisabled else {
            noteRefusal(of: found?.user, address)
            throw Self.wrongPassword
        }
        attempts.succeed(username, address)
        return try transactions.write { db in
            // A reset or a disabling that came meanwhile ended the sessions, this one too.
            guard try UserStore.passwordHash(of: user.id, in: db) == hash,
                try UserStore.user(id: user.id, in: db)?.isDisabled == false
            else { throw Self.wrongPassword }
            try EventStore.append(
                "session.create", user.username.description, by: user.username.description, at: now, in: db)
            return try begin(user.id, user.username, at: now, in: db)
        }
    }

    /// Records a refused attempt. Of a user that is unknown as well, so that it takes as long; but not what was typed,
    /// which may be a password in the wrong field.
    private func noteRefusal(of user: User?, _ address: String) {
        let now = transactions.clock.now
        guard let room = refusals.take(address, at: now) else { return }
        // The refusal is answered alike where the record cannot be written, as on a full disk.
        try? transactions.write { db in
            try EventStore.append(
                "session.refuse", user?.username.description ?? "-", by: "system",
                detail: ["address": .string(address), "last": .bool(room == .last)], at: now, in: db)
        }
    }

    /// Ends a session; one that is over already is fine.
    ///
    /// - Throws: `store-full` or `store-unavailable`.
    public func signOut(session secret: String) throws {
        try transactions.write { db in try SessionStore.delete(Secret.hash(secret), in: db) }
    }

    private static let wrongPassword = RegistryError(
        .credentialsInvalid, "the user name or the password is wrong", ko: "사용자 이름이나 비밀번호가 틀렸습니다")

    /// Begins a session of a user who has shown who it is.
    func begin(
        _ id: ID<User>, _ username: Username, at now: Int64, in db: borrowing Connection
    ) throws -> SignedIn {
        let (secret, csrfToken) = (Secret.make(), Secret.make())
        try SessionStore.insert(Secret.hash(secret), user: id, csrfToken: csrfToken, at: now, in: db)
        try UserStore.noteSeen(id, at: now, in: db)
        return SignedIn(
            user: try present(UserStore.user(id: id, in: db), username), csrfToken: csrfToken, secret: secret)
    }

    // MARK: The first admin

    /// Whether there is no user yet.
    ///
    /// - Throws: `store-unavailable`.
    public func needsSetUp() throws -> Bool { try transactions.read { db in try UserStore.count(in: db) == 0 } }

    /// The secret of a new set-up link, which replaces older ones and holds for a day; nil when there are users.
    ///
    /// - Throws: `store-full` or `store-unavailable`.
    public func issueSetUpLink() throws -> String? {
        try transactions.write { db in
            guard try UserStore.count(in: db) == 0 else { return nil }
            let (secret, now) = (Secret.make(), transactions.clock.now)
            try LinkStore.insert(
                Secret.hash(secret), .setup, user: nil, at: now, expiresAt: now + Self.linkSeconds, in: db)
            return secret
        }
    }

    /// Makes the first admin, and signs it in.
    ///
    /// - Throws: `setup-done` when there are users, `link-invalid`, or `validation-failed`.
    public func redeemSetUp(
        link secret: String, username: Username, displayName: String, password: String
    ) throws -> SignedIn {
        let now = transactions.clock.now
        let hash = Secret.hash(secret)
        // The slow hash is made only for who has the link.
        try transactions.read { db in try requireSetUp(hash, at: now, in: db) }
        let name = try Self.displayName(displayName, of: username)
        let passwordHash = try Self.hash(password, of: username)
        let session = try transactions.write { db in
            try requireSetUp(hash, at: now, in: db)
            try LinkStore.delete(hash, in: db)
            let id = try UserStore.insert(
                username, displayName: name, role: .admin, language: "ko", passwordHash: passwordHash,
                isDisabled: false, at: now, in: db)
            try record("setup", username, by: username.description, [:], in: db)
            return try begin(id, username, at: now, in: db)
        }
        endSetUpOffer()
        return session
    }

    private func requireSetUp(_ hash: [UInt8], at now: Int64, in db: borrowing Connection) throws {
        guard try UserStore.count(in: db) == 0 else {
            throw RegistryError(.setupDone, "the server has users already", ko: "이미 사용자가 있는 서버입니다")
        }
        guard try LinkStore.link(hash, at: now, in: db)?.purpose == .setup else {
            throw RegistryError.invalidLink
        }
    }

    /// Makes the user `admin` when there are no users.
    ///
    /// - Returns: Whether it was made.
    /// - Throws: `validation-failed` for a password that breaks a rule.
    public func createAdmin(password: String) throws -> Bool {
        guard try needsSetUp() else { return false }
        _ = try createUserLocally(Username("admin"), role: .admin, password: password)
        return true
    }

    /// Makes a user on behalf of whoever runs the program on the data directory.
    ///
    /// - Throws: `user-exists`, or `validation-failed`.
    public func createUserLocally(
        _ username: Username, role: Role, displayName: String = "", language: String = "ko", password: String
    ) throws -> User {
        let user = try insertUser(
            username, role: role, displayName: displayName, language: language, password: password,
            isDisabled: false, by: "system")
        // A server that was killed may have left it.
        endSetUpOffer()
        return user
    }

    // MARK: The own account

    /// Changes the caller's own account; a new password needs the old one, and ends all sessions but the one with the
    /// secret `session`.
    ///
    /// - Throws: `credentials-invalid` when the old password is wrong, ``RetryLater`` after five such, `forbidden` for
    ///   a token without all rights, or `validation-failed`.
    public func editOwn(
        displayName: String?, language: String?, password: String?, currentPassword: String?, address: String,
        keeping session: String? = nil, by caller: Caller
    ) throws -> User {
        let user = try caller.requireOwner()
        var hash: String?
        if let password {
            try confirm(currentPassword ?? "", of: user, address: address)
            hash = try Self.hash(password, of: user.username)
        }
        let name = try displayName.map { try Self.displayName($0, of: user.username) }
        return try transactions.write { db in
            let old = try present(UserStore.user(id: user.id, in: db), user.username)
            try UserStore.update(
                old.id, displayName: name ?? old.displayName, role: old.role, language: language ?? old.language,
                isDisabled: old.isDisabled, in: db)
            if let hash {
                try replacePassword(of: old.id, with: hash, keeping: session.map { Secret.hash($0) }, in: db)
            }
            try record("account.edit", old.username, by: caller.actor, ["password": .bool(hash != nil)], in: db)
            return try present(UserStore.user(id: old.id, in: db), old.username)
        }
    }

    private func confirm(_ password: String, of user: User, address: String) throws {
        try attempts.begin(user.username.description, address, at: transactions.clock.now)
        let hash = try transactions.read { db in try UserStore.passwordHash(of: user.id, in: db) }
        guard PasswordHash.verify(password, hash ?? PasswordHash.dummy) else {
            throw RegistryError(
                .credentialsInvalid, "current_password is wrong", ko: "현재 비밀번호가 틀렸습니다")
        }
        attempts.succeed(user.username.description, address)
    }
}
