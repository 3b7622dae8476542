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

    /// The caller with the memberships of this transaction: a namespace may have been made since the request began.
    func refreshed(in db: borrowing Connection) throws -> Caller {
        guard let user else { return self }
        return Caller(user: user, namespaces: try NamespaceStore.memberships(of: user.id, in: db), token: token)
    }
}

/// - Throws: `precondition-failed` when what is to be changed has another revision than one of `expected`.
func requireRevision(_ revision: Int64, in expected: Set<Int64>?) throws(RegistryError) {
    guard let expected, !expected.contains(revision) else { return }
    throw RegistryError(
        .preconditionFailed, "it has been changed since it was read", ko: "읽은 뒤에 바뀌었습니다. 다시 읽고 시도하세요")
}
