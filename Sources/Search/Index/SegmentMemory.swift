import Glibc

/// The memory of a segment: a header, a table of sections, and the sections. A saved segment is this, byte for byte.
///
/// Header: `MORUSRCH`, format (UInt32), number of sections (UInt32), length of all (UInt64), checksum of what follows
/// it (UInt64), then two numbers of the owner's (``SegmentStamp``). Table: begin and length (UInt64) of each section.
final class SegmentMemory: @unchecked Sendable {
    // Sendable: written only by the one who makes it, before anyone else has it.

    static let magic: UInt64 = 0x4843_5253_5552_4F4D  // "MORUSRCH"
    /// Changes whenever the sections, the tokens of ``SearchWords`` or their meaning change.
    static let format: UInt32 = 5
    static let checksumOffset = 24
    static let stampOffset = 32
    static let tableOffset = 48
    static let headerLength = (tableOffset + SegmentSection.allCases.count * 16 + 63) & ~63

    let base: UnsafeMutableRawPointer
    let length: Int
    /// How many bytes of a mapped file stand before it; nil when the memory is its own.
    private let mappedBefore: Int?

    /// Room for sections of these lengths in bytes, all zero.
    convenience init(lengths: [SegmentSection: Int]) {
        var length = Self.headerLength
        var places: [(begin: Int, length: Int)] = []
        for section in SegmentSection.allCases {
            let size = lengths[section, default: 0]
            places.append((length, size))
            length = (length + size + 63) & ~63
        }
        self.init(zeroed: length)
        base.storeBytes(of: Self.magic, toByteOffset: 0, as: UInt64.self)
        base.storeBytes(of: Self.format, toByteOffset: 8, as: UInt32.self)
        base.storeBytes(of: UInt32(SegmentSection.allCases.count), toByteOffset: 12, as: UInt32.self)
        base.storeBytes(of: UInt64(length), toByteOffset: 16, as: UInt64.self)
        for (section, place) in zip(SegmentSection.allCases, places) {
            let entry = Self.tableOffset + section.rawValue * 16
            base.storeBytes(of: UInt64(place.begin), toByteOffset: entry, as: UInt64.self)
            base.storeBytes(of: UInt64(place.length), toByteOffset: entry + 8, as: UInt64.self)
        }
    }

    init(zeroed length: Int) {
        (self.length, mappedBefore) = (length, nil)
        guard let base = Self.zeros(length) else { fatalError("no memory for a search segment of \(length) bytes") }
        self.base = base
    }

    /// The bytes of a file from a place on that is a multiple of 64, in pages of the system, which may take them back and
    /// read them again; nil when it cannot be mapped.
    init?(mapping descriptor: Int32, from start: Int, length: Int) {
        guard start >= 0, start % 64 == 0, length >= Self.headerLength else { return nil }
        guard let found = mmap(nil, start + length, PROT_READ, MAP_PRIVATE, descriptor, 0), found != MAP_FAILED else {
            return nil
        }
        (base, self.length, mappedBefore) = (found + start, length, start)
    }

    deinit {
        if let mappedBefore {
            munmap(base - mappedBefore, mappedBefore + length)
            return
        }
        if length < LargePages.least { free(base) } else { LargePages.give(base, length) }
    }

    private static func zeros(_ length: Int) -> UnsafeMutableRawPointer? {
        length < LargePages.least ? calloc(length, 1) : LargePages.take(length)
    }

    func bytes(_ section: SegmentSection) -> UnsafeMutableRawBufferPointer {
        let entry = Self.tableOffset + section.rawValue * 16
        return UnsafeMutableRawBufferPointer(
            start: base + Int(base.load(fromByteOffset: entry, as: UInt64.self)),
            count: Int(base.load(fromByteOffset: entry + 8, as: UInt64.self)))
    }

    /// The section as an array; longer by nothing, shorter by what does not fill an element.
    func array<Element: BitwiseCopyable>(
        _ section: SegmentSection, of type: Element.Type
    ) -> UnsafeMutableBufferPointer<Element> {
        bytes(section).assumingMemoryBound(to: type)
    }
}
