/// How far an ``ArchiveStream`` has come.
struct ArchiveStreamState: ~Copyable, Sendable {
    private var format: any ArchiveFormat
    private var members: ArraySlice<ArchiveMember>
    private var pending: ArraySlice<UInt8> = []
    private var current: MemberReader?
    private var position: Int64 = 0
    private var isEnded = false
    private(set) var isCancelled = false

    init(format: any ArchiveFormat, members: ArraySlice<ArchiveMember>) {
        self.format = format
        self.members = members
    }

    /// Writes at least one byte unless the archive has ended.
    mutating func fill(_ buffer: UnsafeMutableRawBufferPointer) throws(ArchiveError) -> Int {
        while true {
            if !pending.isEmpty {
                let count = min(pending.count, buffer.count)
                buffer.copyBytes(from: pending.prefix(count))
                pending.removeFirst(count)
                position += Int64(count)
                return count
            }
            if let count = try current?.read(into: buffer, checksum: format.needsChecksum) {
                position += Int64(count)
                if count > 0 { return count }
                pending = format.trailer(crc: current?.crc ?? 0)[...]
                current = nil
            } else if let member = members.popFirst() {
                pending = try format.header(of: member, at: position)[...]
                current = try MemberReader(member)
            } else if !isEnded {
                pending = format.end(at: position)[...]
                isEnded = true
            } else {
                return 0
            }
        }
    }

    mutating func cancel() {
        isCancelled = true
        current = nil
        pending = []
    }
}
