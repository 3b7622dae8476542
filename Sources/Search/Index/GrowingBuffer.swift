/// An array of numbers without checks, for what grows to millions.
struct GrowingBuffer<Element: BitwiseCopyable>: ~Copyable {
    private(set) var base: UnsafeMutablePointer<Element>
    private(set) var count = 0
    private var capacity: Int

    init(capacity: Int = 16) {
        self.capacity = max(1, capacity)
        base = .allocate(capacity: self.capacity)
    }

    init(repeating element: Element, count: Int) {
        self.init(capacity: count)
        base.initialize(repeating: element, count: count)
        self.count = count
    }

    deinit { base.deallocate() }

    var buffer: UnsafeBufferPointer<Element> { UnsafeBufferPointer(start: base, count: count) }

    subscript(place: Int) -> Element {
        @inline(__always) get { base[place] }
        @inline(__always) nonmutating set { base[place] = newValue }
    }

    @inline(__always)
    mutating func append(_ element: Element) {
        if count == capacity { grow(to: count + 1) }
        base[count] = element
        count &+= 1
    }

    mutating func append(contentsOf elements: UnsafeBufferPointer<Element>) {
        guard let first = elements.baseAddress, !elements.isEmpty else { return }
        if count + elements.count > capacity { grow(to: count + elements.count) }
        (base + count).update(from: first, count: elements.count)
        count += elements.count
    }

    mutating func removeAll() { count = 0 }

    /// Shorter by what is behind `count`.
    mutating func truncate(to count: Int) { self.count = min(self.count, count) }

    private mutating func grow(to least: Int) {
        // By half: the buffers of a million models are large, and both are there for a moment.
        let size = max(least, capacity + capacity / 2 + 8)
        let larger = UnsafeMutablePointer<Element>.allocate(capacity: size)
        larger.update(from: base, count: count)
        base.deallocate()
        (base, capacity) = (larger, size)
    }
}

extension GrowingBuffer {
    /// A buffer that an array can hold.
    final class Box: @unchecked Sendable {
        // Sendable: it is filled by the one who makes it, before anyone else has it.
        let buffer: GrowingBuffer<Element>

        init(repeating element: Element, count: Int) { buffer = GrowingBuffer(repeating: element, count: count) }
    }
}
