import CZlib
import Glibc

/// The contents of one member, read in order and checked against the declared size.
struct MemberReader: ~Copyable, Sendable {
    private let member: ArchiveMember
    private var descriptor: Int32 = -1
    private var position: Int64 = 0
    private(set) var crc: UInt32 = 0

    /// - Throws: ``ArchiveError/unreadable(path:errno:)``, ``ArchiveError/sizeChanged(entry:)``.
    init(_ member: ArchiveMember) throws(ArchiveError) {
        self.member = member
        if case .file(let path) = member.contents { descriptor = try Self.open(path, for: member) }
    }

    deinit {
        if descriptor >= 0 { close(descriptor) }
    }

    /// Reads the next bytes; 0 once the declared size was read.
    mutating func read(into buffer: UnsafeMutableRawBufferPointer, checksum: Bool) throws(ArchiveError) -> Int {
        let wanted = Int(min(Int64(buffer.count), member.size - position))
        guard wanted > 0 else { return 0 }
        let count = try fill(UnsafeMutableRawBufferPointer(rebasing: buffer[..<wanted]))
        guard count > 0 else { throw .sizeChanged(entry: member.path) }
        position += Int64(count)
        if checksum {
            crc = UInt32(
                truncatingIfNeeded: crc32_z(uLong(crc), buffer.baseAddress?.assumingMemoryBound(to: UInt8.self), count))
        }
        return count
    }

    private func fill(_ buffer: UnsafeMutableRawBufferPointer) throws(ArchiveError) -> Int {
        switch member.contents {
        case .bytes(let bytes):
            buffer.copyBytes(from: bytes[Int(position)...].prefix(buffer.count))
            return buffer.count
        case .file(let path):
            while true {
                let count = Glibc.read(descriptor, buffer.baseAddress, buffer.count)
                if count >= 0 { return count }
                guard errno == EINTR else { throw .unreadable(path: path, errno: errno) }
            }
        }
    }

    private static func open(_ path: String, for member: ArchiveMember) throws(ArchiveError) -> Int32 {
        let descriptor = Glibc.open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw .unreadable(path: path, errno: errno) }
        var status = stat()
        guard fstat(descriptor, &status) == 0, Int64(status.st_size) == member.size else {
            close(descriptor)
            throw .sizeChanged(entry: member.path)
        }
        posix_fadvise(descriptor, 0, 0, POSIX_FADV_SEQUENTIAL)
        return descriptor
    }
}
