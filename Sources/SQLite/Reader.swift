import Synchronization

/// The read-only connection of one thread.
final class Reader: Sendable {
    private enum State: UInt8, AtomicRepresentable {
        case idle
        case reading
        /// To be closed by its thread, which is reading.
        case closing
        case closed
    }

    private let state = Atomic(State.idle)
    // Only the thread of this reader, or whoever has moved the state from idle to closed, touches these.
    nonisolated(unsafe) private var handle: Handle?
    nonisolated(unsafe) private var depth = 0

    init(path: String) throws(SQLiteError) { handle = try Handle(path: path, access: .read) }

    /// Runs `body` in a read transaction, or in the one that the thread is in already.
    func read<T>(_ body: (borrowing Connection) throws -> T) throws -> T {
        if depth > 0, let handle { return try body(Connection(handle)) }
        guard state.compareExchange(expected: .idle, desired: .reading, ordering: .acquiring).exchanged, let handle
        else { throw SQLiteError.misuse("the database is closed") }
        defer { leave() }
        try handle.run("BEGIN")
        depth = 1
        defer {
            depth = 0
            if (try? handle.run("COMMIT")) == nil { _ = handle.rollBack() }
        }
        return try body(Connection(handle))
    }

    /// Closes the connection now, or when its thread has finished reading.
    func close() {
        while true {
            let (exchanged, found) = state.compareExchange(
                expected: .idle, desired: .closed, ordering: .acquiringAndReleasing)
            if exchanged { return handle = nil }
            guard found == .reading else { return }
            // Tried again when the read has ended in between.
            if state.compareExchange(expected: .reading, desired: .closing, ordering: .relaxed).exchanged { return }
        }
    }

    private func leave() {
        if state.compareExchange(expected: .reading, desired: .idle, ordering: .acquiringAndReleasing).exchanged {
            return
        }
        handle = nil
        state.store(.closed, ordering: .releasing)
    }
}
