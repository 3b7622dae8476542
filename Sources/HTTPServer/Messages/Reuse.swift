/// Whether the engine may answer the same request again without asking the handler.
public enum Reuse: Sendable, Hashable {
    case none
    /// The answer depends on nothing but method, target, Authorization, gzip and the database: it holds
    /// while the generation stays and, with `until` (Unix seconds), before that time.
    case whileUnchanged(until: Int64?)
}
