/// What is known of a context key.
public struct ContextKeyDescription: Sendable, Hashable {
    /// As in ``ContextTag/key``.
    public let key: String
    /// `keyword`, `number` or `version range`; a key that is not well known holds keywords.
    public let kind: String
    /// What the numbers of a well-known key count: `bytes`, `ms`; nil for other keys.
    public let unit: String?
    /// Whether one variant may have several values.
    public let isMultiple: Bool
    /// What a well-known key is called.
    public let label: Label?
    /// What a well-known key says.
    public let description: Label?
    /// Whether an administrator has given ``label``.
    public let isNamed: Bool

    public init(
        key: String, kind: String = "keyword", unit: String? = nil, isMultiple: Bool = true, label: Label? = nil,
        description: Label? = nil, isNamed: Bool = false
    ) {
        (self.key, self.kind, self.unit, self.isMultiple) = (key, kind, unit, isMultiple)
        (self.label, self.description, self.isNamed) = (label, description, isNamed)
    }
}

/// A context key that models use.
public struct ContextKey: Sendable, Hashable {
    public let description: ContextKeyDescription
    /// How many different values it has.
    public let values: Int
    /// How many models have it.
    public let count: Int

    public init(_ description: ContextKeyDescription, values: Int, count: Int) {
        (self.description, self.values, self.count) = (description, values, count)
    }
}

/// A context key with a page of its values.
public struct ContextKeyValues: Sendable {
    public let description: ContextKeyDescription
    /// The commonest first.
    public let values: Page<ContextValue>

    public init(_ description: ContextKeyDescription, values: Page<ContextValue>) {
        (self.description, self.values) = (description, values)
    }
}

/// A value of a context key.
public struct ContextValue: Sendable, Hashable {
    /// The value as models write it, what it is called, and how many models have it.
    public let facet: FacetValue
    /// Other words for it, in either language.
    public let synonyms: [String]
    /// Whether an administrator has given its name and synonyms.
    public let isNamed: Bool

    public init(_ facet: FacetValue, synonyms: [String], isNamed: Bool) {
        (self.facet, self.synonyms, self.isNamed) = (facet, synonyms, isNamed)
    }
}
