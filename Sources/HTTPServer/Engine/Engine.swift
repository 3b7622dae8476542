import CMicroHTTPD
import Glibc
import Synchronization
import Threads

/// A running server: the daemon of libmicrohttpd, its connections and threads.
///
/// Calls of one connection come from one event loop, one at a time.
final class Engine: @unchecked Sendable {
    let configuration: ServerConfiguration
    let router: Router
    let generation: @Sendable () -> UInt64
    let proxies: TrustedProxies
    let jobs: JobPool
    /// What changes something waits for the disk on threads of its own, so that nobody who reads waits for those.
    let changes: JobPool
    let heavyJobs: JobPool
    let uploads: JobPool
    let isDraining = Atomic<Bool>(false)
    /// Bytes of ``ServerConfiguration/bodyMemory`` in use.
    let bodyMemory = Atomic<Int64>(0)

    private let connections = Mutex<[Int: ConnectionState]>([:])
    private let loops = Mutex<[EventLoop]>([])
    private let isStopped = Atomic<Bool>(false)
    private let sweeperEnded = Semaphore()
    private let loopKey: pthread_key_t
    // Set once, before `start` returns.
    private var daemon: OpaquePointer?

    init(
        _ configuration: ServerConfiguration, _ router: Router, _ generation: @escaping @Sendable () -> UInt64
    ) throws(ServerError) {
        self.configuration = configuration
        self.router = router
        self.generation = generation
        proxies = try TrustedProxies(configuration.trustedProxies)
        var key = pthread_key_t()
        guard pthread_key_create(&key, nil) == 0 else { throw ServerError(description: "No thread key is free.") }
        loopKey = key
        jobs = JobPool(threads: configuration.jobThreads ?? Self.cores, limit: configuration.jobQueue)
        changes = JobPool(threads: configuration.jobThreads ?? Self.cores, limit: configuration.jobQueue)
        heavyJobs = JobPool(
            threads: configuration.heavyThreads ?? max(1, Self.cores / 2), limit: configuration.heavyQueue)
        uploads = JobPool(threads: max(1, configuration.uploadThreads), limit: .max)
    }

    deinit { pthread_key_delete(loopKey) }

    static var cores: Int { max(2, Thread.cores) }

    func start() throws(ServerError) -> UInt16 {
        signal(SIGPIPE, SIG_IGN)
        let descriptors = Self.raiseDescriptorLimit()
        var address = try ListenAddress(configuration.address, port: configuration.port)
        let limit = max(16, min(configuration.connections, descriptors / 2 - 32))
        let cls = Unmanaged.passUnretained(self).toOpaque()
        let threads = max(2, configuration.threads ?? Self.cores)
        let flags = EngineOptions.flags(isIPv6: address.isIPv6)
        let daemon = address.withSocketAddress { socketAddress -> OpaquePointer? in
            var options = EngineOptions.make(
                self.configuration, limit: limit, threads: threads, address: socketAddress, cls: cls)
            return options.withUnsafeMutableBufferPointer {
                cmhd_start(flags, configuration.port, engineAccepts, engineAccess, cls, $0.baseAddress)
            }
        }
        guard let daemon else {
            let reason = String(cString: strerror(errno))
            stopThreads()
            throw ServerError(
                description: "Cannot listen on \(configuration.address) port \(configuration.port): \(reason)")
        }
        self.daemon = daemon
        if !Thread.detached({ self.sweepRegularly() }) { sweeperEnded.signal() }
        return UInt16(truncatingIfNeeded: cmhd_port(daemon))
    }

