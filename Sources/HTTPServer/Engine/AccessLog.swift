import Encoding
import Glibc
import Synchronization

/// Lines about requests, gathered in memory and written when 16 KB are full or a second is over.
///
/// Never holds Authorization, Cookie, or the value of a `token` or `access_token` in a query.
final class AccessLog: @unchecked Sendable {
    struct Line {
        var remote: String
        var method: StaticString
        var target: UnsafeRawBufferPointer
        var status: Int
        var bytes: Int64
        var nanoseconds: Int64
        var id: UInt64
    }

    private static let threshold = 16 << 10
    private static let capacity = 64 << 10
    private static let longestTarget = 2048

    private let format: ServerConfiguration.LogFormat
    private let descriptor: Int32
    /// Guards `buffer`; the value is how much of it is used.
    private let used = Mutex(0)
    private let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: AccessLog.capacity, alignment: 8)
    // Only the event loop touches these.
    private var second: Int64 = -1
    private var time = ""

    init(_ format: ServerConfiguration.LogFormat, descriptor: Int32) {
        self.format = format
        self.descriptor = descriptor
    }

    deinit {
        flush()
        buffer.deallocate()
    }

    func write(_ line: Line) {
        guard format != .off else { return }
        let now = Clock.seconds()
        if now != second {
            second = now
            time = Timestamp.rfc3339(now)
        }
        used.withLock { used in
            // Escapes take up to six bytes each, so a line fits into half of the buffer.
            var pen = Pen(buffer: buffer, count: used)
            if format == .json { json(line, &pen) } else { text(line, &pen) }
            used = pen.count
            if used >= Self.threshold { drain(&used) }
        }
    }

    func flush() {
        used.withLock { drain(&$0) }
    }

    private func drain(_ used: inout Int) {
        var written = 0
        while written < used {
            let count = Glibc.write(descriptor, buffer.baseAddress?.advanced(by: written), used - written)
            if count < 0 && errno == EINTR { continue }
            // A log that nobody reads must not stop the server.
            if count <= 0 { break }
            written += count
        }
        used = 0
    }

    private func text(_ line: Line, _ pen: inout Pen) {
        pen.put(text: time)
        pen.put(" ")
        pen.put(text: line.remote)
        pen.put(" \"")
        pen.put(line.method)
        pen.put(" ")
        pen.putEscaped(target(of: line), asJSON: false)
        pen.put("\" ")
        pen.put(Int64(line.status))
        pen.put(" ")
        pen.put(line.bytes)
        pen.put(" ")
        pen.putMilliseconds(line.nanoseconds)
        pen.put(" ")
        pen.put(id: line.id)
        pen.put("\n")
    }

    private func json(_ line: Line, _ pen: inout Pen) {
        pen.put("{\"time\":\"")
        pen.put(text: time)
        pen.put("\",\"remote\":\"")
        pen.put(text: line.remote)
        pen.put("\",\"method\":\"")
        pen.put(line.method)
        pen.put("\",\"target\":\"")
        pen.putEscaped(target(of: line), asJSON: true)
        pen.put("\",\"status\":")
        pen.put(Int64(line.status))
        pen.put(",\"bytes\":")
        pen.put(line.bytes)
        pen.put(",\"ms\":")
        pen.putMilliseconds(line.nanoseconds)
        pen.put(",\"id\":\"")
        pen.put(id: line.id)
        pen.put("\"}\n")
    }

    private func target(of line: Line) -> UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(rebasing: line.target.prefix(Self.longestTarget))
    }
}

/// Appends to a buffer; what does not fit is left out.
private struct Pen {
    let buffer: UnsafeMutableRawBufferPointer
    var count: Int

    @inline(__always)
    mutating func put(_ bytes: UnsafeRawBufferPointer) {
        guard let source = bytes.baseAddress, bytes.count <= buffer.count - count else { return }
        buffer.baseAddress?.advanced(by: count).copyMemory(from: source, byteCount: bytes.count)
        count += bytes.count
    }

    @inline(__always)
    mutating func put(byte: UInt8) {
        guard count < buffer.count else { return }
        buffer[count] = byte
        count += 1
    }

    mutating func put(_ text: StaticString) {
        put(UnsafeRawBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }

    mutating func put(text: String) {
        var text = text
        text.withUTF8 { put(UnsafeRawBufferPointer($0)) }
    }

    mutating func put(_ number: Int64) {
        withUnsafeTemporaryAllocation(byteCount: 20, alignment: 8) { digits in
            var rest = number.magnitude
            var first = 20
            repeat {
                first -= 1
                digits[first] = 0x30 + UInt8(rest % 10)
                rest /= 10
            } while rest > 0
            put(UnsafeRawBufferPointer(rebasing: digits[first...]))
        }
    }

    mutating func putMilliseconds(_ nanoseconds: Int64) {
        let micros = max(0, nanoseconds / 1000)
        put(micros / 1000)
        put(byte: 0x2E)
        put(byte: 0x30 + UInt8(micros / 100 % 10))
        put(byte: 0x30 + UInt8(micros / 10 % 10))
        put(byte: 0x30 + UInt8(micros % 10))
    }

    mutating func put(id: UInt64) {
        guard buffer.count - count >= 16, let base = buffer.baseAddress else { return }
        RequestID.write(id, to: base.advanced(by: count))
        count += 16
    }

    /// Escapes quotes, backslashes and all that is not visible ASCII; hides the values of tokens.
    mutating func putEscaped(_ bytes: UnsafeRawBufferPointer, asJSON: Bool) {
        let digits: StaticString = "0123456789abcdef"
        var inQuery = false
        var index = 0
        while index < bytes.count {
            let byte = bytes[index]
            index += 1
            if byte > 0x20 && byte < 0x7F && byte != 0x22 && byte != 0x5C {
                put(byte: byte)
                if byte == 0x3F { inQuery = true }
                if inQuery, byte == 0x3D, endsWithToken(bytes, index - 1) {
                    put("***")
                    while index < bytes.count, bytes[index] != 0x26 { index += 1 }
                }
                continue
            }
            put(asJSON ? "\\u00" : "\\x")
            put(byte: digits.utf8Start[Int(byte >> 4)])
            put(byte: digits.utf8Start[Int(byte & 15)])
        }
    }

    private func endsWithToken(_ bytes: UnsafeRawBufferPointer, _ end: Int) -> Bool {
        end >= 5 && UnsafeRawBufferPointer(rebasing: bytes[(end - 5)..<end]).equals("token")
    }
}
