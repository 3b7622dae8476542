import JSON
public import Registry
import SQLite
public import Storage

/// A link that lets its user choose a password, once.
public struct UserLink: Sendable {
    /// `invitation` or `reset`.
    public let purpose: LinkStore.Purpose
    public let user: User
    /// Unix seconds.
    public let expiresAt: Int64
}

extension AccountService {
    private static let invitationSeconds: Int64 = 7 * 24 * 3600
    private static let resetSeconds: Int64 = 24 * 3600

    /// Makes a link for a user: an invitation while it has no password, which holds for seven days, otherwise a reset,
    /// which holds for one. It replaces the user's older links, and dies with a new password or when the user is
    /// disabled.
    ///
    /// - Returns: The link, and its secret, which is told only here.
    /// - Throws: `unauthenticated`, `forbidden`, `user-unknown`, or `state-conflict` for a disabled user.
    public func createLink(
        for username: Username, by caller: Caller
    ) throws -> (link: UserLink, secret: String) {
        try caller.requireAdmin()
        return try makeLink(for: username, by: caller.actor)
    }

    /// As ``createLink(for:by:)``, for whoever may write to the data directory: also when nobody can sign in any more.
    ///
    /// - Throws: `user-unknown`, or `state-conflict` for a disabled user.
    public func createLinkLocally(for username: Username) throws -> (link: UserLink, secret: String) {
        try makeLink(for: username, by: "system")
    }

    private func makeLink(for username: Username, by actor: String) throws -> (link: UserLink, secret: String) {
        let (secret, now) = (Secret.make(), transactions.clock.now)
        return try transactions.write { db in
            let user = try present(UserStore.user(named: username, in: db), username)
            guard !user.isDisabled else {
                throw RegistryError(
                    .stateConflict, "\(username) is disabled; enable the user first", ko: "\(username) 사용자는 비활성 상태입니다")
            }
            let link = UserLink(
                purpose: user.hasPassword ? .reset : .invitation, user: user,
                expiresAt: now + (user.hasPassword ? Self.resetSeconds : Self.invitationSeconds))
            try LinkStore.deleteAll(of: user.id, in: db)
            try LinkStore.insert(
                Secret.hash(secret), link.purpose, user: user.id, at: now, expiresAt: link.expiresAt, in: db)
            try record(
                "link.create", username, by: actor, ["purpose": .string(link.purpose.rawValue)], in: db)
            return (link, secret)
        }
    }

    /// What a link is for.
    ///
    /// - Throws: `link-invalid` when it was used or replaced, has expired, never was, or its user is disabled.
    public func link(_ secret: String) throws -> UserLink {
        try transactions.read { db in try Self.link(Secret.hash(secret), at: transactions.clock.now, in: db) }
    }

    /// Gives the link's user the password, ends its sessions and links, and signs it in. Of two at once one wins.
    ///
    /// - Parameters:
    ///   - secret: Of the link.
    ///   - password: The user's from now on.
    ///   - displayName: nil leaves it.
    ///   - language: nil leaves it.
    /// - Returns: The user's new session.
    /// - Throws: `link-invalid`, or `validation-failed`; then the link still holds.
    public func redeem(
        link secret: String, password: String, displayName: String?, language: String?
    ) throws -> SignedIn {
        let now = transactions.clock.now
        let hash = Secret.hash(secret)
        // The slow hash is made only for who has the link.
        let username = try link(secret).user.username
        let name = try displayName.map { try Self.displayName($0, of: username) }
        let passwordHash = try Self.hash(password, of: username)
        return try transactions.write { db in
            let link = try Self.link(hash, at: now, in: db)
            let user = link.user
            try UserStore.update(
                user.id, displayName: name ?? user.displayName, role: user.role, language: language ?? user.language,
                isDisabled: false, in: db)
            try replacePassword(of: user.id, with: passwordHash, in: db)
            try record(
                "link.redeem", user.username, by: user.username.description,
                ["purpose": .string(link.purpose.rawValue)], in: db)
            return try begin(user.id, user.username, at: now, in: db)
        }
    }

    /// A new password ends the user's sessions but `kept`, and what links it has.
    func replacePassword(
        of user: ID<User>, with hash: String, keeping kept: [UInt8]? = nil, in db: borrowing Connection
    ) throws {
        try UserStore.setPassword(hash, of: user, in: db)
        try SessionStore.deleteAll(of: user, except: kept, in: db)
        try LinkStore.deleteAll(of: user, in: db)
    }

    private static func link(_ hash: [UInt8], at now: Int64, in db: borrowing Connection) throws -> UserLink {
        guard let row = try LinkStore.link(hash, at: now, in: db), row.purpose != .setup, let id = row.user,
            let user = try UserStore.user(id: id, in: db), !user.isDisabled
        else { throw RegistryError.invalidLink }
        return UserLink(purpose: row.purpose, user: user, expiresAt: row.expiresAt)
    }
}
