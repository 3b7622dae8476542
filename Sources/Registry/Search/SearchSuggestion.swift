/// What a half-typed query may become.
public struct SearchSuggestions: Sendable, Hashable {
    /// The likeliest first.
    public let items: [SearchSuggestion]
    /// What was meant, where the text was typed with the keyboard set to the other language; nil otherwise.
    public let corrected: String?

    public init(items: [SearchSuggestion], corrected: String? = nil) {
        (self.items, self.corrected) = (items, corrected)
    }
}

/// Something that a half-typed query may become.
public struct SearchSuggestion: Sendable, Hashable {
    public let kind: Kind
    /// The name of a model, a context tag as `key:value`, or the id of a service type.
    public let value: String
    /// The title of a model, or what a well-known value is called.
    public let label: Label?
    /// How many models have the value; nil for a model.
    public let count: Int?

    public init(kind: Kind, value: String, label: Label?, count: Int?) {
        (self.kind, self.value, self.label, self.count) = (kind, value, label, count)
    }

    /// What a suggestion names.
    public enum Kind: String, Sendable {
        case service
        case context
        case model
    }
}
