import Storage
import Synchronization

/// An upload as this process knows it, between requests and while one writes. Its lock is taken before that of the
/// database, never inside a transaction.
final class OpenUpload: Sendable {
    struct State {
        /// It has left the list of open ones: whoever comes looks there again.
        var isRetired = false
        /// nil: nothing has been read of it yet.
        var progress: Progress?
        /// Of the request that wrote last. Only the one with the latest number may go on.
        var turn: UInt64 = 0
        /// nil while no request writes.
        var file: UploadFile?
        /// Of the request that writes: its bytes count only when all of them have come and are those that were meant.
        var checksum: UploadChecksum?
    }

    struct Progress {
        /// Bytes that are on the disk, as the row says. Without a file being open, all of them.
        var durable: Int64
        /// Bytes that have been written.
        var written: Int64
        /// Of the bytes written so far; nil when the server began in the middle, and the file has to be read at the end.
        var hash: UploadHash?
        /// Of the durable bytes, where it is needed to go back to them.
        var durableHash: UploadHash?

        init(received: Int64, length: Int64) {
            (durable, written) = (received, received)
            hash = received == 0 ? UploadHash(length: length) : nil
        }

        /// Forgets what is not durable.
        mutating func goBack(length: Int64) {
            written = durable
            hash = durable == 0 ? UploadHash(length: length) : durableHash
            durableHash = nil
        }
    }

    private let state = Mutex(State())

    /// nil when it is retired.
    func use<T>(_ body: (inout State) throws -> T) rethrows -> T? {
        try state.withLock { state in state.isRetired ? nil : try body(&state) }
    }

    /// Ends it, with what a request is writing.
    func retire() {
        state.withLock { state in
            state.isRetired = true
            state.turn += 1
            state.file = nil
        }
    }

    /// Ends it unless a request writes, or is about to.
    func retireIfIdle() -> Bool {
        state.withLockIfAvailable { state in
            if state.file == nil { state.isRetired = true }
            return state.isRetired
        } ?? false
    }
}
