import Glibc

/// A client that sends the bytes it is given and reads what comes back.
final class RawClient {
    struct Reply {
        var status = 0
        var head = ""
        var body: [UInt8] = []

        var text: String { String(decoding: body, as: UTF8.self) }

        func field(_ name: String) -> String? {
            for line in head.split(separator: "\r\n").dropFirst() {
                let halves = line.split(separator: ":", maxSplits: 1)
                if halves.count == 2, halves[0].lowercased() == name.lowercased() {
                    return String(halves[1].drop { $0 == " " })
                }
            }
            return nil
        }
    }

    private(set) var descriptor: Int32
    private var buffer: [UInt8] = []

    init(port: UInt16, receiveBuffer: Int32 = 0) throws {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var patience = timeval(tv_sec: 10, tv_usec: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
        if receiveBuffer > 0 {
            var size = receiveBuffer
            setsockopt(descriptor, SOL_SOCKET, SO_RCVBUF, &size, 4)
        }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        inet_pton(AF_INET, "127.0.0.1", &address.sin_addr)
        let result = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        if result != 0 { throw ClientError(errno: errno) }
    }

    deinit { if descriptor >= 0 { close(descriptor) } }

    struct ClientError: Error { var errno: Int32 }

    /// - Returns: whether all of it was taken.
    @discardableResult func send(_ text: String) -> Bool { send(Array(text.utf8)) }

    @discardableResult func send(_ bytes: [UInt8]) -> Bool {
        var sent = 0
        while sent < bytes.count {
            let count = bytes.withUnsafeBytes {
                Glibc.send(descriptor, $0.baseAddress?.advanced(by: sent), bytes.count - sent, Int32(MSG_NOSIGNAL))
            }
            if count <= 0 { return false }
            sent += count
        }
        return true
    }

    /// Ends the connection as a vanishing client does.
    func vanish() {
        var linger = Glibc.linger(l_onoff: 1, l_linger: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &linger, socklen_t(MemoryLayout<Glibc.linger>.size))
        close(descriptor)
        descriptor = -1
    }

    /// - Returns: false at the end of the stream, on a reset, or after 10 seconds.
    private func fill() -> Bool {
        var chunk = [UInt8](repeating: 0, count: 65_536)
        let count = recv(descriptor, &chunk, chunk.count, 0)
        if count > 0 { buffer += chunk[..<count] }
        return count > 0
    }

    /// Reads one response. HEAD and 304 have no body, whatever their head says.
    func reply(isHead: Bool = false) -> Reply? {
        var end: Int?
        while true {
            end = Self.headEnd(buffer)
            if end != nil || !fill() { break }
        }
        guard let end else { return nil }
        var reply = Reply(head: String(decoding: buffer[..<end], as: UTF8.self))
        buffer.removeFirst(end)
        reply.status = reply.head.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0
        if isHead || reply.status == 304 || reply.status < 200 || reply.status == 204 { return reply }
        if reply.field("Transfer-Encoding") == "chunked" {
            guard readChunks(into: &reply) else { return nil }
        } else if let length = reply.field("Content-Length").flatMap({ Int($0) }) {
            while buffer.count < length, fill() {}
            guard buffer.count >= length else { return nil }
            reply.body = Array(buffer[..<length])
            buffer.removeFirst(length)
        }
        return reply
    }

    private func readChunks(into reply: inout Reply) -> Bool {
        while true {
            var line: Int?
            while line == nil {
                line = buffer.firstIndex(of: 0x0A)
                if line == nil, !fill() { return false }
            }
            guard let line, let size = Int(String(decoding: buffer[..<(line - 1)], as: UTF8.self), radix: 16) else {
                return false
            }
            while buffer.count < line + 1 + size + 2 { if !fill() { return false } }
            reply.body += buffer[(line + 1)..<(line + 1 + size)]
            buffer.removeFirst(line + 1 + size + 2)
            if size == 0 { return true }
        }
    }

    /// Whether the server closes, and sends no further response of a handler before.
    ///
    /// libmicrohttpd sends the head of a refusal of its own twice.
    func isClosed() -> Bool {
        while fill() {}
        var byte: UInt8 = 0
        let isOver = recv(descriptor, &byte, 1, Int32(MSG_DONTWAIT)) == 0 || errno == ECONNRESET
        return isOver && !String(decoding: buffer, as: UTF8.self).contains("X-Request-Id")
    }

    /// Everything up to the end of the connection.
    func rest() -> [UInt8] {
        while fill() {}
        defer { buffer = [] }
        return buffer
    }

    private static func headEnd(_ bytes: [UInt8]) -> Int? {
        guard bytes.count >= 4 else { return nil }
        for index in 3..<bytes.count
        where bytes[index] == 0x0A && bytes[index - 1] == 0x0D && bytes[index - 2] == 0x0A && bytes[index - 3] == 0x0D {
            return index + 1
        }
        return nil
    }
}
