import CMicroHTTPD
import Glibc
import Synchronization

/// From a head to a handler.
extension Engine {
    /// All header fields have come; a body has not.
    func headArrived(
        _ connection: ConnectionState, _ method: UnsafePointer<CChar>, _ version: UnsafePointer<CChar>
    ) -> MHD_Result {
        connection.started = Clock.nanoseconds()
        connection.enter(.handling, at: connection.started)
        let loop: EventLoop
        if let known = connection.loop {
            loop = known
        } else {
            loop = currentLoop()
            connection.loop = loop
        }
        connection.id = loop.nextID()
        var reading = HeadReading(allowedHosts: configuration.allowedHosts)
        withUnsafeMutablePointer(to: &reading) {
            _ = MHD_get_connection_values_n(connection.handle, .HEADER_KIND, engineField, $0)
        }
        var head = reading.head
        head.conclude(version: version)
        let known = KnownMethod(UnsafeRawBufferPointer(start: method, count: cLength(method)))
        head.method = known.method
        connection.methodName = known.name
        connection.head = head
        if let fault = head.fault { return refuse(connection, fault, asHeadCall: true) }
        if head.method == .get || head.method == .head, !head.hasBody {
            connection.stage = .answer
            return .YES
        }
        guard head.method != nil else {
            let error = known.isForbidden ? forbiddenMethod(connection) : HTTPError.notImplemented
            return refuse(connection, error, asHeadCall: true)
        }
        do {
            return try expectBody(connection)
        } catch {
            return refuse(connection, error, asHeadCall: true)
        }
    }

    /// The refusal of TRACE and CONNECT, with the methods that the address has.
    private func forbiddenMethod(_ connection: ConnectionState) -> HTTPError {
        connection.head.method = .options
        defer { connection.head.method = nil }
        let path = (try? makeRequest(connection))?.path ?? "*"
        guard case .otherMethods(let allowed) = router.match(nil, path) else { return .notFound }
        return .methodNotAllowed(allow: allowed)
    }

    /// Finds the route, and what it makes of the body that is announced.
    private func expectBody(_ connection: ConnectionState) throws -> MHD_Result {
        let head = connection.head
        let request = try makeRequest(connection)
        connection.request = request
        let route = try? route(for: connection)
        guard head.hasBody || isStream(route) else {
            connection.stage = .answer
            return .YES
        }
        guard let route else {
            _ = try self.route(for: connection)
            // OPTIONS of a path that routes have, and the like, take no body.
            throw HTTPError.contentTooLarge(maximum: 0)
        }
        switch route.action {
        case .plain:
            throw head.method == .get || head.method == .head
                ? HTTPError.badRequest("A \(route.method.rawValue) takes no body.")
                : HTTPError.contentTooLarge(maximum: 0)
        case .bytes(let maximum, _, _):
            guard head.contentLength <= Int64(maximum) else {
                throw HTTPError.contentTooLarge(maximum: Int64(maximum))
            }
            connection.stage = .collecting
            connection.enter(.body, at: Clock.coarse())
            return .YES
        case .stream(let maximum, let makeSink):
            guard head.isChunked || head.contentLength >= 0 else { throw HTTPError.lengthRequired }
            guard head.contentLength <= maximum else { throw HTTPError.contentTooLarge(maximum: maximum) }
            guard let request = connection.request else { return .NO }
            connection.stage = .choosingSink
            return queue(connection, in: changes) { engine in
                do {
                    return .sink(try makeSink(request))
                } catch {
                    return .answer(engine.problem(error, request, request.id))
                }
            }
        }
    }

    private func isStream(_ route: Route?) -> Bool {
        if case .stream = route?.action { true } else { false }
    }

    /// A part of the body.
    ///
    /// - Returns: bytes taken, and what libmicrohttpd is to do.
    func bodyArrived(_ connection: ConnectionState, _ bytes: UnsafeRawBufferPointer) -> (Int, MHD_Result) {
        let total = connection.received.wrappingAdd(Int64(bytes.count), ordering: .relaxed).newValue
        switch connection.stage {
        case .collecting:
            guard case .bytes(let maximum, _, _) = connection.route?.action else { return (0, .NO) }
            guard total <= Int64(maximum) else {
                return (bytes.count, refuse(connection, HTTPError.contentTooLarge(maximum: Int64(maximum))))
            }
            guard reserve(total - Self.freeBody, for: connection) else {
                connection.body = []
                return (
                    bytes.count,
                    refuse(connection, HTTPError.unavailable("Too much is being sent. Try again in a moment."))
                )
            }
            if connection.body.isEmpty, connection.head.contentLength > 0 {
                connection.body.reserveCapacity(Int(min(connection.head.contentLength, 64 << 10)))
            }
            connection.body.append(contentsOf: bytes)
            return (bytes.count, .YES)
        case .streaming:
            guard case .stream(let maximum, _) = connection.route?.action, let upload = connection.upload else {
                return (0, .NO)
            }
            if connection.phase == .handling { connection.enter(.body, at: Clock.coarse()) }
            guard total <= maximum else {
                upload.close()
                return (bytes.count, refuse(connection, HTTPError.contentTooLarge(maximum: maximum)))
            }
            switch upload.receive(bytes) {
            case .taken(let count):
                if count < bytes.count {
                    connection.received.subtract(Int64(bytes.count - count), ordering: .relaxed)
                    // The client need not keep up a rate while it waits for us.
                    connection.enter(.handling, at: Clock.coarse())
                }
                return (count, .YES)
            case .failed(let error): return (bytes.count, refuse(connection, error))
            case .stopped: return (0, .NO)
            }
        case .lingering: return (bytes.count, total > Refusal.lingerBytes ? .NO : .YES)
        case .head, .answer, .waiting, .choosingSink: return (0, .NO)
        }
    }

