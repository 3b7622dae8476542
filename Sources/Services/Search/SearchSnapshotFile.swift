import Encoding
import Glibc
package import SQLite
package import Search
package import Storage

/// The main segment of the index in a file, so that a server need not read it out of the database when it starts.
///
/// It is a cache: a file that does not fit the database – of another one, of a backup's future, damaged – is removed.
/// Before the segment, which carries a check of its own, stand 64 bytes, numbers with the lowest byte first: `moruidx2`,
/// the sequence that it is true of, the id and the digest of an event that followed, the CRC-32 of all these, and four
/// zeros, so that the segment can be read in its place.
package struct SearchSnapshotFile: Sendable {
    /// A segment, and the number of the last change that it holds.
    package struct Content: Sendable {
        package let segment: SearchSegment
        package let sequence: Int64
    }

    /// Why a file is of no use.
    package enum Refusal: Error, CustomStringConvertible {
        case damaged, foreign

        package var description: String {
            switch self {
            case .damaged: "it is damaged"
            case .foreign: "it is not of this database"
            }
        }
    }

    private static let magic = Array("moruidx2".utf8)
    private static let headerSize = 64

    package let path: String

    package init(path: String) { self.path = path }

    /// What the file holds; nil when there is none.
    ///
    /// - Throws: ``Refusal``, or why it cannot be read.
    package func read(for db: borrowing Connection) throws -> Content? {
        guard let file = try ReadingFile(path) else { return nil }
        let header = try Self.header(of: file)
        let mark = EventStore.Mark(event: header.number(at: 16), digest: Array(header[24..<56]))
        let sequence = header.number(at: 8)
        guard header.starts(with: Self.magic), Self.isWhole(header) else { throw Refusal.damaged }
        guard try SearchStore.sequence(in: db) >= sequence, try EventStore.contains(mark, in: db) else {
            throw Refusal.foreign
        }
        let (segment, stamp) = try SearchSegment.read(from: file.descriptor)
        guard stamp.sequence == sequence else { throw Refusal.damaged }
        return Content(segment: segment, sequence: sequence)
    }

    /// The segment of some content in pages of the file; nil when the file is of another one, or cannot be read.
    package func mapped(_ content: Content) -> SearchSegment? {
        guard let file = try? ReadingFile(path), let header = try? Self.header(of: file),
            header.starts(with: Self.magic), Self.isWhole(header), header.number(at: 8) == content.sequence
        else { return nil }
        return content.segment.mapped(from: file.descriptor)
    }

    /// Replaces the file in one step.
    ///
    /// - Parameters:
    ///   - content: is true of its sequence.
    ///   - mark: the end of the record of events then, or later.
    /// - Throws: `FileFailure`, and what a segment throws.
    package func write(_ content: Content, mark: EventStore.Mark) throws {
        let file = try WritingFile(path + ".new")
        var header = Self.magic
        header.append(number: content.sequence)
        header.append(number: mark.event)
        header += mark.digest
        header.append(number: Self.check(of: header), bytes: 4)
        header.append(number: 0, bytes: 4)
        try file.write(header)
        try content.segment.write(to: file.descriptor, stamp: SegmentStamp(sequence: content.sequence))
        try file.synchronise()
        try file.install(as: path)
    }

    package func remove() throws { try FileSystem.remove(path) }

    /// Removes what a ``write(_:mark:)`` that was cut has left, as far as that is possible.
    package func removeLeftover() { try? FileSystem.remove(path + ".new") }

    private static func header(of file: ReadingFile) throws -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: headerSize)
        var length = 0
        while length < headerSize {
            let count = try bytes.withUnsafeMutableBytes { try file.read(into: .init(rebasing: $0[length...])) }
            guard count > 0 else { throw Refusal.damaged }
            length += count
        }
        return bytes
    }

    private static func isWhole(_ header: [UInt8]) -> Bool {
        header.number(at: 56, bytes: 4) == check(of: header) && header.number(at: 60, bytes: 4) == 0
    }

    private static func check(of header: [UInt8]) -> Int64 { Int64(CRC32.value(of: Array(header.prefix(56)))) }
}

extension [UInt8] {
    fileprivate func number(at offset: Int, bytes: Int = 8) -> Int64 {
        self[offset..<offset + bytes].reversed().reduce(0) { $0 << 8 | Int64($1) }
    }

    fileprivate mutating func append(number: Int64, bytes: Int = 8) {
        for place in 0..<bytes { append(UInt8(truncatingIfNeeded: number >> Int64(place * 8))) }
    }
}
