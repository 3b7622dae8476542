import Glibc

/// Strings of a segment, UTF-8, mostly in the order of their bytes.
struct SegmentStrings: Sendable {
    let starts: SegmentArray<UInt32>
    let bytes: SegmentArray<UInt8>

    init(_ memory: SegmentMemory, _ starts: SegmentSection, _ bytes: SegmentSection) {
        self.starts = SegmentArray(memory, starts)
        self.bytes = SegmentArray(memory, bytes)
    }

    var count: Int { max(0, starts.count - 1) }

    @inline(__always)
    func bytes(_ place: Int) -> UnsafeBufferPointer<UInt8> {
        let start = Int(starts[place])
        return UnsafeBufferPointer(start: bytes.base + start, count: Int(starts[place + 1]) - start)
    }

    subscript(place: Int) -> String { String(decoding: bytes(place), as: UTF8.self) }

    func place(of text: String, in range: Range<Int>? = nil) -> Int? {
        withBytes(text) { wanted in
            let place = firstPlace(notBelow: wanted, in: range ?? 0..<count)
            guard place < range?.upperBound ?? count, Self.order(bytes(place), wanted) == 0 else { return nil }
            return place
        }
    }

    /// The places of strings that begin with `text`, where all are in order.
    func places(beginning text: String) -> Range<Int> {
        withBytes(text) { wanted in
            let first = firstPlace(notBelow: wanted, in: 0..<count)
            var (low, high) = (first, count)
            while low < high {
                let middle = (low + high) >> 1
                let string = bytes(middle)
                if Self.order(UnsafeBufferPointer(rebasing: string.prefix(wanted.count)), wanted) == 0 {
                    low = middle + 1
                } else {
                    high = middle
                }
            }
            return first..<low
        }
    }

    func firstPlace(notBelow wanted: UnsafeBufferPointer<UInt8>, in range: Range<Int>) -> Int {
        var (low, high) = (range.lowerBound, range.upperBound)
        while low < high {
            let middle = (low + high) >> 1
            if Self.order(bytes(middle), wanted) < 0 { low = middle + 1 } else { high = middle }
        }
        return low
    }

    private func withBytes<Result>(_ text: String, _ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
        var text = text
        return text.withUTF8(body)
    }

    /// Less than 0 when `left` comes first in the order of bytes, 0 when they are equal.
    static func order(_ left: UnsafeBufferPointer<UInt8>, _ right: UnsafeBufferPointer<UInt8>) -> Int {
        let common = min(left.count, right.count)
        if common > 0, let first = left.baseAddress, let second = right.baseAddress {
            let difference = memcmp(first, second, common)
            if difference != 0 { return Int(difference) }
        }
        return left.count - right.count
    }
}
