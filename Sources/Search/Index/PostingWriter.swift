/// Adds up the room that lists of postings take.
struct PostingRoom {
    let layout: PostingLayout
    /// In UInt32s.
    private(set) var used = 0

    init(layout: PostingLayout) { self.layout = layout }

    @discardableResult
    mutating func add(count: Int, isDense: Bool) -> Int {
        let room = layout.room(count: count, isDense: isDense)
        if room.isEven, used & 1 == 1 { used += 1 }
        let start = used
        used += room.size
        return start
    }
}

/// Writes lists of postings into the memory of a segment, in the order in which their room was added up.
struct PostingWriter {
    private let memory: SegmentMemory
    private let publicBits: UnsafeMutableBufferPointer<UInt64>
    private let postings: UnsafeMutableBufferPointer<UInt32>
    private var room: PostingRoom

    init(_ memory: SegmentMemory, _ layout: PostingLayout) {
        self.memory = memory
        publicBits = memory.array(.publicBits, of: UInt64.self)
        postings = memory.array(.postings, of: UInt32.self)
        room = PostingRoom(layout: layout)
    }

    /// - Returns: How many of the documents are public.
    @discardableResult
    mutating func write(
        _ list: UnsafeBufferPointer<UInt32>, entry: Int, of section: SegmentSection, isDense: Bool
    ) -> UInt32 {
        let entries = memory.array(section, of: UInt32.self)
        let start = room.add(count: list.count, isDense: isDense)
        entries[entry * 2] = list.count == 1 ? list[0] : UInt32(start)
        entries[entry * 2 + 1] = UInt32(list.count)
        var publicCount: UInt32 = 0
        for posting in list where publicBits[Int(posting >> 10)] >> UInt64(posting >> 4 & 63) & 1 != 0 {
            publicCount += 1
        }
        guard list.count > 1, let base = postings.baseAddress.map({ $0 + start }) else { return publicCount }
        switch room.layout.kind(count: list.count, isDense: isDense) {
        case .none, .levels: break
        case .sorted:
            if let first = list.baseAddress { base.update(from: first, count: list.count) }
        case .dense:
            base[0] = publicCount
            write(list, bits: base + 2)
        case .blocked:
            base[0] = publicCount
            let blocks = room.layout.blocks
            let shorts = UnsafeMutableRawPointer(base + blocks + 2).assumingMemoryBound(to: UInt16.self)
            var block = 0
            for (place, posting) in list.enumerated() {
                while block <= Int(posting >> 16) {
                    base[1 + block] = UInt32(place)
                    block += 1
                }
                shorts[place] = UInt16(truncatingIfNeeded: posting)
            }
            while block <= blocks {
                base[1 + block] = UInt32(list.count)
                block += 1
            }
            if room.layout.isCommon(list.count) { write(list, bits: base + room.layout.bitsOffset(list.count)) }
        }
        return publicCount
    }

    private func write(_ list: UnsafeBufferPointer<UInt32>, bits base: UnsafeMutablePointer<UInt32>) {
        let bits = UnsafeMutableRawPointer(base).assumingMemoryBound(to: UInt64.self)
        for posting in list { bits[Int(posting >> 10)] |= 1 << UInt64(posting >> 4 & 63) }
    }
}

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
