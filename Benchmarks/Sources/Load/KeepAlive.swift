import Glibc

/// One HTTP/1.1 connection to 127.0.0.1 that stays open. Used by one thread at a time.
package struct KeepAlive: ~Copyable {
    private let descriptor: Int32
    private var buffer = [UInt8](repeating: 0, count: 1 << 16)
    /// Bytes in `buffer` that came after the answer before.
    private var held = 0

    /// nil when nobody listens.
    package init?(port: UInt16) {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
        var one: Int32 = 1
        setsockopt(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &one, socklen_t(MemoryLayout<Int32>.size))
        let connected = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard connected == 0 else {
            close(descriptor)
            return nil
        }
    }

    deinit { close(descriptor) }

    /// False when the connection is gone.
    package func send(_ bytes: [UInt8]) -> Bool {
        var sent = 0
        while sent < bytes.count {
            let written = bytes[sent...].withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
            guard written > 0 else { return false }
            sent += written
        }
        return true
    }

    /// Reads one answer to its end; nil when the connection is gone or what comes is not understood.
    package mutating func receive() -> Answer? {
        var searched = 0
        var head = endOfHead(from: &searched)
        while head == nil {
            guard fill() else { return nil }
            head = endOfHead(from: &searched)
        }
        guard let head, let answer = Answer(head: buffer[..<head]) else { return nil }
        while held < head + answer.length {
            guard fill() else { return nil }
        }
        let end = head + answer.length
        buffer.withUnsafeMutableBytes { [held] bytes in
            guard let base = bytes.baseAddress else { return }
            memmove(base, base + end, held - end)
        }
        held -= end
        return answer
    }

    private mutating func fill() -> Bool {
        if held == buffer.count { buffer.append(contentsOf: repeatElement(0, count: buffer.count)) }
        let count = buffer.withUnsafeMutableBytes { [held] in
            read(descriptor, $0.baseAddress.map { $0 + held }, $0.count - held)
        }
        guard count > 0 else { return false }
        held += count
        return true
    }

    /// The place behind the empty line.
    private func endOfHead(from searched: inout Int) -> Int? {
        while searched + 4 <= held {
            if buffer[searched + 3] == 10, buffer[searched + 2] == 13, buffer[searched + 1] == 10, buffer[searched] == 13 {
                return searched + 4
            }
            searched += 1
        }
        return nil
    }
}
