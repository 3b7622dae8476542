import JSON
public import Registry
import SQLite
import Storage

extension AccountService {
    /// Tokens one user may have.
    private static let maximumTokens = 1000

    /// The caller's own tokens, newest first.
    ///
    /// - Throws: `unauthenticated` for nobody.
    public func tokens(of caller: Caller) throws -> [Token] {
        guard let user = caller.user else { throw RegistryError.signInFirst }
        return try transactions.read { db in
            try TokenStore.page(of: user.id, before: nil, limit: Self.maximumTokens, in: db)
        }
    }

    /// Makes a token of the caller that holds until `expiresAt` (Unix seconds; nil: until it is revoked). Its secret is
    /// told only here.
    ///
    /// Any user may give the scope `admin`: it allows what the user's role allows of managing.
    ///
    /// - Throws: `forbidden` for a token without all rights, `validation-failed` for a time that is past.
    public func createToken(
        name: String, scopes: Set<Scope>, models: [ModelPattern], expiresAt: Int64?, by caller: Caller
    ) throws -> (Token, String) {
        let user = try caller.requireOwner()
        let now = transactions.clock.now
        let name = try PlainText.checked(name, field: "name", maximum: 100, required: true)
        guard models.count <= 100 else {
            throw RegistryError.invalid("models", "at most 100", ko: "최대 100개입니다")
        }
        if let expiresAt, expiresAt <= now {
            throw RegistryError.invalid("expires_at", "is past", ko: "이미 지난 시각입니다")
        }
        let secret = Secret.makeToken()
        let token = try transactions.write { db in
            guard try TokenStore.count(of: user.id, in: db) < Self.maximumTokens else {
                throw RegistryError.invalid("name", "revoke unused tokens first", ko: "쓰지 않는 토큰을 먼저 폐기하세요")
            }
            let id = try TokenStore.insert(
                Secret.hash(secret), user: user.id, name: name, prefix: String(secret.prefix(11)), scopes: scopes,
                models: models, expiresAt: expiresAt, at: now, in: db)
            let listed = scopes.map(\.rawValue).sorted().map { JSONValue.string($0) }
            try record(
                "token.create", user.username, by: caller.actor,
                ["id": .integer(id.rawValue), "name": .string(name), "scopes": .array(listed)], in: db)
            guard let token = try TokenStore.token(id: id, in: db) else { throw Self.unknownToken }
            return token
        }
        return (token, secret)
    }

    /// Ends a token of the caller at once; a token may end itself.
    ///
    /// - Throws: `token-unknown` when the caller has no such token.
    public func revokeToken(_ id: ID<Token>, by caller: Caller) throws {
        if caller.token?.id != id { _ = try caller.requireOwner() }
        try transactions.write { db in
            guard let user = caller.user, let token = try TokenStore.token(id: id, in: db), token.user == user.id
            else { throw Self.unknownToken }
            try TokenStore.delete(id, in: db)
            try record(
                "token.revoke", user.username, by: caller.actor,
                ["id": .integer(id.rawValue), "name": .string(token.name)], in: db)
        }
    }

    private static let unknownToken = RegistryError(
        .tokenUnknown, "you have no such token", ko: "그런 토큰이 없습니다")
}
