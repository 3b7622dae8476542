/// Adds up the room that lists of postings take.
struct PostingRoom {
    let layout: PostingLayout
    /// In UInt32s.
    private(set) var used = 0

    init(layout: PostingLayout) { self.layout = layout }

    @discardableResult
    mutating func add(count: Int, hasLevels: Bool) -> Int {
        let room = layout.room(count: count, hasLevels: hasLevels)
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
        _ list: UnsafeBufferPointer<UInt32>, entry: Int, of section: SegmentSection, hasLevels: Bool
    ) -> UInt32 {
        let entries = memory.array(section, of: UInt32.self)
        let start = room.add(count: list.count, hasLevels: hasLevels)
        entries[entry * 2] = list.count == 1 ? list[0] : UInt32(start)
        entries[entry * 2 + 1] = UInt32(list.count)
        var publicCount: UInt32 = 0
        for posting in list where publicBits[Int(posting >> 10)] >> UInt64(posting >> 4 & 63) & 1 != 0 {
            publicCount += 1
        }
        guard list.count > 1, let base = postings.baseAddress.map({ $0 + start }) else { return publicCount }
        switch room.layout.kind(count: list.count, hasLevels: hasLevels) {
        case .none: break
        case .sorted:
            if let first = list.baseAddress { base.update(from: first, count: list.count) }
        case .dense:
            base[0] = publicCount
            write(list, bits: base + 2)
        case .blocked:
            base[0] = publicCount
            write(list, blocks: base + 1)
            let shorts = UnsafeMutableRawPointer(base + room.layout.blocks + 2).assumingMemoryBound(to: UInt16.self)
            for (place, posting) in list.enumerated() { shorts[place] = UInt16(truncatingIfNeeded: posting) }
        case .packed:
            base[0] = publicCount
            write(list, bits: base + 2)
            let starts = base + room.layout.packedStarts
            write(list, blocks: starts)
            let levels = UnsafeMutableRawPointer(starts + room.layout.blocks + 1).assumingMemoryBound(to: UInt8.self)
            for (place, posting) in list.enumerated() {
                levels[place >> 1] |= UInt8(posting & 15) << UInt8((place & 1) * 4)
            }
        }
        return publicCount
    }

    /// Writes where each block begins.
    private func write(_ list: UnsafeBufferPointer<UInt32>, blocks base: UnsafeMutablePointer<UInt32>) {
        var block = 0
        for (place, posting) in list.enumerated() {
            while block <= Int(posting >> 16) {
                base[block] = UInt32(place)
                block += 1
            }
        }
        while block <= room.layout.blocks {
            base[block] = UInt32(list.count)
            block += 1
        }
    }

    private func write(_ list: UnsafeBufferPointer<UInt32>, bits base: UnsafeMutablePointer<UInt32>) {
        let bits = UnsafeMutableRawPointer(base).assumingMemoryBound(to: UInt64.self)
        for posting in list { bits[Int(posting >> 10)] |= 1 << UInt64(posting >> 4 & 63) }
    }
}
