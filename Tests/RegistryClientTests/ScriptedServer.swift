import Glibc
import Synchronization

/// A server that answers each connection with what a test says, byte by byte, and remembers what it was asked.
final class ScriptedServer: Sendable {
    /// What one connection is answered with; fewer bytes than a Content-Length promises are a cut connection.
    typealias Script = @Sendable (_ request: Request, _ index: Int) -> [UInt8]

    struct Request: Sendable {
        let head: String
        let body: [UInt8]

        var line: String { String(head.prefix { $0 != "\r\n" }) }
        var target: String { line.split(separator: " ").dropFirst().first.map(String.init) ?? "" }

        subscript(name: String) -> String? {
            head.split(separator: "\r\n").dropFirst().first { $0.lowercased().hasPrefix(name.lowercased() + ":") }
                .map { String($0.dropFirst(name.count + 1).drop { $0 == " " }) }
        }
    }

    let port: UInt16
    private let listener: CInt
    private let script: Script
    private let seen = Mutex<[Request]>([])

    var url: String { "http://127.0.0.1:\(port)" }
    var requests: [Request] { seen.withLock { $0 } }

    init(_ script: @escaping Script) throws {
        self.script = script
        listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let (listener, size) = (listener, length)
        let isBound = withUnsafeMutablePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(listener, $0, size) == 0 && listen(listener, 16) == 0 && getsockname(listener, $0, &length) == 0
            }
        }
        guard isBound else { throw ScriptedServerError.noPort }
        port = UInt16(bigEndian: address.sin_port)
        var thread = pthread_t()
        pthread_create(&thread, nil, scriptedServerServes, Unmanaged.passRetained(self).toOpaque())
        pthread_detach(thread)
    }

    /// Ends the thread that listens.
    func stop() { shutdown(listener, Int32(SHUT_RDWR)) }

    fileprivate func serve() {
        while true {
            let connection = accept(listener, nil, nil)
            guard connection >= 0 else { break }
            answer(connection)
            // An orderly end: what the client still sends is read, so that it is not reset before it has the answer.
            shutdown(connection, Int32(SHUT_WR))
            var rest = [UInt8](repeating: 0, count: 65_536)
            while recv(connection, &rest, rest.count, 0) > 0 {}
            close(connection)
        }
        close(listener)
    }

    private func answer(_ connection: CInt) {
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 65_536)
        var request: Request?
        while request == nil {
            let count = recv(connection, &chunk, chunk.count, 0)
            guard count > 0 else { return }
            bytes += chunk[..<count]
            guard let end = bytes.firstRange(of: Array("\r\n\r\n".utf8)) else { continue }
            let head = String(decoding: bytes[..<end.lowerBound], as: UTF8.self)
            let partial = Request(head: head, body: [])
            let expected = partial["Content-Length"].flatMap { Int($0) } ?? 0
            if partial["Expect"] != nil, bytes.count == end.upperBound {
                send(connection, "HTTP/1.1 100 Continue\r\n\r\n")
            }
            let body = Array(bytes[end.upperBound...])
            if body.count >= expected { request = Request(head: head, body: body) }
        }
        guard let request else { return }
        let index = seen.withLock { seen in
            seen.append(request)
            return seen.count - 1
        }
        send(connection, script(request, index))
    }

    private func send(_ connection: CInt, _ text: String) { send(connection, Array(text.utf8)) }

    private func send(_ connection: CInt, _ bytes: [UInt8]) {
        var sent = 0
        while sent < bytes.count {
            let count = bytes[sent...].withUnsafeBytes {
                Glibc.send(connection, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else { return }
            sent += count
        }
    }
}

enum ScriptedServerError: Error { case noPort }

private func scriptedServerServes(_ context: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
    context.map { Unmanaged<ScriptedServer>.fromOpaque($0).takeRetainedValue() }?.serve()
    return nil
}

/// An answer whose Content-Length is that of `body`, of which only the first `sent` bytes are sent.
func answer(_ status: Int, _ fields: String..., body: [UInt8] = [], sent: Int? = nil) -> [UInt8] {
    let head = ["HTTP/1.1 \(status) X", "Content-Length: \(body.count)", "Connection: close"] + fields
    return Array((head.joined(separator: "\r\n") + "\r\n\r\n").utf8) + body.prefix(sent ?? body.count)
}

func answer(_ status: Int, _ fields: String..., text: String) -> [UInt8] {
    let head = ["HTTP/1.1 \(status) X", "Content-Length: \(text.utf8.count)", "Connection: close"] + fields
    return Array((head.joined(separator: "\r\n") + "\r\n\r\n" + text).utf8)
}
