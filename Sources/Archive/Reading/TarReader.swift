/// Reads back a tar that ``TarLayout`` made, from its start to its end, holding every byte outside of the contents
/// against what would be written: nothing that was altered, cut short or made by another program passes. Only names past
/// their first 100 bytes have no check sum in a tar: hold them against what is expected.
///
/// Calls come one after the other. After an error it is of no more use.
public final class TarReader {
    /// Fills a buffer as far as there are bytes; 0 is the end.
    public typealias Source = (UnsafeMutableRawBufferPointer) throws -> Int

    /// A member whose contents come next.
    public struct Member: Hashable, Sendable {
        /// As ``ArchiveMember/path``, and not checked further.
        public let path: String
        /// Bytes.
        public let size: Int64
    }

    private let source: Source
    private var layout: TarLayout?
    private var current: Member?
    private var left: Int64 = 0
    /// Larger than any extended header that the layout writes.
    private static let maximumRecords: Int64 = 70_000

    public init(_ source: @escaping Source) { self.source = source }

    /// The next member; nil at the proper end. What is left of the one before is passed over.
    ///
    /// - Throws: ``ArchiveError/damaged(entry:reason:)``, and whatever the source throws.
    public func next() throws -> Member? {
        try passOver()
        var raw = try block("it ends too early")
        guard raw.contains(where: { $0 != 0 }) else {
            guard try block("it ends too early").allSatisfy({ $0 == 0 }), try fill(1) == nil else {
                throw damaged("there is something behind its end")
            }
            return nil
        }
        var records: [String: String] = [:]
        if raw[156] == UInt8(ascii: "x") {
            guard let size = Self.octal(raw[124..<136]), size <= Self.maximumRecords,
                let bytes = try fill(Int(size) + TarLayout.padding(after: size).count),
                let read = Self.records(bytes.prefix(Int(size)))
            else { throw damaged("a header is damaged") }
            records = read
            let rest = try block("it ends too early")
            raw += bytes + rest
        }
        let header = raw.suffix(TarFormat.block)
        let base = header.startIndex
        guard let size = records["size"].map({ Int64($0) }) ?? Self.octal(header[base + 124..<base + 136]),
            let path = records["path"]
                ?? String(validating: header[base..<base + 100].prefix { $0 != 0 }, as: UTF8.self),
            let time = Self.octal(header[base + 136..<base + 148]), size >= 0, !path.isEmpty
        else { throw damaged("a header is damaged") }
        let layout = layout ?? TarLayout(modifiedAt: time)
        self.layout = layout
        guard try layout.header(path: path, size: size) == raw else {
            throw damaged("a header is damaged, or another program wrote it")
        }
        let member = Member(path: path, size: size)
        (current, left) = (member, size)
        return member
    }

    /// Reads contents of the current member; 0 when there are no more.
    ///
    /// - Throws: ``ArchiveError/damaged(entry:reason:)`` when the tar ends within them, and whatever the source throws.
    public func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
        let wanted = Int(min(Int64(buffer.count), left))
        guard wanted > 0 else { return 0 }
        let count = try source(UnsafeMutableRawBufferPointer(rebasing: buffer[..<wanted]))
        guard count > 0 else { throw damaged("it ends too early") }
        left -= Int64(count)
        return count
    }

    /// All contents of the current member; nil when it has over `maximum` bytes.
    ///
    /// - Throws: ``ArchiveError/damaged(entry:reason:)``, and whatever the source throws.
    public func bytes(maximum: Int) throws -> [UInt8]? {
        guard left <= Int64(maximum) else { return nil }
        let count = Int(left)
        guard let bytes = try fill(count) else { throw damaged("it ends too early") }
        left = 0
        return bytes
    }

    private func passOver() throws {
        guard let member = current else { return }
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 256 << 10, alignment: 16)
        defer { buffer.deallocate() }
        while try read(into: buffer) > 0 {}
        guard try fill(TarLayout.padding(after: member.size).count)?.allSatisfy({ $0 == 0 }) ?? false else {
            throw damaged("it ends too early, or bytes between its members are damaged")
        }
        current = nil
    }

    private func block(_ reason: String) throws -> [UInt8] {
        guard let block = try fill(TarFormat.block) else { throw damaged(reason) }
        return block
    }

    /// Exactly `count` bytes; nil when the source has fewer.
    private func fill(_ count: Int) throws -> [UInt8]? {
        var bytes = [UInt8](repeating: 0, count: count)
        var filled = 0
        while filled < count {
            let read = try bytes.withUnsafeMutableBytes { buffer in
                try source(UnsafeMutableRawBufferPointer(rebasing: buffer[filled...]))
            }
            if read == 0 { return nil }
            filled += read
        }
        return bytes
    }

    private func damaged(_ reason: String) -> ArchiveError { .damaged(entry: current?.path, reason: reason) }

    /// A number of octal digits that ends with the field or a NUL.
    private static func octal(_ field: ArraySlice<UInt8>) -> Int64? {
        let digits = field.prefix { $0 != 0 }
        guard !digits.isEmpty, digits.allSatisfy({ (0x30...0x37).contains($0) }) else { return nil }
        return Int64(String(decoding: digits, as: UTF8.self), radix: 8)
    }

    /// Records of `LENGTH KEY=VALUE\n`; nil when they are damaged.
    private static func records(_ bytes: ArraySlice<UInt8>) -> [String: String]? {
        var records: [String: String] = [:]
        var rest = bytes
        while !rest.isEmpty {
            guard let space = rest.firstIndex(of: UInt8(ascii: " ")),
                let length = Int(String(decoding: rest[..<space], as: UTF8.self)), length <= rest.count,
                space + 1 < rest.startIndex + length
            else { return nil }
            let record = rest[(space + 1)..<(rest.startIndex + length)].dropLast()
            guard let equals = record.firstIndex(of: UInt8(ascii: "=")),
                let value = String(validating: record[(equals + 1)...], as: UTF8.self)
            else { return nil }
            records[String(decoding: record[..<equals], as: UTF8.self)] = value
            rest = rest.dropFirst(length)
        }
        return records
    }
}
