import Synchronization

/// Carries the result of a job back to the event loop that waits for it.
final class Exchange: Sendable {
    enum Result: Sendable {
        case answer(Answer)
        case sink(any BodySink)
    }

    private struct State {
        var result: Result?
        var isAbandoned = false
    }

    private let state = Mutex(State())

    func complete(_ value: Result, waking connection: ConnectionState) {
        let isWanted = state.withLock { state in
            if !state.isAbandoned { state.result = value }
            return !state.isAbandoned
        }
        if isWanted { connection.resume() } else { Self.discard(value) }
    }

    /// - Returns: nil when the job is not done.
    func take() -> Result? {
        state.withLock { $0.result.take() }
    }

    /// The request is over: what the job gave, or gives later, is cancelled.
    func abandon() {
        let result = state.withLock { state in
            state.isAbandoned = true
            return state.result.take()
        }
        if let result { Self.discard(result) }
    }

    private static func discard(_ result: Result) {
        switch result {
        case .sink(let sink): sink.cancel()
        case .answer(let answer): if case .stream(let stream) = answer.outcome.content { stream.cancel() }
        }
    }
}

/// What is to be sent, and what of it the cache may keep.
struct Answer: Sendable {
    var outcome: Outcome
    var reusable: Representation?
    /// Of the database, before the handler looked at it.
    var generation: UInt64 = 0
}