    /// Half of the descriptors may be connections, since each may have a file open.
    private static func raiseDescriptorLimit() -> Int {
        var limit = rlimit()
        guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return 1024 }
        if limit.rlim_cur < limit.rlim_max {
            limit.rlim_cur = limit.rlim_max
            _ = setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
            _ = getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
        }
        return Int(clamping: limit.rlim_cur)
    }

    /// New connections are refused by ``engineAccepts``, not by `MHD_quiesce_daemon`: with epoll that races with the
    /// event loops for the listening socket, and libmicrohttpd 0.9.75 ends the process when it loses.
    func stop(drainSeconds: Int) {
        guard let daemon, !isStopped.load(ordering: .acquiring) else { return }
        isDraining.store(true, ordering: .releasing)
        for _ in 0..<(max(0, drainSeconds) * 50) where hasWork { usleep(20_000) }
        isStopped.store(true, ordering: .releasing)
        cutConnections()
        MHD_stop_daemon(daemon)
        self.daemon = nil
        stopThreads()
        sweeperEnded.wait()
        loops.withLock { loops in
            for loop in loops { loop.log.flush() }
        }
    }

    /// libmicrohttpd 0.9.75 crashes when it refuses a request by itself while it is being stopped, so nothing is left
    /// to be read by then.
    private func cutConnections() {
        connections.withLock { connections in
            for connection in connections.values {
                connection.resumeForStop()
                shutdown(connection.descriptor, Int32(SHUT_RDWR))
            }
        }
        for _ in 0..<200 where connections.withLock({ !$0.isEmpty }) { usleep(10_000) }
    }

    private func stopThreads() {
        uploads.stop(seconds: 10)
        heavyJobs.stop(seconds: 10)
        changes.stop(seconds: 10)
        jobs.stop(seconds: 10)
    }

    private var hasWork: Bool {
        connections.withLock { $0.values.contains { $0.phase == .handling || $0.phase == .body } }
    }

    // MARK: Connections

    func opened(_ handle: OpaquePointer) -> ConnectionState {
        let peer = TrustedProxies.peer(of: handle)
        let connection = ConnectionState(handle, peer: peer, isPeerTrusted: proxies.contains(peer))
        let key = Int(bitPattern: handle)
        connections.withLock { $0[key] = connection }
        if isStopped.load(ordering: .acquiring) { connection.resumeForStop() }
        return connection
    }

    func closed(_ handle: OpaquePointer) {
        let key = Int(bitPattern: handle)
        connections.withLock { _ = $0.removeValue(forKey: key) }
    }

    /// The loop of the calling thread.
    func currentLoop() -> EventLoop {
        if let known = pthread_getspecific(loopKey) {
            return Unmanaged<EventLoop>.fromOpaque(known).takeUnretainedValue()
        }
        let loop = EventLoop(configuration)
        // `loops` keeps it alive longer than the thread.
        loops.withLock { $0.append(loop) }
        pthread_setspecific(loopKey, Unmanaged.passUnretained(loop).toOpaque())
        return loop
    }

    // MARK: Sweeper

    private func sweepRegularly() {
        while !isStopped.load(ordering: .acquiring) {
            usleep(250_000)
            let now = Clock.coarse()
            // A connection leaves the table before its descriptor is closed, so none of another is cut.
            connections.withLock { connections in
                for connection in connections.values where isOverdue(connection, now) {
                    shutdown(connection.descriptor, Int32(SHUT_RDWR))
                }
            }
            for loop in loops.withLock({ $0 }) { loop.log.flush() }
        }
        sweeperEnded.signal()
    }

    /// The timeout of libmicrohttpd measures silence only, so a client that drips bytes needs this.
    private func isOverdue(_ connection: ConnectionState, _ now: Int64) -> Bool {
        let seconds = (now - connection.since) / 1_000_000_000
        switch connection.phase {
        case .idle: return seconds >= configuration.idleTimeout
        case .head: return seconds >= configuration.headerDeadline
        case .handling: return false
        case .body:
            let expected = Int64(configuration.minimumUploadRate).multipliedReportingOverflow(by: seconds)
            return seconds >= configuration.uploadGrace
                && connection.received.load(ordering: .relaxed) < expected.partialValue
        case .lingering: return seconds >= Refusal.lingerSeconds
        }
    }
}
