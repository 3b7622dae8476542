/// One method on one path, and who answers it.
public struct Route: Sendable {
    /// Answers a request, or throws what `Router.problem` understands.
    public typealias Handler = @Sendable (Request) throws -> Response

    /// Where a handler runs.
    public enum Lane: Sendable, Hashable {
        /// On the event loop: well under 1 ms, never blocking.
        case fast
        /// On a job thread, from a bounded queue; what may change something has threads and a queue of its own.
        case slow
        /// On one of few threads of its own, from a short queue: what keeps a core busy on purpose, such as checking a
        /// password. However much of it comes, the other lanes go on.
        case heavy
    }

    package enum Action: Sendable {
        case plain(Lane, Handler)
        case bytes(maximum: Int, Lane, Handler)
        case stream(maximum: Int64, @Sendable (Request) throws -> any BodySink)
    }

    public let method: Method
    /// Such as `/api/v1/models/{ns}/{name}/artifacts/{path...}`.
    public let path: String
    /// Ties the route to the OpenAPI document.
    public let operationID: String
    package let action: Action

    private init(_ method: Method, _ path: String, _ operationID: String, action: Action) {
        self.method = method
        self.path = path
        self.operationID = operationID
        self.action = action
    }

    /// A route that takes no body.
    ///
    /// - Parameters:
    ///   - method: GET answers HEAD too.
    ///   - path: literal segments, `{name}` for one segment, `{name...}` at the end for one or more.
    ///   - operationID: of the OpenAPI document.
    ///   - lane: where the handler runs.
    ///   - handler: answers, or throws what `Router.problem` understands.
    public init(
        _ method: Method, _ path: String, _ operationID: String, lane: Lane = .fast, _ handler: @escaping Handler
    ) {
        self.init(method, path, operationID, action: .plain(lane, handler))
    }

    /// A route whose body is collected in memory, at most `maximum` bytes (else 413). The body may be empty.
    public static func bytes(
        _ method: Method, _ path: String, _ operationID: String, maximum: Int = 1 << 20, lane: Lane = .slow,
        _ handler: @escaping Handler
    ) -> Route {
        Route(method, path, operationID, action: .bytes(maximum: maximum, lane, handler))
    }

    /// A route whose body is streamed into a sink.
    ///
    /// - Parameters:
    ///   - method: POST, PUT or PATCH.
    ///   - path: as in ``init(_:_:_:lane:_:)``.
    ///   - operationID: of the OpenAPI document.
    ///   - maximum: bytes of the body, chunked or not (else 413).
    ///   - sink: called in the slow lane before `100 Continue`: authorise and check here; a throw refuses before
    ///     the body is read.
    /// - Returns: the route.
    public static func stream(
        _ method: Method, _ path: String, _ operationID: String, maximum: Int64 = .max,
        sink: @escaping @Sendable (Request) throws -> any BodySink
    ) -> Route {
        Route(method, path, operationID, action: .stream(maximum: maximum, sink))
    }
}
