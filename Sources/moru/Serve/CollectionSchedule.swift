import Glibc
import Registry
import Services
import Synchronization

/// Collects what nothing names, every now and then, on a thread of its own.
final class CollectionSchedule: Sendable {
    private let collector: GarbageCollector
    private let grace: TimeSpan
    private let interval: TimeSpan
    private let log: @Sendable (String) -> Void
    private let isStopping = Atomic(false)
    private let thread = Mutex<pthread_t?>(nil)
    /// Written to when it is time to stop.
    private let bell: (read: Int32, write: Int32)

    /// - Throws: When the system gives no pipe.
    init(
        _ collector: GarbageCollector, grace: TimeSpan, interval: TimeSpan, log: @escaping @Sendable (String) -> Void
    ) throws {
        self.collector = collector
        self.grace = grace
        self.interval = interval
        self.log = log
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else {
            throw Failure(.failed, "no pipe: \(String(cString: strerror(errno)))")
        }
        bell = (ends[0], ends[1])
    }

    deinit {
        close(bell.read)
        close(bell.write)
    }

    /// Begins; the first round comes after the interval.
    func start() {
        let box = Unmanaged.passRetained(self)
        var thread = pthread_t()
        guard pthread_create(&thread, nil, runSchedule, box.toOpaque()) == 0 else {
            box.release()
            return log("cannot collect: the system gives no thread")
        }
        self.thread.withLock { $0 = thread }
    }

    /// Ends, after the few milliseconds that a round under way takes to stop.
    func stop() {
        isStopping.store(true, ordering: .relaxed)
        var byte: UInt8 = 0
        write(bell.write, &byte, 1)
        if let thread = thread.withLock({ $0.take() }) { pthread_join(thread, nil) }
    }

    fileprivate func run() {
        // The event loops go first: on Linux the nice value belongs to a thread, and 0 means this one (setpriority(2)).
        _ = setpriority(__priority_which_t(PRIO_PROCESS.rawValue), 0, 5)
        var trouble: String?
        report(&trouble) { try collector.emptyTrash() }
        guard interval.milliseconds > 0 else { return }
        while wait() {
            report(&trouble) {
                let report = try collector.collect(
                    grace: grace.seconds, while: { !isStopping.load(ordering: .relaxed) })
                if report.removed + report.lost > 0 {
                    log("collected \(report.removed) blobs that nothing names, \(report.bytes) bytes")
                }
                if report.uploads > 0 {
                    log("removed \(report.uploads) uploads that nobody published, \(report.uploadBytes) bytes")
                }
            }
        }
    }

    /// Logs what keeps a round from its work, once until another one has worked.
    private func report(_ trouble: inout String?, _ round: () throws -> Void) {
        do {
            try round()
            trouble = nil
        } catch {
            let text = (error as? RegistryError)?.message.en ?? "\(error)"
            if text != trouble { log("no collection for now: \(text)") }
            trouble = text
        }
    }

    /// False when it is time to stop.
    private func wait() -> Bool {
        var rest = interval.milliseconds
        while rest > 0 {
            let part = Int32(min(rest, 3_600_000))
            var event = pollfd(fd: bell.read, events: Int16(POLLIN), revents: 0)
            if poll(&event, 1, part) > 0 { return false }
            rest -= Int64(part)
        }
        return !isStopping.load(ordering: .relaxed)
    }
}

private func runSchedule(_ argument: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
    guard let argument else { return nil }
    Unmanaged<CollectionSchedule>.fromOpaque(argument).takeRetainedValue().run()
    return nil
}
