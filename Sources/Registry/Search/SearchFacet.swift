/// A value of a context key, and how many of the found models have it.
public struct FacetValue: Sendable, Hashable {
    /// As its author wrote it.
    public let value: String
    /// How many of the found models have it.
    public let count: Int
    /// What a well-known value or a service type is called.
    public let label: Label?

    public init(value: String, count: Int, label: Label?) {
        (self.value, self.count, self.label) = (value, count, label)
    }
}
