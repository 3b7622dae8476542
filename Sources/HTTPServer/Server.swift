/// An HTTP/1.1 server over libmicrohttpd.
public final class Server: Sendable {
    public let configuration: ServerConfiguration
    public let router: Router
    private let generation: @Sendable () -> UInt64

    /// - Parameters:
    ///   - configuration: addresses and limits.
    ///   - router: answers.
    ///   - generation: rises whenever anything changes that a reusable response may depend on.
    public init(
        configuration: ServerConfiguration, router: Router, generation: @escaping @Sendable () -> UInt64 = { 0 }
    ) {
        self.configuration = configuration
        self.router = router
        self.generation = generation
    }

    /// Starts to answer.
    ///
    /// - Returns: the port.
    public func start() throws(ServerError) -> UInt16 {
        throw ServerError(description: "The engine is not in this build.")
    }

    /// Takes no more connections, finishes what is in flight for at most `drainSeconds`, and stops.
    public func stop(drainSeconds: Int) {}
}
