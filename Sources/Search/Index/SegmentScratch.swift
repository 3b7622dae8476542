import Glibc
import Synchronization
import Threads

/// Memory that lasts for one request: taken piece by piece, given back at once.
///
/// Scratches are kept for later requests, so that memory that was just used is used again. They take theirs from the system
/// and not from the heap, which would be left with holes that only the largest requests fill.
final class SegmentScratch: @unchecked Sendable {
    // Sendable: it is in the pool or in the hands of one request.

    private typealias Piece = (base: UnsafeMutableRawPointer, size: Int)

    /// The first is kept, and becomes larger after requests that need more.
    private var pieces: [Piece]
    /// What is left of the last piece.
    private var next: UnsafeMutableRawPointer
    private var end: UnsafeMutableRawPointer
    private var kept: [CommonCache.Entry] = []

    private static let pool = Mutex<[SegmentScratch]>([])
    /// As many as work at once where all cores search, and one.
    private static let mostKept = max(3, Thread.cores + 1)
    private static let leastSize = 2 << 20
    private static let largestKept = 8 << 20

    private init() {
        let first = Self.piece(Self.leastSize)
        pieces = [first]
        (next, end) = (first.base, first.base + first.size)
    }

    deinit {
        for piece in pieces { LargePages.give(piece.base, piece.size) }
    }

    static func with<Result>(_ body: (SegmentScratch) throws -> Result) rethrows -> Result {
        let scratch = pool.withLock { $0.popLast() } ?? SegmentScratch()
        defer {
            scratch.reset()
            pool.withLock { if $0.count < mostKept { $0.append(scratch) } }
        }
        return try body(scratch)
    }

    /// Lets go what is kept for later requests.
    static func drain() { pool.withLock { $0 = [] } }

    /// Room for elements that are to be written first.
    func take<Element: BitwiseCopyable>(_ count: Int, of type: Element.Type) -> UnsafeMutablePointer<Element> {
        let size = Self.room(count, of: type)
        if next + size > end {
            let more = Self.piece(size)
            pieces.append(more)
            (next, end) = (more.base, more.base + more.size)
        }
        defer { next += size }
        return next.bindMemory(to: type, capacity: count)
    }

    /// Gives back the end of what was taken last: all but the first `kept` elements.
    func giveBack<Element: BitwiseCopyable>(_ elements: UnsafeMutablePointer<Element>, kept: Int) {
        next = UnsafeMutableRawPointer(elements) + Self.room(kept, of: Element.self)
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
        if pieces.count > 1, pieces[0].size < Self.largestKept {
            let total = pieces.reduce(0) { $0 + $1.size }
            for piece in pieces { LargePages.give(piece.base, piece.size) }
            pieces = [Self.piece(min(total, Self.largestKept))]
        }
        for piece in pieces.dropFirst() { LargePages.give(piece.base, piece.size) }
        pieces.removeLast(pieces.count - 1)
        (next, end) = (pieces[0].base, pieces[0].base + pieces[0].size)
    }

    /// In whole lines of the cache.
    private static func room<Element>(_ count: Int, of type: Element.Type) -> Int {
        (count * MemoryLayout<Element>.stride + 63) & ~63
    }

    private static func piece(_ size: Int) -> Piece {
        let size = LargePages.rounded(size)
        guard let base = LargePages.take(size) else { fatalError("no memory for a search of \(size) bytes") }
        return (base, size)
    }
}
