import CMicroHTTPD
import Glibc
import Synchronization

/// What the engine keeps for one connection. Only its event loop touches the plain members; other threads see the
/// atomics and go through ``suspend()`` and ``resume()``.
final class ConnectionState: @unchecked Sendable {
    /// What the sweeper judges by.
    enum Phase: UInt8 { case idle, head, handling, body, lingering }

    /// What the next call of the access handler means.
    enum Stage { case head, answer, waiting, choosingSink, collecting, streaming, lingering }

    private enum Pause { case running, suspended, stopped }

    let handle: OpaquePointer
    let descriptor: Int32
    let peer: String
    let isPeerTrusted: Bool

    private let phaseValue = Atomic<UInt8>(0)
    private let sinceValue = Atomic<Int64>(0)
    /// Bytes of the body so far.
    let received = Atomic<Int64>(0)
    private let pause = Mutex(Pause.running)

    var stage = Stage.head
    var loop: EventLoop?
    var head = Head()
    private(set) var target = UnsafeMutableRawBufferPointer.allocate(byteCount: 256, alignment: 8)
    private(set) var targetCount = 0
    var started: Int64 = 0
    var id: UInt64 = 0
    var request: Request?
    var route: Route?
    var body: [UInt8] = []
    /// Its part of ``Engine/bodyMemory``.
    var reserved: Int64 = 0
    var exchange: Exchange?
    var upload: Upload?

    // For the access log and `onServed`.
    var methodName: StaticString = "-"
    var status = 0
    var expectedBytes: Int64 = 0
    var range: Range<Int64> = 0..<0
    var onServed: (@Sendable (Served) -> Void)?
    var counted: Counted = .nothing
    var remote: String?

    /// How the bytes of a response that broke off are counted.
    enum Counted {
        case nothing
        /// By what the peer acknowledged since this count.
        case acknowledged(UInt64)
        case stream(StreamPump)
    }

    init(_ handle: OpaquePointer, peer: String, isPeerTrusted: Bool) {
        self.handle = handle
        self.peer = peer
        self.isPeerTrusted = isPeerTrusted
        descriptor = cmhd_descriptor(handle)
        enter(.idle, at: Clock.coarse())
    }

    deinit { target.deallocate() }

    var phase: Phase { Phase(rawValue: phaseValue.load(ordering: .relaxed)) ?? .idle }
    var since: Int64 { sinceValue.load(ordering: .relaxed) }

    func enter(_ phase: Phase, at time: Int64) {
        sinceValue.store(time, ordering: .relaxed)
        phaseValue.store(phase.rawValue, ordering: .relaxed)
    }

    var rawTarget: UnsafeRawBufferPointer { UnsafeRawBufferPointer(rebasing: target[..<targetCount]) }

    /// The request line has come: keeps the target, which the engine below cuts up later.
    func begin(target uri: UnsafePointer<CChar>) {
        let count = cLength(uri)
        if count > target.count {
            target.deallocate()
            target = .allocate(byteCount: count, alignment: 8)
        }
        target.baseAddress?.copyMemory(from: uri, byteCount: count)
        targetCount = count
        stage = .head
        enter(.head, at: Clock.coarse())
    }

    /// Forgets the request that is over.
    func reset() {
        request = nil
        route = nil
        body = []
        exchange = nil
        upload = nil
        onServed = nil
        counted = .nothing
        remote = nil
        status = 0
        stage = .head
        received.store(0, ordering: .relaxed)
        if target.count > 1024 {
            target.deallocate()
            target = .allocate(byteCount: 256, alignment: 8)
        }
        targetCount = 0
        enter(.idle, at: Clock.coarse())
    }

    /// Takes the connection out of its event loop. A wake-up may come early: whoever waits looks again.
    ///
    /// - Returns: false when the server stops, and the request with it.
    func suspend() -> Bool {
        pause.withLock { pause in
            guard pause == .running else { return false }
            MHD_suspend_connection(handle)
            pause = .suspended
            return true
        }
    }

    /// Gives it back. Does nothing unless it is suspended, so `handle` is alive whenever it is used.
    func resume() {
        pause.withLock { pause in
            guard pause == .suspended else { return }
            pause = .running
            MHD_resume_connection(handle)
        }
    }

    /// Ends suspension for good: libmicrohttpd must not be stopped while a connection is suspended.
    func resumeForStop() {
        pause.withLock { pause in
            if pause == .suspended { MHD_resume_connection(handle) }
            pause = .stopped
        }
    }
}
