import Glibc
import Synchronization
import Threads

/// Moves a streamed response from its source to the event loop, 64 KB at a time. No thread waits between pulls.
final class StreamPump: @unchecked Sendable {
    static let capacity = 64 << 10

    private enum Phase { case filling, ready, ended, failed, abandoned }

    private struct State {
        var phase = Phase.filling
        var count = 0
        var offset = 0
        var delivered: Int64 = 0
        var wantsResume = false
    }

    private let state = Mutex(State())
    private let stream: any BodyStream
    private let pool: JobPool
    private let connection: ConnectionState
    // Written by the job while `filling`, read by the loop while `ready`: never both.
    private let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: StreamPump.capacity, alignment: 64)

    init(_ stream: any BodyStream, pool: JobPool, connection: ConnectionState) {
        self.stream = stream
        self.pool = pool
        self.connection = connection
        fill()
    }

    deinit { buffer.deallocate() }

    var length: Int64? { stream.length }
    /// Bytes given to the event loop.
    var delivered: Int64 { state.withLock { $0.delivered } }

    /// On the event loop.
    ///
    /// - Parameter target: where to.
    /// - Returns: bytes copied, 0 when the connection was suspended, -1 at the end, -2 when the source failed.
    func read(into target: UnsafeMutableRawBufferPointer) -> Int {
        let count: Int = state.withLock { state in
            switch state.phase {
            case .filling:
                state.wantsResume = true
                return connection.suspend() ? 0 : -2
            case .ready:
                let count = min(target.count, state.count - state.offset)
                target.copyMemory(from: UnsafeRawBufferPointer(rebasing: buffer[state.offset..<(state.offset + count)]))
                state.offset += count
                state.delivered += Int64(count)
                if state.offset == state.count { state.phase = .filling } else { return count }
                return -3 - count
            case .ended: return -1
            case .failed, .abandoned: return -2
            }
        }
        guard count <= -3 else { return count }
        fill()
        return -3 - count
    }

    private func fill() {
        if !pool.submit(isBounded: false, { self.work() }) { settle(.failed, count: 0) }
    }

    private func work() {
        let (phase, delivered) = state.withLock { ($0.phase, $0.delivered) }
        guard phase == .filling else {
            if delivered != stream.length { stream.cancel() }
            return
        }
        do {
            let count = try stream.read(into: buffer)
            settle(count > 0 ? .ready : .ended, count: min(count, buffer.count))
        } catch {
            settle(.failed, count: 0)
        }
    }

    private func settle(_ phase: Phase, count: Int) {
        let (wantsResume, isAbandoned) = state.withLock { state in
            let isAbandoned = state.phase == .abandoned && state.delivered != length
            if state.phase != .abandoned {
                state.phase = phase
                state.count = count
                state.offset = 0
            }
            defer { state.wantsResume = false }
            return (state.wantsResume, isAbandoned)
        }
        if isAbandoned, phase != .ended { stream.cancel() }
        if wantsResume { connection.resume() }
    }

    /// The response is over. A source that was not read to its end is cancelled, off the event loop.
    func close() {
        let cancels = state.withLock { state in
            defer { state.phase = .abandoned }
            let isWhole = state.delivered == length
            // A job that fills sees the new phase and cancels by itself.
            return !isWhole && (state.phase == .ready || state.phase == .failed)
        }
        if cancels, !pool.submit(isBounded: false, { self.stream.cancel() }) { stream.cancel() }
    }
}
