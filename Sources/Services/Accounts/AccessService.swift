public import Registry
import SQLite
import Storage
import Synchronization

/// Finds out who sends a request: by token or by the portal's session cookie.
public final class AccessService: Sendable {
    /// A portal session that holds.
    public struct Session: Sendable {
        public let caller: Caller
        /// What a change by cookie must send along.
        public let csrfToken: String
    }

    /// Seconds after which an unused session ends.
    static let idleSeconds: Int64 = 30 * 60
    /// Seconds after which any session ends.
    static let absoluteSeconds: Int64 = 12 * 3600
    /// Uses are noted to this many seconds, so that reading costs no write.
    private static let noteSeconds: Int64 = 60

    /// Uses that have not been written yet.
    private struct Notes {
        var tokens: [ID<Token>: Int64] = [:]
        var sessions: [[UInt8]: Int64] = [:]
        var users: [ID<User>: Int64] = [:]
    }

    private let transactions: Transactions
    private let notes = Mutex(Notes())

    init(_ transactions: Transactions) {
        self.transactions = transactions
    }

    /// Who a token acts for, and until when at most (Unix seconds) that holds; nil: until it is revoked.
    ///
    /// - Throws: `unauthenticated` when the token is unknown, revoked or expired, or its user disabled.
    public func caller(bearer secret: String) throws -> (caller: Caller, until: Int64?) {
        guard Secret.isToken(secret) else { throw Self.refused }
        let now = transactions.clock.now
        let hash = Secret.hash(secret)
        let (token, caller) = try transactions.read { db in
            guard let (token, user) = try TokenStore.token(hash, in: db), !user.isDisabled else { throw Self.refused }
            let namespaces = try NamespaceStore.memberships(of: user.id, in: db)
            return (token, Caller(user: user, namespaces: namespaces, token: token))
        }
        if let expiresAt = token.expiresAt, expiresAt <= now { throw Self.refused }
        notes.withLock { notes in
            guard now - max(token.lastUsedAt ?? 0, notes.tokens[token.id] ?? 0) >= Self.noteSeconds else { return }
            notes.tokens[token.id] = now
            notes.users[token.user] = now
        }
        return (caller, token.expiresAt)
    }

    /// Who a session cookie is of; nil when the session is unknown or over, or its user disabled.
    ///
    /// - Throws: `store-unavailable` when the database cannot be read.
    public func caller(sessionCookie secret: String) throws -> Session? {
        guard secret.utf8.count <= 128 else { return nil }
        let now = transactions.clock.now
        let hash = Secret.hash(secret)
        let found = try transactions.read { db in
            try SessionStore.session(hash, in: db).map { entry in
                (entry, try NamespaceStore.memberships(of: entry.user.id, in: db))
            }
        }
        guard let (entry, namespaces) = found, !entry.user.isDisabled else { return nil }
        let seenAt = notes.withLock { max(entry.seenAt, $0.sessions[hash] ?? 0) }
        guard now - entry.createdAt < Self.absoluteSeconds, now - seenAt < Self.idleSeconds else { return nil }
        if now - seenAt >= Self.noteSeconds {
            notes.withLock { notes in
                notes.sessions[hash] = now
                notes.users[entry.user.id] = now
            }
        }
        return Session(
            caller: Caller(user: entry.user, namespaces: namespaces, token: nil), csrfToken: entry.csrfToken)
    }

    /// Writes down the uses noted so far, and removes sessions that are over.
    func flush() throws {
        let noted = notes.withLock { $0 }
        guard !noted.users.isEmpty else { return }
        let now = transactions.clock.now
        try transactions.write(invalidating: false) { db in
            for (token, time) in noted.tokens { try TokenStore.noteUsed(token, at: time, in: db) }
            for (session, time) in noted.sessions { try SessionStore.noteSeen(session, at: time, in: db) }
            for (user, time) in noted.users { try UserStore.noteSeen(user, at: time, in: db) }
            try SessionStore.deleteExpired(
                createdBefore: now - Self.absoluteSeconds, seenBefore: now - Self.idleSeconds, in: db)
        }
        // Only what is written is forgotten, so that no session ends early.
        notes.withLock { notes in
            notes.tokens = notes.tokens.filter { $0.value != noted.tokens[$0.key] }
            notes.sessions = notes.sessions.filter { $0.value != noted.sessions[$0.key] }
            notes.users = notes.users.filter { $0.value != noted.users[$0.key] }
        }
    }

    private static let refused = RegistryError(
        .unauthenticated, "the token is unknown, revoked or expired", ko: "알 수 없거나 폐기되었거나 만료된 토큰입니다")
}
