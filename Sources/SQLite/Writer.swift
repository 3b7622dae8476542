import Glibc
import Synchronization

/// The one connection that writes, one thread at a time.
final class Writer: Sendable {
    private let path: String
    private let lock = Mutex<Void>(())
    /// The thread that is in ``write(_:)``; 0 for none.
    private let owner = Atomic<UInt>(0)
    // Only the owner touches this. Nil while the connection could not be opened anew, and after closing.
    nonisolated(unsafe) private var handle: Handle?
    nonisolated(unsafe) private var isClosed = false

    init(path: String) throws(SQLiteError) {
        self.path = path
        handle = try Handle(path: path, access: .write)
    }

    /// The connection, when the calling thread is inside ``write(_:)``.
    var own: Handle? { owner.load(ordering: .relaxed) == UInt(pthread_self()) ? handle : nil }

    /// Runs `body` in an immediate transaction.
    func write<T>(_ body: (borrowing Connection) throws -> T) throws -> T {
        if let own { return try nested(own, body) }
        return try exclusively { handle in
            try handle.run("BEGIN IMMEDIATE")
            do {
                let value = try body(Connection(handle))
                guard handle.isInTransaction else { throw SQLiteError.misuse("the transaction has ended") }
                try handle.run("COMMIT")
                return value
            } catch {
                // A connection that cannot leave its transaction is of no use; the next write opens another.
                if !handle.rollBack() { self.handle = nil }
                throw error
            }
        }
    }

    /// Lends the connection outside of a transaction.
    func exclusively<T>(_ body: (Handle) throws -> T) throws -> T {
        guard own == nil else { throw SQLiteError.misuse("the thread is inside a write") }
        // The result leaves through a variable, as the mutex would have it be Sendable.
        var result: Result<T, any Error>?
        lock.withLock { _ in
            owner.store(UInt(pthread_self()), ordering: .relaxed)
            defer { owner.store(0, ordering: .relaxed) }
            result = Result { try body(try open()) }
        }
        guard let result else { throw SQLiteError.misuse("the writer did not run") }
        return try result.get()
    }

    func close() {
        lock.withLock { _ in
            isClosed = true
            handle = nil
        }
    }

    private func open() throws(SQLiteError) -> Handle {
        guard !isClosed else { throw .misuse("the database is closed") }
        if let handle { return handle }
        let opened = try Handle(path: path, access: .write)
        handle = opened
        return opened
    }

    /// A write inside a write joins its transaction; what throws undoes only its own part.
    private func nested<T>(_ handle: Handle, _ body: (borrowing Connection) throws -> T) throws -> T {
        try handle.run("SAVEPOINT nested")
        do {
            let value = try body(Connection(handle))
            try handle.run("RELEASE nested")
            return value
        } catch {
            if handle.isInTransaction {
                try handle.run("ROLLBACK TO nested")
                try handle.run("RELEASE nested")
            }
            throw error
        }
    }
}
