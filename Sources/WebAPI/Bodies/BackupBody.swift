import HTTPServer
import Services
import Synchronization

/// A ``BackupStream`` as the engine pulls it.
final class BackupBody: BodyStream {
    private let stream: BackupStream
    private let turn: Turn
    private let left: Mutex<Int64>
    private let log: @Sendable (String) -> Void

    /// `log` receives why a backup failed half-way, which the client cannot be told any more.
    init(_ stream: BackupStream, _ turn: Turn, log: @escaping @Sendable (String) -> Void) {
        (self.stream, self.turn, self.log) = (stream, turn, log)
        left = Mutex(stream.length)
    }

    var length: Int64? { stream.length }

    func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
        do {
            let count = try stream.read(into: buffer)
            let left = left.withLock { left in
                left -= Int64(count)
                return left
            }
            // Before the client has the last bytes, and may ask again.
            if left <= 0 { turn.end() }
            return count
        } catch {
            turn.end()
            log("the backup failed: \(error)")
            throw error
        }
    }

    func cancel() {
        stream.cancel()
        turn.end()
    }
}
