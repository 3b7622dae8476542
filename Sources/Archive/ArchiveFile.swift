import Glibc

/// A file opened for reading at any place in it, closed with the value.
struct ArchiveFile: ~Copyable {
    let path: String
    let size: Int64
    private let descriptor: Int32

    init(path: String) throws(ArchiveError) {
        descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw .unreadable(path: path, errno: errno) }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            close(descriptor)
            throw .unreadable(path: path, errno: EINVAL)
        }
        self.path = path
        size = Int64(status.st_size)
    }

    deinit { close(descriptor) }

    /// Up to `count` bytes at `offset`; fewer at the end of the file.
    func bytes(at offset: Int64, count: Int) throws(ArchiveError) -> [UInt8] {
        var failure: Int32?
        let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
            while filled < count {
                let got = pread(
                    descriptor, buffer.baseAddress.map { $0 + filled }, count - filled, off_t(offset) + filled)
                if got < 0, errno == EINTR { continue }
                if got < 0 { failure = errno }
                if got <= 0 { break }
                filled += got
            }
        }
        if let failure { throw .unreadable(path: path, errno: failure) }
        return bytes
    }

    /// Whether the file begins as a zip does: with a local header or, when empty, the end record (APPNOTE 4.3.7, 4.3.16).
    func isZip() throws(ArchiveError) -> Bool {
        let start = try bytes(at: 0, count: 4)
        return start == [0x50, 0x4B, 3, 4] || start == [0x50, 0x4B, 5, 6]
    }
}
