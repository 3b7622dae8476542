import CMicroHTTPD
import Glibc
import Synchronization
import Threads

/// From a handler, or the cache, to the wire.
extension Engine {
    /// The request is complete: answers from the cache, or asks the handler.
    func answer(_ connection: ConnectionState) -> MHD_Result {
        if connection.request == nil {
            if let result = answerFromCache(connection) { return result }
            do {
                connection.request = try makeRequest(connection)
            } catch {
                return send(connection, problem(error, connection))
            }
        }
        do {
            let route = try route(for: connection)
            guard let request = connection.request else { return .NO }
            switch route?.action {
            case .plain(let lane, let handler)?, .bytes(_, let lane, let handler)?:
                return run(connection, request, lane, handler)
            case .stream?: return .NO
            case nil:
                if request.method == .options {
                    return run(connection, request, .fast) { [router] in router.options(for: $0) }
                }
                guard let fallback = router.fallback else { throw HTTPError.notFound }
                return run(connection, request, .fast, fallback)
            }
        } catch {
            return send(connection, problem(error, connection))
        }
    }

    private func run(
        _ connection: ConnectionState, _ request: Request, _ lane: Route.Lane, _ handler: @escaping Route.Handler
    ) -> MHD_Result {
        switch lane {
        case .fast: return send(connection, ask(handler, request)) { $0.ask(handler, request) }
        case .slow, .heavy:
            connection.stage = .waiting
            let pool = lane == .heavy ? heavyJobs : request.method.isSafe ? jobs : changes
            return queue(connection, in: pool) { .answer($0.ask(handler, request)) }
        }
    }

    private func ask(_ handler: Route.Handler, _ request: Request) -> Answer {
        // Read before the handler reads: what changes meanwhile makes the answer stale at once.
        let generation = generation()
        var answer = prepare(Result { try handler(request) }, for: request)
        answer.generation = generation
        return answer
    }

    /// Suspends the connection and queues a job; a full queue is answered with 503.
    func queue(
        _ connection: ConnectionState, in pool: JobPool, _ job: @escaping @Sendable (Engine) -> Exchange.Result
    ) -> MHD_Result {
        let exchange = Exchange()
        connection.exchange = exchange
        guard connection.suspend() else { return .NO }
        let isQueued = pool.submit(isBounded: true) { [weak self] in
            guard let self else { return }
            exchange.complete(job(self), waking: connection)
        }
        if !isQueued {
            let overload = HTTPError.unavailable("The server is busy. Try again in a moment.")
            exchange.complete(.answer(problem(overload, connection)), waking: connection)
        }
        return .YES
    }

    /// Applies conditions and ranges to what a handler gave.
    func prepare(_ result: Result<Response, any Error>, for request: Request) -> Answer {
        do {
            let representation = Representation(
                try result.get(), method: request.method,
                allowsGzip: !request.fields.contains("Range")
                    && (request.fields["Accept-Encoding"].map { AcceptEncoding.allowsGzip($0.utf8) } ?? false),
                common: configuration.commonFields)
            do {
                let outcome = try Outcome(representation, for: request)
                return Answer(outcome: outcome, reusable: representation.reuse == .none ? nil : representation)
            } catch {
                if case .stream(let stream) = representation.body { stream.cancel() }
                throw error
            }
        } catch {
            return problem(error, request, request.id)
        }
    }

    func problem(_ error: any Error, _ connection: ConnectionState) -> Answer {
        problem(error, connection.request, RequestID.text(connection.id))
    }

    func problem(_ error: any Error, _ request: Request?, _ id: String) -> Answer {
        let response = router.problem(error, request, id)
        return Answer(outcome: Outcome(response, isHead: request?.method == .head, common: configuration.commonFields))
    }

    // MARK: Cache

    private func answerFromCache(_ connection: ConnectionState) -> MHD_Result? {
        guard let loop = connection.loop, let key = cacheKey(connection), let entry = loop.cache.entry(for: key),
            entry.generation == generation(), Clock.seconds() < entry.until
        else { return nil }
        var status = entry.representation.status
        var prebuilt = entry.full
        let tag = connection.head.ifNoneMatch
        if !tag.isEmpty, let notModified = connection.head.isPlain ? entry.plainNotModified : entry.notModified,
            isNamed(entry, by: tag)
        {
            prebuilt = notModified
            status = 304
        }
        guard let prebuilt else { return nil }
        let isBodyless = status == 304 || connection.head.method == .head
        connection.status = status
        connection.expectedBytes = isBodyless ? 0 : entry.length
        connection.range = 0..<entry.length
        connection.onServed = entry.representation.onServed
        prebuilt.stamp(connection.id)
        return MHD_queue_response(connection.handle, UInt32(status), prebuilt.raw)
    }

    private func isNamed(_ entry: CacheEntry, by list: UnsafeRawBufferPointer) -> Bool {
        if entry.tag.withUnsafeBytes({ $0.equalsExactly(list) }) { return true }
        return Precondition.matches(list.text, entry.representation.tag, strongly: false)
    }

    private func cacheKey(_ connection: ConnectionState) -> ResponseCache.Key? {
        let head = connection.head
        guard head.method == .get || head.method == .head, !head.isBeyondCache, !head.hasBody,
            !isDraining.load(ordering: .relaxed)
        else { return nil }
        return ResponseCache.Key(
            target: connection.rawTarget, authorization: head.authorization, acceptsGzip: head.acceptsGzip)
    }

