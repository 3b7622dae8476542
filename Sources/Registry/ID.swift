/// A row identifier that cannot be mixed up with that of another entity.
public struct ID<Entity>: Hashable, Sendable {
    public let rawValue: Int64

    public init(_ rawValue: Int64) {
        self.rawValue = rawValue
    }
}
