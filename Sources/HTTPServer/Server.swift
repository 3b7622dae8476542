import Synchronization

/// An HTTP/1.1 server over libmicrohttpd.
public final class Server: Sendable {
    public let configuration: ServerConfiguration
    public let router: Router
    private let generation: @Sendable () -> UInt64
    private let engine = Mutex<Engine?>(nil)

    /// - Parameters:
    ///   - configuration: addresses and limits.
    ///   - router: answers.
    ///   - generation: rises whenever anything changes that a reusable response may depend on. Called on every
    ///     request that may be answered from the response cache: an atomic load, no more.
    public init(
        configuration: ServerConfiguration, router: Router, generation: @escaping @Sendable () -> UInt64 = { 0 }
    ) {
        self.configuration = configuration
        self.router = router
        self.generation = generation
    }

    deinit { stop(drainSeconds: 0) }

    /// Starts to answer. Raises the limit of open files, and ignores SIGPIPE in the whole process.
    ///
    /// Block SIGTERM and SIGINT before, where `sigwait` is to get them: the server's threads inherit the mask.
    ///
    /// - Returns: The port.
    /// - Throws: When the address is taken or malformed, or the system gives no thread.
    public func start() throws(ServerError) -> UInt16 {
        let engine = try Engine(configuration, router, generation)
        let port = try engine.start()
        self.engine.withLock { $0 = engine }
        return port
    }

    /// Bytes of ``ServerConfiguration/bodyMemory`` in use.
    package var bodyMemory: Int64 { engine.withLock { $0?.bodyMemory.load(ordering: .relaxed) ?? 0 } }

    /// Takes no more connections, finishes what is in flight for at most `drainSeconds`, and stops.
    public func stop(drainSeconds: Int) {
        let engine = self.engine.withLock { $0.take() }
        engine?.stop(drainSeconds: drainSeconds)
    }
}
