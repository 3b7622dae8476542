import Glibc
import HTTPServer
import Synchronization

/// Counts what handlers, sinks and streams were asked.
final class Counter: Sendable {
    private let counts = Mutex<[String: Int]>([:])

    func add(_ name: String) { counts.withLock { $0[name, default: 0] += 1 } }
    subscript(name: String) -> Int { counts.withLock { $0[name] ?? 0 } }

    /// Waits until a count is reached, at most 10 seconds.
    func reaches(_ name: String, _ count: Int) -> Bool {
        for _ in 0..<1000 {
            if self[name] >= count { return true }
            usleep(10_000)
        }
        return false
    }
}

extension Response {
    static func text(_ text: String, status: Int = 200) -> Response {
        content(Array(text.utf8), type: "text/plain; charset=utf-8", status: status)
    }
}

final class TestSink: BodySink {
    private let counter: Counter
    private let limit: Int
    private let pause: UInt32
    private let bytes = Mutex(0)
    private let sum = Mutex(UInt64(0))

    init(_ counter: Counter, limit: Int = .max, pause: UInt32 = 0) {
        self.counter = counter
        self.limit = limit
        self.pause = pause
    }

    func receive(_ input: UnsafeRawBufferPointer) throws {
        counter.add("receive")
        if pause > 0 { usleep(pause) }
        let total = bytes.withLock { total in
            total += input.count
            return total
        }
        sum.withLock { sum in for byte in input { sum = sum &* 31 &+ UInt64(byte) } }
        if total > limit { throw HTTPError(status: 507, code: "full", detail: "The store is full.") }
    }

    func finish() throws -> Response {
        counter.add("finish")
        return .text("\(bytes.withLock { $0 }) \(sum.withLock { $0 })", status: 201)
    }

    func cancel() { counter.add("cancel") }

    static func sum(_ bytes: [UInt8]) -> UInt64 { bytes.reduce(0) { $0 &* 31 &+ UInt64($1) } }
}

final class TestStream: BodyStream {
    let length: Int64?
    private let left: Mutex<Int>
    private let counter: Counter
    private let fails: Bool

    init(_ size: Int, isLengthKnown: Bool, counter: Counter, fails: Bool = false) {
        left = Mutex(size)
        length = isLengthKnown ? Int64(size) : nil
        self.counter = counter
        self.fails = fails
    }

    func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
        counter.add("read")
        let count = left.withLock { left in
            let count = min(left, buffer.count)
            left -= count
            return count
        }
        if count == 0 { counter.add("end") }
        if fails, count < buffer.count { throw HTTPError.internalError }
        for index in 0..<count { buffer[index] = 0x61 }
        return count
    }

    func cancel() { counter.add("cancel") }
}

/// A server on a free port, and what its handlers count.
final class EngineFixture {
    let counter = Counter()
    let server: Server
    let port: UInt16
    let gate = Gate()
    static let alphabet = Array("abcdefghijklmnopqrstuvwxyz".utf8)

    init(file: String = "", _ change: (inout ServerConfiguration) -> Void = { _ in }) throws {
        var configuration = ServerConfiguration()
        configuration.port = 0
        configuration.log = .off
        change(&configuration)
        let counter = counter
        let gate = gate
        let generation = generation
        server = Server(
            configuration: configuration, router: Self.router(counter, gate, file),
            generation: { generation.load() })
        port = try server.start()
    }

    let generation = SharedNumber()

    deinit {
        gate.open()
        server.stop(drainSeconds: 0)
    }

    /// Waits until the server holds more than `count` bytes of bodies, at most 10 seconds.
    func holdsBodies(over count: Int64) -> Bool {
        for _ in 0..<1000 {
            if server.bodyMemory > count { return true }
            usleep(10_000)
        }
        return false
    }

    /// Waits until the server holds no bytes of bodies, at most 10 seconds: it counts them off after it has answered.
    func holdsNoBodies() -> Bool {
        for _ in 0..<1000 {
            if server.bodyMemory == 0 { return true }
            usleep(10_000)
        }
        return false
    }

    func client() throws -> RawClient { try RawClient(port: port) }

    /// Sends one request on a connection of its own.
    func ask(_ method: String = "GET", _ path: String, _ fields: [String] = [], body: String = "") throws
        -> RawClient.Reply?
    {
        let client = try client()
        client.send(request(method, path, fields, body: body))
        return client.reply(isHead: method == "HEAD")
    }