    private static let freeBody: Int64 = 16 << 10

    /// Raises what the connection holds of the memory for bodies to `bytes`.
    ///
    /// - Returns: false when there is no more.
    private func reserve(_ bytes: Int64, for connection: ConnectionState) -> Bool {
        let more = bytes - connection.reserved
        guard more > 0 else { return true }
        connection.reserved = bytes
        return bodyMemory.add(more, ordering: .relaxed).newValue <= configuration.bodyMemory
    }

    /// The body is complete, or a suspended connection has been woken.
    func proceed(_ connection: ConnectionState) -> MHD_Result {
        switch connection.stage {
        case .answer: return answer(connection)
        case .collecting:
            connection.enter(.handling, at: Clock.coarse())
            connection.request = connection.request?.with(body: connection.body)
            connection.body = []
            connection.stage = .answer
            return answer(connection)
        case .waiting:
            switch connection.exchange?.take() {
            case .answer(let answer)?: return send(connection, answer)
            case .sink(let sink)?:
                sink.cancel()
                return .NO
            case nil: return connection.suspend() ? .YES : .NO
            }
        case .choosingSink: return sinkChosen(connection)
        case .streaming: return bodyEnded(connection)
        case .head, .lingering: return .NO
        }
    }

    private func sinkChosen(_ connection: ConnectionState) -> MHD_Result {
        switch connection.exchange?.take() {
        case nil: return connection.suspend() ? .YES : .NO
        case .answer(let answer)?: return refuse(connection, answer.outcome, asHeadCall: true)
        case .sink(let sink)?:
            guard let request = connection.request else { return .NO }
            let exchange = Exchange()
            connection.exchange = exchange
            let size = connection.head.contentLength
            connection.upload = Upload(
                sink: sink, size: size >= 0 ? size : nil, pool: uploads, finishPool: changes, connection: connection
            ) { [weak self] result in
                guard let self else { return }
                exchange.complete(.answer(self.prepare(result, for: request)), waking: connection)
            }
            connection.stage = .streaming
            connection.enter(.body, at: Clock.coarse())
            return .YES
        }
    }

    private func bodyEnded(_ connection: ConnectionState) -> MHD_Result {
        connection.enter(.handling, at: Clock.coarse())
        switch connection.upload?.end() {
        case .taken?:
            connection.stage = .waiting
            return .YES
        case .failed(let error)?:
            connection.stage = .answer
            return send(connection, problem(error, connection))
        case .stopped?, nil: return .NO
        }
    }

    // MARK: Requests and routes

    func makeRequest(_ connection: ConnectionState) throws -> Request {
        let raw = connection.rawTarget
        guard raw.count <= configuration.maximumTarget else { throw HTTPError.targetTooLong }
        guard !raw.contains(where: { $0 <= 0x20 || $0 == 0x7F }), let method = connection.head.method,
            let target = String(validating: raw, as: UTF8.self)
        else { throw HTTPError.badRequest("The request target is malformed.") }
        var reading = FieldsReading()
        withUnsafeMutablePointer(to: &reading) {
            _ = MHD_get_connection_values_n(connection.handle, .HEADER_KIND, engineCopyField, $0)
        }
        var remote = connection.peer
        var isSecure = false
        if connection.isPeerTrusted {
            if let list = reading.fields["X-Forwarded-For"], let client = proxies.client(in: list) { remote = client }
            isSecure = reading.fields["X-Forwarded-Proto"].map { ASCII.equalIgnoringCase($0, "https") } ?? false
        }
        connection.remote = remote
        return try Request(
            method: method, target: target, fields: reading.fields, remoteAddress: remote, isSecure: isSecure,
            id: RequestID.text(connection.id))
    }

    /// Finds the route of the request, sets its parameters, and remembers both.
    ///
    /// - Returns: nil when the fallback or OPTIONS answers.
    /// - Throws: 404, 405, 400.
    func route(for connection: ConnectionState) throws(HTTPError) -> Route? {
        if let known = connection.route { return known }
        guard var request = connection.request else { return nil }
        if request.path == "*" {
            guard request.method == .options else { throw .badRequest("Only OPTIONS has the target *.") }
            return nil
        }
        switch router.match(request.method, request.path) {
        case .route(let index):
            let route = router.routes[index]
            request.parameters = try router.parameters(of: route, in: request.path)
            connection.request = request
            connection.route = route
            return route
        case .otherMethods(let allowed):
            if request.method == .options { return nil }
            throw .methodNotAllowed(allow: allowed)
        case .none:
            guard router.fallback != nil, request.method == .get || request.method == .head else { throw .notFound }
            return nil
        }
    }
}
