/// How a ``Server`` listens and where its limits are.
public struct ServerConfiguration: Sendable {
    /// How the access log is written: a line of text or a JSON object for each request.
    public enum LogFormat: String, Sendable, CaseIterable { case off, text, json }

    /// An IPv4 or IPv6 address.
    public var address = "127.0.0.1"
    /// 0 takes any free port.
    public var port: UInt16 = 8080
    /// Event loops; nil: one per core, at least two.
    public var threads: Int?
    /// Threads of the slow lane for requests that read, and as many for those that change something; nil: one per core, at
    /// least two.
    public var jobThreads: Int?
    /// Jobs waiting in the slow lane, of either kind; one more is answered with 503.
    public var jobQueue = 256
    /// Threads of the heavy lane; nil: one per two cores.
    public var heavyThreads: Int?
    /// Jobs waiting in the heavy lane; one more is answered with 503.
    public var heavyQueue = 64
    /// Threads that write request bodies.
    public var uploadThreads = 2
    /// Connections at one time; one more waits to be accepted.
    public var connections = 4096
    /// Connections of one client address at one time; one more is closed at once.
    public var connectionsPerAddress = 1024
    /// Seconds of silence after which a connection is closed.
    public var idleTimeout = 30
    /// Seconds from the first byte of a request to the end of its head.
    public var headerDeadline = 10
    /// Bytes a second that a request body must keep up on average, once `uploadGrace` is over.
    public var minimumUploadRate = 1000
    /// Seconds.
    public var uploadGrace = 10
    /// Bytes of all bodies that are collected in memory at one time; more are answered with 503. The first 16 KB of each
    /// are free, so that nobody keeps others from small requests.
    public var bodyMemory: Int64 = 64 << 20
    /// Bytes of a request target.
    public var maximumTarget = 8192
    /// Networks (`10.0.0.0/8`, `::1/128`) whose `X-Forwarded-For` and `X-Forwarded-Proto` are believed.
    public var trustedProxies: [String] = []
    /// Host names that are answered, without port; empty: any.
    public var allowedHosts: [String] = []
    /// Fields added to every response that does not set them.
    public var commonFields: Fields = ["X-Content-Type-Options": "nosniff"]
    /// The form of the access log.
    public var log: LogFormat = .text
    /// Where the access log goes; standard error by default.
    public var logDescriptor: Int32 = 2
    /// Entries of the response cache of one event loop.
    public var cacheEntries = 1024
    /// Bytes of bodies in the response cache of one event loop.
    public var cacheBytes = 4 << 20

    public init() {}
}
