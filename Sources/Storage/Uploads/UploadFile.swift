import Glibc
import Registry
import Synchronization

/// The open file of an upload that can be resumed. Calls come one after the other, from any thread.
public final class UploadFile: Sendable {
    private let path: String
    private let descriptor: Int32
    /// Where to look for room again.
    private let checkAt = Atomic<Int64>(0)
    private static let checkEvery: Int64 = 1 << 20
    private let room: @Sendable (Int64) throws -> Void
    private let failure: @Sendable (String, String) -> RegistryError

    /// - Throws: What `failure` makes of it when the file cannot be opened.
    init(
        path: String, isNew: Bool, room: @escaping @Sendable (Int64) throws -> Void,
        failure: @escaping @Sendable (String, String) -> RegistryError
    ) throws {
        self.path = path
        self.room = room
        self.failure = failure
        descriptor = open(path, O_RDWR | O_CLOEXEC | O_NOFOLLOW | (isNew ? O_CREAT : 0), 0o600)
        guard descriptor >= 0 else { throw failure("open", path) }
    }

    deinit { close(descriptor) }

    /// Writes all of `bytes` at `offset`; what was there is replaced.
    ///
    /// - Throws: `store-full` or `store-unavailable`; some of the bytes may have been written then.
    public func write(_ bytes: UnsafeRawBufferPointer, at offset: Int64) throws {
        if offset >= checkAt.load(ordering: .relaxed) {
            try room(Self.checkEvery)
            checkAt.store(offset + Self.checkEvery, ordering: .relaxed)
        }
        var rest = bytes[...]
        var offset = offset
        while !rest.isEmpty {
            let count = pwrite(descriptor, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count, Int(offset))
            if count < 0, errno == EINTR { continue }
            guard count > 0 else {
                if count == 0 { errno = EIO }
                throw failure("write", path)
            }
            rest = rest.dropFirst(count)
            offset += Int64(count)
        }
    }

    /// Waits until the bytes are on the disk.
    ///
    /// - Throws: `store-full` or `store-unavailable`; what was not on the disk before is not to be trusted then.
    public func synchronise() throws {
        guard fsync(descriptor) == 0 else { throw failure("synchronise", path) }
    }

    /// Hands the first `length` bytes to `body`, in order.
    func read(length: Int64, _ body: (UnsafeRawBufferPointer) -> Void) throws {
        posix_fadvise(descriptor, 0, 0, POSIX_FADV_SEQUENTIAL)
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 256 * 1024, alignment: 64)
        defer { buffer.deallocate() }
        var offset: Int64 = 0
        while offset < length {
            let wanted = Int(min(Int64(buffer.count), length - offset))
            let count = pread(descriptor, buffer.baseAddress, wanted, Int(offset))
            if count < 0, errno == EINTR { continue }
            guard count > 0 else {
                if count == 0 { errno = EIO }
                throw failure("read", path)
            }
            body(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
            offset += Int64(count)
        }
    }
}
