import Cryptography
import Glibc

/// The beginning of a file that is being downloaded, hashed as far as it goes.
final class PartFile {
    /// Bytes that are there.
    private(set) var count: Int64 = 0
    /// Bytes that were appended, those of abandoned beginnings included.
    private(set) var received: Int64 = 0
    /// The strong entity tag of what the bytes are the beginning of.
    private(set) var tag: String?
    private var hash = SHA256()
    private let descriptor: CInt
    private let path: String
    private let tagPath: String

    init(path: String, tagPath: String) throws(ClientError) {
        (self.path, self.tagPath) = (path, tagPath)
        descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o644)
        guard descriptor >= 0 else { throw .last(path) }
    }

    deinit { close(descriptor) }

    /// Takes over what an earlier run left: only bytes that are known to belong to an entity tag, and no more of them
    /// than there should be.
    func resume(upTo size: Int64) throws(ClientError) {
        tag = Self.readTag(tagPath)
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw .last(path) }
        guard tag != nil, Int64(status.st_size) <= size else { return try restart(tag: nil) }
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 20, alignment: 16)
        defer { buffer.deallocate() }
        while true {
            let read = Glibc.read(descriptor, buffer.baseAddress, buffer.count)
            if read == 0 { return }
            if read < 0, errno == EINTR { continue }
            guard read > 0 else { throw .last(path) }
            hash.update(UnsafeRawBufferPointer(rebasing: buffer[..<read]))
            count += Int64(read)
        }
    }

    /// Begins again with nothing. Bytes go before the tag changes, so that a crash never leaves those of one entity with
    /// the tag of another.
    func restart(tag: String?) throws(ClientError) {
        guard ftruncate(descriptor, 0) == 0, lseek(descriptor, 0, SEEK_SET) == 0 else { throw .last(path) }
        (count, hash, self.tag) = (0, SHA256(), tag)
        unlink(tagPath)
        guard let tag else { return }
        let file = open(tagPath, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0o644)
        guard file >= 0 else { throw .last(tagPath) }
        defer { close(file) }
        let bytes = Array(tag.utf8)
        guard Glibc.write(file, bytes, bytes.count) == bytes.count else { throw .last(tagPath) }
    }

    /// - Throws: ``ClientError/unexpectedAnswer(_:)`` when there would be over `size` bytes.
    func append(_ bytes: UnsafeRawBufferPointer, upTo size: Int64) throws(ClientError) {
        guard count + Int64(bytes.count) <= size else { throw .unexpectedAnswer("more than \(size) bytes") }
        try Self.write(bytes, to: descriptor, path)
        hash.update(bytes)
        count += Int64(bytes.count)
        received += Int64(bytes.count)
    }

    /// The SHA-256 of all bytes; nothing may be appended afterwards.
    func digest() -> [UInt8] { hash.finish() }

    /// Makes the file durable and gives it its final name.
    func publish(as destination: String) throws(ClientError) {
        guard fsync(descriptor) == 0, rename(path, destination) == 0 else { throw .last(destination) }
        unlink(tagPath)
    }

    func discard() {
        unlink(path)
        unlink(tagPath)
    }

    private static func write(_ bytes: UnsafeRawBufferPointer, to file: CInt, _ path: String) throws(ClientError) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let written = Glibc.write(file, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
            if written < 0, errno == EINTR { continue }
            guard written > 0 else { throw .last(path) }
            rest = rest.dropFirst(written)
        }
    }

    private static func readTag(_ path: String) -> String? {
        let file = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
        guard file >= 0 else { return nil }
        defer { close(file) }
        var bytes = [UInt8](repeating: 0, count: 512)
        let count = Glibc.read(file, &bytes, bytes.count)
        guard count > 1, count < bytes.count, bytes.first == UInt8(ascii: "\""), bytes[count - 1] == UInt8(ascii: "\"")
        else { return nil }
        return String(decoding: bytes[..<count], as: UTF8.self)
    }
}

extension ClientError {
    /// The last failure of the C library at `path`.
    static func last(_ path: String) -> ClientError { .file(path: path, reason: String(cString: strerror(errno))) }
}
