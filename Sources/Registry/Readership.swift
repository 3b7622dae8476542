/// The private models that exist for a caller, in a form that a query can filter by.
///
/// It says the same as ``Caller/mayReadPrivate(_:)``; lists and counts use it where asking model by model would cost
/// too much.
public struct Readership: Sendable, Hashable {
    /// Whether every model exists for the caller.
    public let everything: Bool
    /// Namespaces of which every model exists for the caller.
    public let namespaces: [String]
    /// Single models, as namespace/name, that exist for the caller besides.
    public let models: [String]
}

extension Caller {
    /// The private models that this caller may read.
    public var readership: Readership {
        if seesEverything { return Readership(everything: true, namespaces: [], models: []) }
        guard let token, !token.models.isEmpty else {
            let namespaces = mayReadPrivateModels ? self.namespaces.keys.sorted() : []
            return Readership(everything: false, namespaces: namespaces, models: [])
        }
        var (whole, single): (Set<String>, Set<String>) = ([], [])
        guard mayReadPrivateModels else { return Readership(everything: false, namespaces: [], models: []) }
        for pattern in token.models where role == .admin || namespaces[pattern.namespace] != nil {
            if pattern.name == nil { whole.insert(pattern.namespace) } else { single.insert(pattern.description) }
        }
        return Readership(everything: false, namespaces: whole.sorted(), models: single.sorted())
    }

    private var mayReadPrivateModels: Bool { user != nil && (token?.scopes.contains(.modelRead) ?? true) }
}
