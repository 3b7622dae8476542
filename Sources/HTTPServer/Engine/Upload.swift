import Glibc
import Synchronization
import Threads

/// Moves a request body from its event loop to a sink: two buffers, and back-pressure when both are full.
///
/// The loop fills one buffer while an upload thread hands the other to the sink.
final class Upload: @unchecked Sendable {
    static let capacity = 128 << 10

    enum Reception {
        /// Bytes taken; fewer than offered when the connection was suspended.
        case taken(Int)
        case failed(any Error)
        case stopped
    }

    private struct State {
        var filling: Int? = 0
        var counts = [0, 0]
        var full: [Int] = []
        var isBusy = false
        var wantsResume = false
        var hasEnded = false
        var isGone = false
        /// Whether `finish` or `cancel` of the sink has been called.
        var isSettled = false
        var failure: (any Error)?
    }

    private let state = Mutex(State())
    private let sink: any BodySink
    private let pool: JobPool
    private let finishPool: JobPool
    private let connection: ConnectionState
    private let finished: @Sendable (Result<Response, any Error>) -> Void
    // Each is written by the loop while it is `filling`, and read by the job while it is in `full`: never both.
    private let buffers: [UnsafeMutableRawBufferPointer]

    init(
        sink: any BodySink, size: Int64?, pool: JobPool, finishPool: JobPool, connection: ConnectionState,
        finished: @escaping @Sendable (Result<Response, any Error>) -> Void
    ) {
        self.sink = sink
        self.pool = pool
        self.finishPool = finishPool
        self.connection = connection
        self.finished = finished
        let capacity = max(1, Int(min(Int64(Self.capacity), size ?? .max)))
        buffers = (0..<2).map { _ in .allocate(byteCount: capacity, alignment: 64) }
    }

    deinit { for buffer in buffers { buffer.deallocate() } }

    /// On the event loop.
    func receive(_ bytes: UnsafeRawBufferPointer) -> Reception {
        state.withLock { state in
            if let failure = state.failure { return .failed(failure) }
            var taken = 0
            while taken < bytes.count {
                guard let index = state.filling else {
                    state.wantsResume = true
                    return connection.suspend() ? .taken(taken) : .stopped
                }
                let room = UnsafeMutableRawBufferPointer(rebasing: buffers[index][state.counts[index]...])
                let count = min(room.count, bytes.count - taken)
                room.copyMemory(from: UnsafeRawBufferPointer(rebasing: bytes[taken..<(taken + count)]))
                state.counts[index] += count
                taken += count
                if state.counts[index] == buffers[index].count { handOver(index, &state) }
            }
            return .taken(taken)
        }
    }

    /// On the event loop, after the last byte. The connection is suspended until `finished` was called.
    ///
    /// - Returns: an error when the sink has failed already.
    func end() -> Reception {
        state.withLock { state in
            if let failure = state.failure { return .failed(failure) }
            guard connection.suspend() else { return .stopped }
            state.hasEnded = true
            if let index = state.filling, state.counts[index] > 0 { handOver(index, &state) }
            if !state.isBusy { start(&state) }
            return .taken(0)
        }
    }

    /// The request is over. Whatever was not finished is cancelled, off the event loop.
    func close() {
        state.withLock { state in
            state.isGone = true
            if !state.isBusy, !state.isSettled { start(&state) }
        }
    }

    private func handOver(_ index: Int, _ state: inout State) {
        state.full.append(index)
        state.filling = state.counts[1 - index] == 0 ? 1 - index : nil
        if !state.isBusy { start(&state) }
    }

    private func start(_ state: inout State) {
        state.isBusy = true
        if !pool.submit(isBounded: false, { self.work() }) {
            // The pool has stopped, and the process with it: nobody else calls the sink any more.
            state.isBusy = false
            if !state.isSettled {
                state.isSettled = true
                sink.cancel()
            }
        }
    }

    private enum Step { case receive(Int), finish, cancel, rest }

    private func work() {
        while true {
            let step: Step = state.withLock { state in
                if state.isSettled { return rest(&state) }
                if state.isGone || state.failure != nil {
                    state.isSettled = true
                    return .cancel
                }
                if let index = state.full.first { return .receive(index) }
                guard state.hasEnded else { return rest(&state) }
                state.isSettled = true
                return .finish
            }
            switch step {
            case .receive(let index): deliver(index)
            case .cancel:
                sink.cancel()
                let failure = state.withLock { $0.hasEnded ? $0.failure : nil }
                if let failure { finished(.failure(failure)) } else { wake() }
            case .finish:
                let finish: JobPool.Job = { self.finished(Result { try self.sink.finish() }) }
                if !finishPool.submit(isBounded: false, finish) { sink.cancel() }
            case .rest: return
            }
        }
    }

    private func rest(_ state: inout State) -> Step {
        state.isBusy = false
        return .rest
    }

    private func deliver(_ index: Int) {
        let count = state.withLock { $0.counts[index] }
        do {
            try sink.receive(UnsafeRawBufferPointer(rebasing: buffers[index][..<count]))
        } catch {
            state.withLock { $0.failure = error }
            return
        }
        state.withLock { state in
            state.full.removeFirst()
            state.counts[index] = 0
            if state.filling == nil { state.filling = index }
        }
        wake()
    }

    private func wake() {
        let wantsResume = state.withLock { state in
            defer { state.wantsResume = false }
            return state.wantsResume
        }
        if wantsResume { connection.resume() }
    }
}