    private func keep(_ representation: Representation, _ connection: ConnectionState, _ generation: UInt64) {
        guard case .whileUnchanged(let until) = representation.reuse, let key = cacheKey(connection),
            let loop = connection.loop
        else { return }
        loop.cache.insert(representation, for: key, generation: generation, until: until ?? .max)
    }

    // MARK: Sending

    /// Sends an answer. When it is a file that is not there any more, `again` may answer otherwise: what it belonged to
    /// can have been deleted since.
    func send(
        _ connection: ConnectionState, _ answer: Answer, again: ((Engine) -> Answer)? = nil
    ) -> MHD_Result {
        let outcome = answer.outcome
        do {
            let response = try materialise(outcome, connection)
            if let reusable = answer.reusable { keep(reusable, connection, answer.generation) }
            return queue(connection, outcome, response)
        } catch {
            if error == .fileMissing, let again { return send(connection, again(self)) }
            let refusal = problem(error, connection).outcome
            guard let response = RawResponse.plain(refusal.content) else { return .NO }
            return queue(connection, refusal, response)
        }
    }

    private func materialise(_ outcome: Outcome, _ connection: ConnectionState) throws(HTTPError) -> OpaquePointer {
        switch outcome.content {
        case .notModified where connection.head.isPlain:
            return try materialise(.notModified(length: nil))
        case .head, .notModified, .bytes: return try materialise(outcome.content)
        case .file(let path, let offset, let size):
            let response = try RawResponse.file(path, offset: offset, size: size)
            connection.counted = .acknowledged(cmhd_acknowledged(connection.descriptor))
            return response
        case .parts(let parts): return try RawResponse.parts(parts)
        case .stream(let stream):
            let pump = StreamPump(stream, pool: jobs, connection: connection)
            connection.counted = .stream(pump)
            return try RawResponse.stream(pump)
        }
    }

    private func materialise(_ content: Outcome.Content) throws(HTTPError) -> OpaquePointer {
        guard let response = RawResponse.plain(content) else { throw .unavailable("The server is short of memory.") }
        return response
    }

    /// Hands a response over; takes it from the caller.
    private func queue(_ connection: ConnectionState, _ outcome: Outcome, _ response: OpaquePointer) -> MHD_Result {
        defer { MHD_destroy_response(response) }
        RawResponse.add(outcome.fields, to: response)
        MHD_add_response_header(response, "X-Request-Id", RequestID.text(connection.id))
        if isDraining.load(ordering: .relaxed) || connection.stage == .head {
            MHD_add_response_header(response, "Connection", "close")
        }
        connection.note(outcome)
        return MHD_queue_response(connection.handle, UInt32(outcome.status), response)
    }

    // MARK: The end

    func completed(_ connection: ConnectionState, isWhole: Bool) {
        connection.upload?.close()
        connection.exchange?.abandon()
        if let loop = connection.loop, connection.started > 0 {
            let isWhole = isWhole || connection.stage == .lingering
            let bytes = isWhole ? connection.wholeBytes : connection.sentBytes
            if connection.status > 0 {
                connection.onServed?(
                    Served(
                        status: connection.status, bytes: bytes, isHead: connection.head.method == .head,
                        range: connection.range, isComplete: isWhole))
            }
            loop.log.write(
                AccessLog.Line(
                    remote: connection.remote ?? connection.peer, method: connection.methodName,
                    target: connection.rawTarget, status: connection.status, bytes: bytes,
                    nanoseconds: Clock.nanoseconds() - connection.started, id: connection.id))
        }
        connection.started = 0
        bodyMemory.subtract(connection.reserved, ordering: .relaxed)
        connection.reserved = 0
        connection.reset()
    }
}

extension ConnectionState {
    /// Remembers what is sent, for the log and for `onServed`.
    func note(_ outcome: Outcome) {
        status = outcome.status
        range = outcome.range
        onServed = outcome.onServed
        switch outcome.content {
        case .head, .notModified: expectedBytes = 0
        case .bytes(let bytes): expectedBytes = Int64(bytes.count)
        case .file(_, _, let size): expectedBytes = size
        case .parts(let parts): expectedBytes = parts.length
        case .stream(let stream): expectedBytes = stream.length ?? 0
        }
    }

    /// The bytes of a response that was sent in full.
    fileprivate var wholeBytes: Int64 {
        if case .stream(let pump) = counted { pump.delivered } else { expectedBytes }
    }

    /// How much of a response that broke off went out, to the accuracy of one head.
    fileprivate var sentBytes: Int64 {
        switch counted {
        case .nothing: 0
        case .acknowledged(let before):
            min(expectedBytes, Int64(clamping: max(before, cmhd_acknowledged(descriptor)) - before))
        case .stream(let pump): pump.delivered
        }
    }
}

extension Router {
    /// Answers OPTIONS of a path that has routes, or of the server.
    func options(for request: Request) -> Response {
        var allowed = Self.allow(Set(Method.allCases))
        if case .otherMethods(let here) = match(.options, request.path) { allowed = here }
        return .empty(204, fields: ["Allow": allowed])
    }
}
