public import Registry
public import Storage
import Synchronization

/// A blob store over a real one that fails at one call, as a broken disk would.
public final class FaultyBlobStore: BlobStore {
    /// Where it can fail.
    public enum Point: String, Sendable, CaseIterable {
        case begin, write, finish, size
        /// After the blob is there, such as when the directory cannot be synchronised.
        case finished
    }

    private let store: any BlobStore
    private let fault: Mutex<(point: Point, callsLeft: Int, error: RegistryError)?>

    public init(over store: any BlobStore) {
        self.store = store
        fault = Mutex(nil)
    }

    /// Lets the call after `calls` more of `point` fail, once.
    public func fail(at point: Point, after calls: Int = 0, with code: RegistryError.Code = .storeUnavailable) {
        fault.withLock { $0 = (point, calls, RegistryError(code, "a fault", ko: "오류")) }
    }

    public var hasFailed: Bool { fault.withLock { $0 == nil } }

    fileprivate func pass(_ point: Point) throws {
        try fault.withLock { fault in
            guard let set = fault, set.point == point else { return }
            guard set.callsLeft == 0 else { return fault = (set.point, set.callsLeft - 1, set.error) }
            fault = nil
            throw set.error
        }
    }

    public func begin(expectedSize: Int64?) throws -> any BlobWriter {
        try pass(.begin)
        return FaultyBlobWriter(writer: try store.begin(expectedSize: expectedSize), store: self)
    }

    public func path(of digest: Digest) -> String { store.path(of: digest) }

    public func size(of digest: Digest) throws -> Int64? {
        try pass(.size)
        return try store.size(of: digest)
    }

    public func pin(_ digests: some Collection<Digest>) -> BlobPin { store.pin(digests) }

    public func remove(_ digest: Digest) throws { try store.remove(digest) }

    public func forEachDigest(_ body: (Digest) throws -> Void) throws { try store.forEachDigest(body) }

    public func checkWritable() throws {
        try pass(.begin)
        try store.checkWritable()
    }
}

private final class FaultyBlobWriter: BlobWriter {
    private let writer: any BlobWriter
    private let store: FaultyBlobStore

    init(writer: any BlobWriter, store: FaultyBlobStore) {
        (self.writer, self.store) = (writer, store)
    }

    var size: Int64 { writer.size }

    func write(_ bytes: UnsafeRawBufferPointer) throws {
        try store.pass(.write)
        try writer.write(bytes)
    }

    func finish(expecting digest: Digest?) throws -> Blob {
        try store.pass(.finish)
        let blob = try writer.finish(expecting: digest)
        try store.pass(.finished)
        return blob
    }

    func cancel() { writer.cancel() }
}
