import HTTPServer
import JSON
import Services
import Synchronization

/// The reports of a check as JSON lines. Each pull does one piece of the work, so a client that goes away ends it.
final class CheckBody: BodyStream {
    private let check: RepositoryCheck
    private let turn: Turn
    private let pending = Mutex<ArraySlice<UInt8>>([])

    init(_ check: RepositoryCheck, _ turn: Turn) { (self.check, self.turn) = (check, turn) }

    var length: Int64? { nil }

    func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
        pending.withLock { pending in
            if pending.isEmpty {
                guard let reports = check.next() else { return 0 }
                // Before the client has the last line, and may ask again.
                if case .summary? = reports.last { turn.end() }
                pending = reports.flatMap { $0.json.bytes + [UInt8(ascii: "\n")] }[...]
            }
            let count = min(pending.count, buffer.count)
            buffer.copyBytes(from: pending.prefix(count))
            pending.removeFirst(count)
            return count
        }
    }

    func cancel() { turn.end() }
}
