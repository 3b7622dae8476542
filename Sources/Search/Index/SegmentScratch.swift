import Glibc
import Synchronization

/// Memory that lasts for one request: taken piece by piece, given back at once.
///
/// Scratches are kept for later requests, so that memory that was just used is used again.
final class SegmentScratch: @unchecked Sendable {
    // Sendable: it is in the pool or in the hands of one request.

    private var base: UnsafeMutableRawPointer
    private var capacity: Int
    private var used = 0
    private var total = 0
    private var extras: [UnsafeMutableRawPointer] = []
    private var kept: [CommonCache.Entry] = []

    private static let pool = Mutex<[SegmentScratch]>([])
    private static let mostKept = 4
    private static let largestKept = 24 << 20

    private init() {
        capacity = 1 << 20
        base = Self.allocate(capacity)
    }

    deinit {
        free(base)
        for extra in extras { free(extra) }
    }

    static func with<Result>(_ body: (SegmentScratch) throws -> Result) rethrows -> Result {
        let scratch = pool.withLock { $0.popLast() } ?? SegmentScratch()
        defer {
            scratch.reset()
            pool.withLock { if $0.count < mostKept { $0.append(scratch) } }
        }
        return try body(scratch)
    }

    /// Room for elements that are to be written first.
    func take<Element: BitwiseCopyable>(_ count: Int, of type: Element.Type) -> UnsafeMutablePointer<Element> {
        let size = (count * MemoryLayout<Element>.stride + 63) & ~63
        total += size
        if used + size > capacity {
            let extra = Self.allocate(size)
            extras.append(extra)
            return extra.bindMemory(to: type, capacity: count)
        }
        defer { used += size }
        return (base + used).bindMemory(to: type, capacity: count)
    }

    /// Room for elements that are zero.
    func zeros<Element: BitwiseCopyable>(_ count: Int, of type: Element.Type) -> UnsafeMutablePointer<Element> {
        let elements = take(count, of: type)
        memset(elements, 0, count * MemoryLayout<Element>.stride)
        return elements
    }

    func copy<Element: BitwiseCopyable>(_ elements: [Element]) -> UnsafeBufferPointer<Element> {
        let copy = UnsafeMutableBufferPointer(start: take(elements.count, of: Element.self), count: elements.count)
        _ = copy.initialize(from: elements)
        return UnsafeBufferPointer(copy)
    }

    /// Keeps a list alive for as long as the request.
    func keep(_ entry: CommonCache.Entry) { kept.append(entry) }

    private func reset() {
        kept.removeAll()
        for extra in extras { free(extra) }
        if !extras.isEmpty, total > capacity, capacity < Self.largestKept {
            free(base)
            capacity = min(total + total / 4, Self.largestKept)
            base = Self.allocate(capacity)
        }
        extras = []
        (used, total) = (0, 0)
    }

    private static func allocate(_ size: Int) -> UnsafeMutableRawPointer {
        var memory: UnsafeMutableRawPointer?
        guard posix_memalign(&memory, 64, max(size, 64)) == 0, let memory else {
            fatalError("no memory for a search of \(size) bytes")
        }
        return memory
    }
}
