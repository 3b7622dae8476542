import Glibc

/// Writes JSON into one growing buffer: no intermediate values, no allocation once the buffer is large enough.
///
/// Commas come by themselves. For example:
///
///     let bytes = JSONWriter.bytes { json in
///         json.object { json in
///             json.member("total", 1)
///             json.key("items")
///             json.array { json in for item in items { json.string(item.name) } }
///         }
///     }
public struct JSONWriter: ~Copyable {
    private var buffer: UnsafeMutablePointer<UInt8>
    private var capacity: Int
    private var needsComma = false

    /// How many bytes have been written.
    public private(set) var count = 0

    /// - Parameter capacity: Room in bytes to start with; it grows by itself.
    public init(capacity: Int = 4096) {
        self.capacity = max(capacity, 64)
        buffer = .allocate(capacity: self.capacity)
    }

    deinit { buffer.deallocate() }

    /// What `body` writes.
    public static func bytes(
        capacity: Int = 4096, _ body: (inout JSONWriter) throws -> Void
    ) rethrows -> [UInt8] {
        var writer = JSONWriter(capacity: capacity)
        try body(&writer)
        return writer.bytes
    }

    /// A copy of what has been written so far.
    public var bytes: [UInt8] { Array(UnsafeBufferPointer(start: buffer, count: count)) }

    // MARK: Structure

    /// Writes an object; `body` writes its members.
    public mutating func object(_ body: (inout JSONWriter) throws -> Void) rethrows {
        open(UInt8(ascii: "{"))
        try body(&self)
        close(UInt8(ascii: "}"))
    }

    /// Writes an array; `body` writes its elements.
    public mutating func array(_ body: (inout JSONWriter) throws -> Void) rethrows {
        open(UInt8(ascii: "["))
        try body(&self)
        close(UInt8(ascii: "]"))
    }

    /// Writes the key of the next value. A literal without quotes, backslashes and control characters.
    public mutating func key(_ key: StaticString) {
        let length = key.utf8CodeUnitCount
        assert(JSONEscape.isPlain(key), "the key \(key) needs escapes")
        reserve(length + 4)
        comma()
        put(UInt8(ascii: "\""))
        memcpy(buffer + count, key.utf8Start, length)
        count += length
        put(UInt8(ascii: "\""))
        put(UInt8(ascii: ":"))
        needsComma = false
    }

    /// Writes the key of the next value, escaped.
    @_disfavoredOverload
    public mutating func key(_ key: String) {
        string(key)
        reserve(1)
        put(UInt8(ascii: ":"))
        needsComma = false
    }

    // MARK: Values

    /// Writes `null`.
    public mutating func null() { literal("null") }

    /// Writes `true` or `false`.
    public mutating func bool(_ value: Bool) { literal(value ? "true" : "false") }

    /// Writes all digits, also beyond 2⁵³, where other readers may round (RFC 8259 §6).
    public mutating func integer(_ value: Int64) {
        reserve(24)
        comma()
        if value < 0 { put(UInt8(ascii: "-")) }
        var rest = value.magnitude
        var length = 1
        while rest >= 10 {
            rest /= 10
            length += 1
        }
        rest = value.magnitude
        for position in stride(from: count + length - 1, through: count, by: -1) {
            buffer[position] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10)
            rest /= 10
        }
        count += length
        needsComma = true
    }

    public mutating func integer(_ value: Int) { integer(Int64(value)) }

    /// Writes a number in its shortest form. Infinities and not-a-number, which JSON lacks, become `null`.
    public mutating func number(_ value: Double) {
        guard let text = JSONNumber.text(value) else { return null() }
        raw(Array(text.utf8))
    }

    /// Writes `value` between quotes, escaped as RFC 8785 §3.2.2.2 says.
    public mutating func string(_ value: String) {
        var value = value
        value.withUTF8 { string(utf8: UnsafeRawBufferPointer($0)) }
    }

    /// Writes the string whose UTF-8 is `bytes`, such as a column's.
    public mutating func string(utf8 bytes: UnsafeRawBufferPointer) {
        // Six bytes for each is the worst case (`\u001f`): checked once, not per byte.
        reserve(bytes.count * 6 + 3)
        comma()
        put(UInt8(ascii: "\""))
        count += JSONEscape.copy(bytes, to: buffer + count)
        put(UInt8(ascii: "\""))
        needsComma = true
    }

    /// Writes a value that is JSON already.
    public mutating func raw(_ json: [UInt8]) {
        json.withUnsafeBytes { raw($0) }
    }

    /// Writes a value that is JSON already.
    public mutating func raw(_ json: UnsafeRawBufferPointer) {
        reserve(json.count + 1)
        comma()
        if let start = json.baseAddress { memcpy(buffer + count, start, json.count) }
        count += json.count
        needsComma = true
    }

    // MARK: Bytes

    private mutating func literal(_ text: StaticString) {
        raw(UnsafeRawBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }

    private mutating func open(_ byte: UInt8) {
        reserve(2)
        comma()
        put(byte)
        needsComma = false
    }

    private mutating func close(_ byte: UInt8) {
        reserve(1)
        put(byte)
        needsComma = true
    }

    @inline(__always)
    private mutating func comma() {
        if needsComma { put(UInt8(ascii: ",")) }
    }

    /// Appends one byte. The caller has reserved the room.
    @inline(__always)
    private mutating func put(_ byte: UInt8) {
        buffer[count] = byte
        count += 1
    }

    @inline(__always)
    private mutating func reserve(_ room: Int) {
        if room > capacity - count { grow(room) }
    }

    @inline(never)
    private mutating func grow(_ room: Int) {
        capacity = max(capacity * 2, count + room)
        let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: capacity)
        larger.update(from: buffer, count: count)
        buffer.deallocate()
        buffer = larger
    }
}
