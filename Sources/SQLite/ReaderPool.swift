import Glibc
import Synchronization

/// The readers of a database: one for each thread that reads, found without a lock, closed when its thread ends.
final class ReaderPool: Sendable {
    private struct Members {
        var readers: [ObjectIdentifier: Reader] = [:]
        var isClosed = false
    }

    private let path: String
    private let key: pthread_key_t
    private let members = Mutex(Members())

    init(path: String) throws(SQLiteError) {
        self.path = path
        var key = pthread_key_t()
        guard pthread_key_create(&key, endThread) == 0 else {
            throw .misuse("too many databases are open: the system has no thread key left")
        }
        self.key = key
    }

    deinit { pthread_key_delete(key) }

    /// The calling thread's reader.
    func current() throws -> Reader {
        if let slot = pthread_getspecific(key) {
            return Unmanaged<Slot>.fromOpaque(slot).takeUnretainedValue().reader
        }
        let reader = try Reader(path: path)
        try members.withLock { members in
            guard !members.isClosed else { throw SQLiteError.misuse("the database is closed") }
            members.readers[ObjectIdentifier(reader)] = reader
        }
        let slot = Unmanaged.passRetained(Slot(reader: reader, pool: self))
        guard pthread_setspecific(key, slot.toOpaque()) == 0 else {
            slot.release()
            remove(reader)
            throw SQLiteError.misuse("no memory for the thread's reader")
        }
        return reader
    }

    /// Closes every reader; those that are reading close when they have finished.
    func close() {
        let readers = members.withLock { members in
            defer { members.readers = [:] }
            members.isClosed = true
            return members.readers
        }
        for reader in readers.values { reader.close() }
        if let slot = pthread_getspecific(key) {
            pthread_setspecific(key, nil)
            Unmanaged<Slot>.fromOpaque(slot).release()
        }
    }

    fileprivate func remove(_ reader: Reader) {
        members.withLock { _ = $0.readers.removeValue(forKey: ObjectIdentifier(reader)) }
        reader.close()
    }

    /// What the thread's key points to.
    fileprivate final class Slot {
        let reader: Reader
        /// Weak, as a thread may outlive the database.
        private weak var pool: ReaderPool?

        init(reader: Reader, pool: ReaderPool) {
            self.reader = reader
            self.pool = pool
        }

        func close() {
            if let pool { pool.remove(reader) } else { reader.close() }
        }
    }
}

private func endThread(_ slot: UnsafeMutableRawPointer?) {
    guard let slot else { return }
    Unmanaged<ReaderPool.Slot>.fromOpaque(slot).takeRetainedValue().close()
}