    func request(_ method: String, _ path: String, _ fields: [String] = [], body: String = "") -> String {
        var fields = ["Host: localhost"] + fields
        if !body.isEmpty { fields.append("Content-Length: \(body.utf8.count)") }
        return "\(method) \(path) HTTP/1.1\r\n\(fields.joined(separator: "\r\n"))\r\n\r\n\(body)"
    }

    private static func router(_ counter: Counter, _ gate: Gate, _ file: String) -> Router {
        Router(
            [
                Route(.get, "/", "root") { _ in
                    counter.add("/")
                    return .text("root")
                },
                Route(.get, "/smuggled", "smuggled") { _ in
                    counter.add("smuggled")
                    return .text("smuggled")
                },
                Route(.get, "/alphabet", "alphabet") { _ in
                    Response(
                        fields: ["Content-Type": "text/plain"], body: .bytes(alphabet), entityTag: EntityTag("abc"),
                        lastModified: 784_111_777)
                },
                Route(.get, "/cached", "cached") { request in
                    counter.add("cached")
                    var response = Response.text("cached \(request.fields["Authorization"] ?? "-")")
                    response.reuse = .whileUnchanged(until: nil)
                    return response
                },
                Route(.get, "/file", "file") { _ in
                    Response(
                        body: .file(path: file, offset: 3, size: 100_000), entityTag: EntityTag("file"),
                        reuse: .whileUnchanged(until: nil),
                        onServed: { counter.add($0.isComplete ? "whole \($0.bytes)" : "part") })
                },
                Route(.get, "/deleted/{how}", "deleted") { request in
                    counter.add("deleted")
                    if request.parameter("how") == "meanwhile", counter["deleted"] > 1 { throw HTTPError.notFound }
                    return Response(
                        body: .file(path: file + "-gone", offset: 0, size: 10), entityTag: EntityTag("gone"),
                        reuse: .whileUnchanged(until: nil))
                },
                Route(.get, "/long", "long") { _ in .text(String(repeating: "compress me ", count: 400)) },
                Route(.get, "/slow", "slow", lane: .slow) { _ in
                    counter.add("slow")
                    gate.wait()
                    return .text("slow")
                },
                Route(.delete, "/slow", "change", lane: .slow) { _ in
                    counter.add("change")
                    gate.wait()
                    return .text("changed")
                },
                Route(.get, "/brief", "brief", lane: .slow) { _ in .text("brief") },
                Route(.get, "/stream/{size}/{known}", "stream") { request in
                    Response(
                        body: .stream(
                            TestStream(
                                Int(request.parameter("size")) ?? 0, isLengthKnown: request.parameter("known") == "yes",
                                counter: counter, fails: request.parameter("known") == "fails")))
                },
                Route(.get, "/p/{one}/{rest...}", "p") { .text("\($0.parameter("one"))|\($0.parameter("rest"))") },
                .bytes(.post, "/echo", "echo", maximum: 1000) { request in
                    counter.add("echo")
                    return .content(request.body, type: "application/octet-stream")
                },
                .bytes(.post, "/large", "large", maximum: 1 << 20) { .text("\($0.body.count)") },
                .stream(.put, "/sink", "sink", maximum: 50_000_000) { request in
                    counter.add("sink")
                    if request.fields["X-Refuse"] != nil {
                        throw HTTPError(status: 403, code: "forbidden", detail: "No.")
                    }
                    if request.fields["X-Wait"] != nil { gate.wait() }
                    return TestSink(
                        counter, limit: request.fields["X-Limit"].flatMap { Int($0) } ?? .max,
                        pause: request.fields["X-Pause"].flatMap { UInt32($0) } ?? 0)
                },
            ],
            problem: { error, _, _ in
                let error = error as? HTTPError ?? .internalError
                return .content(
                    Array("{\"code\":\"\(error.code)\"}".utf8), type: "application/problem+json",
                    status: error.status, fields: error.fields)
            })
    }
}

final class SharedNumber: Sendable {
    private let value = Mutex(UInt64(1))
    func add() { value.withLock { $0 += 1 } }
    func load() -> UInt64 { value.withLock { $0 } }
}

/// Holds slow handlers until it is opened.
final class Gate: Sendable {
    private let isOpen = Atomic(false)
    func open() { isOpen.store(true, ordering: .releasing) }
    func wait() { for _ in 0..<2000 where !isOpen.load(ordering: .acquiring) { usleep(5000) } }
}
