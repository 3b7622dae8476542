public import Registry

/// A refusal that says when to try again.
public struct RetryLater: Error, Sendable {
    public let error: RegistryError
    /// From now, at least 1.
    public let seconds: Int64
}
