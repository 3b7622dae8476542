import Glibc
import Registry
import Synchronization

/// A file in `incoming/` that is removed when it is dropped. Calls come one after the other, from any thread.
public final class SpoolFile: Sendable {
    /// In `incoming/`, under a name that nobody else uses.
    public let path: String
    private let descriptor: Int32
    private let written = Atomic<Int64>(0)
    private let isKept = Atomic(false)
    /// The size at which to look for room again.
    private let checkAt = Atomic<Int64>(0)
    private static let checkEvery: Int64 = 1 << 20
    private let room: @Sendable (Int64) throws -> Void
    private let failure: @Sendable (String, String) -> RegistryError

    /// - Parameters:
    ///   - path: Where it is made; there must be no file.
    ///   - room: Throws when so many more bytes should not be stored; asked every MiB.
    ///   - failure: Turns the last failed system call (what was tried, on which path) into an error.
    /// - Throws: What `failure` makes of it when the file cannot be made.
    init(
        path: String, room: @escaping @Sendable (Int64) throws -> Void = { _ in },
        failure: @escaping @Sendable (String, String) -> RegistryError
    ) throws {
        self.path = path
        self.room = room
        self.failure = failure
        descriptor = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else { throw failure("create", path) }
    }

    deinit {
        close(descriptor)
        if !isKept.load(ordering: .relaxed) { unlink(path) }
    }

    /// Bytes written so far.
    public var size: Int64 { written.load(ordering: .relaxed) }

    /// Appends all of `bytes`.
    ///
    /// - Throws: The error that its store makes of a failed system call: `store-full`, `store-unavailable`.
    public func write(_ bytes: UnsafeRawBufferPointer) throws {
        if size + Int64(bytes.count) > checkAt.load(ordering: .relaxed) {
            try room(Int64(bytes.count))
            checkAt.store(size + Int64(bytes.count) + Self.checkEvery, ordering: .relaxed)
        }
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = Glibc.write(descriptor, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
            if count < 0, errno == EINTR { continue }
            guard count > 0 else {
                if count == 0 { errno = EIO }
                throw failure("write", path)
            }
            rest = rest.dropFirst(count)
            written.add(Int64(count), ordering: .relaxed)
        }
    }

    /// Waits until the bytes are on the disk.
    func synchronise() throws {
        guard fsync(descriptor) == 0 else { throw failure("synchronise", path) }
    }

    /// Hands all bytes to `body`, in order.
    func read(_ body: (UnsafeRawBufferPointer) -> Void) throws {
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 256 * 1024, alignment: 64)
        defer { buffer.deallocate() }
        var offset: Int64 = 0
        while offset < size {
            let count = pread(descriptor, buffer.baseAddress, buffer.count, Int(offset))
            if count < 0, errno == EINTR { continue }
            guard count > 0 else {
                if count == 0 { errno = EIO }
                throw failure("read", path)
            }
            body(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
            offset += Int64(count)
        }
    }

    /// The file has got another name and stays.
    func keep() { isKept.store(true, ordering: .relaxed) }
}
