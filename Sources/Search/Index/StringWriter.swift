/// Writes strings one after the other, and where each begins.
struct StringWriter {
    private let starts: UnsafeMutableBufferPointer<UInt32>
    private let bytes: UnsafeMutableBufferPointer<UInt8>
    private var count = 0
    private var used = 0

    init(_ memory: SegmentMemory, _ starts: SegmentSection, _ bytes: SegmentSection) {
        self.starts = memory.array(starts, of: UInt32.self)
        self.bytes = memory.array(bytes, of: UInt8.self)
    }

    mutating func append(_ text: String) {
        var text = text
        text.withUTF8 { append($0) }
    }

    mutating func append(_ text: UnsafeBufferPointer<UInt8>) {
        for byte in text {
            bytes[used] = byte
            used += 1
        }
        count += 1
        starts[count] = UInt32(used)
    }
}
