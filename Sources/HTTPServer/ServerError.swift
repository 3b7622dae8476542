/// Why a server could not start.
public struct ServerError: Error, Sendable, CustomStringConvertible {
    public let description: String
}
