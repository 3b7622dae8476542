import Synchronization

/// Carries the result of a job back to the event loop that waits for it.
final class Exchange: Sendable {
    enum Result: Sendable {
        case answer(Answer)
        case sink(any BodySink)
    }

    private let result = Mutex<Result?>(nil)

    func complete(_ value: Result, waking connection: ConnectionState) {
        result.withLock { $0 = value }
        connection.resume()
    }

    /// - Returns: nil when the job is not done.
    func take() -> Result? {
        result.withLock { $0.take() }
    }
}

/// What is to be sent, and what of it the cache may keep.
struct Answer: Sendable {
    var outcome: Outcome
    var reusable: Representation?
    /// Of the database, before the handler looked at it.
    var generation: UInt64 = 0
}
