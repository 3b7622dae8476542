import Glibc
public import HTTPServer

/// Sends one request a connection and reads to its end: nothing between a test and the wire.
public struct TestClient: Sendable {
    public let port: UInt16

    public init(port: UInt16) {
        self.port = port
    }

    public func send(
        _ method: String, _ target: String, fields: Fields = [:], body: [UInt8]? = nil
    ) throws -> TestResponse {
        var head = "\(method) \(target) HTTP/1.1\r\nConnection: close\r\n"
        if !fields.contains("Host") { head += "Host: 127.0.0.1:\(port)\r\n" }
        for field in fields { head += "\(field.name): \(field.value)\r\n" }
        if let body, !fields.contains("Content-Length") { head += "Content-Length: \(body.count)\r\n" }
        return try TestResponse(parsing: exchange(Array((head + "\r\n").utf8) + (body ?? [])))
    }

    /// A connected socket, for a test to close.
    public func open() throws -> Int32 {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        guard descriptor >= 0 else { throw TestClientError.noConnection }
        var timeout = timeval(tv_sec: 10, tv_usec: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &timeout, socklen_t(MemoryLayout<timeval>.size))
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        let isConnected = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
            }
        }
        guard isConnected else {
            close(descriptor)
            throw TestClientError.noConnection
        }
        return descriptor
    }

    /// Sends bytes as they are and gives what comes back until the server closes, at most 10 s of silence later.
    public func exchange(_ bytes: [UInt8]) throws -> [UInt8] {
        let descriptor = try open()
        defer { close(descriptor) }
        var sent = 0
        while sent < bytes.count {
            let count = bytes[sent...].withUnsafeBytes {
                Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            // A refused upload is cut; the answer is there all the same.
            guard count > 0 else { break }
            sent += count
        }
        var received: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = recv(descriptor, &chunk, chunk.count, 0)
            guard count > 0 else { break }
            received += chunk[..<count]
        }
        return received
    }
}
