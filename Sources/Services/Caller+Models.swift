import Registry
import SQLite
import Storage

extension Caller {
    /// The model, if it exists for the caller.
    ///
    /// - Throws: `model-unknown`.
    func model(_ name: ModelName, in db: borrowing Connection) throws -> Model {
        guard let model = try ModelStore.find(name, in: db), mayRead(name, model.visibility) else {
            throw RegistryError.unknown(name)
        }
        return model
    }

    /// The model, if the caller may change it.
    ///
    /// - Throws: `unauthenticated`, `model-unknown` or `forbidden`.
    func model(
        _ name: ModelName, in db: borrowing Connection, where isAllowed: (Caller) -> Bool
    ) throws -> Model {
        guard user != nil else { throw RegistryError.signInFirst }
        let model = try model(name, in: db)
        guard isAllowed(self) else { throw RegistryError.notAllowed }
        return model
    }

    /// The caller as it is in this transaction: since the request began, which an upload makes long, a namespace may have
    /// been made, the user's role changed, or its access taken away.
    ///
    /// - Throws: `unauthenticated` when the user was disabled or deleted, or the token revoked.
    func refreshed(in db: borrowing Connection) throws -> Caller {
        guard let user else { return self }
        guard let current = try UserStore.user(id: user.id, in: db), !current.isDisabled else {
            throw RegistryError.signInFirst
        }
        if let token, try TokenStore.token(id: token.id, in: db) == nil { throw RegistryError.signInFirst }
        return Caller(user: current, namespaces: try NamespaceStore.memberships(of: user.id, in: db), token: token)
    }
}

/// - Throws: `precondition-failed` when what is to be changed has another revision than one of `expected`.
func requireRevision(_ revision: Int64, in expected: Set<Int64>?) throws(RegistryError) {
    guard let expected, !expected.contains(revision) else { return }
    throw RegistryError(
        .preconditionFailed, "it has been changed since it was read", ko: "읽은 뒤에 바뀌었습니다. 다시 읽고 시도하세요")
}
