/// A context key that models use.
public struct ContextKey: Sendable, Hashable {
    /// As in ``ContextTag/key``.
    public let key: String
    /// `keyword`, `number` or `version range`; a key that is not well known holds keywords.
    public let kind: String
    /// What a well-known key is called.
    public let label: Label?
    /// How many different values it has.
    public let values: Int
    /// How many models have it.
    public let count: Int

    public init(key: String, kind: String, label: Label?, values: Int, count: Int) {
        (self.key, self.kind, self.label, self.values, self.count) = (key, kind, label, values, count)
    }
}

/// A context key with its values.
public struct ContextKeyValues: Sendable, Hashable {
    /// As in ``ContextTag/key``.
    public let key: String
    /// As in ``ContextKey/kind``.
    public let kind: String
    /// What a well-known key is called.
    public let label: Label?
    /// The commonest first.
    public let values: [FacetValue]

    public init(key: String, kind: String, label: Label?, values: [FacetValue]) {
        (self.key, self.kind, self.label, self.values) = (key, kind, label, values)
    }
}
