import Glibc

/// Polls one URL path as a fleet of devices does: N keep-alive connections, each sending R requests a second with an
/// `If-None-Match`, on a fixed schedule so that a slow answer counts for every request it delays.
///
/// `poll PORT PATH ETAG CONNECTIONS RATE SECONDS` prints `count p50 p99 p99.9 max` in milliseconds.
@main
struct Poll {
    static func main() {
        let arguments = CommandLine.arguments
        guard arguments.count == 7, let port = UInt16(arguments[1]), let connections = Int(arguments[4]),
            let rate = Double(arguments[5]), let seconds = Double(arguments[6])
        else {
            print("usage: poll PORT PATH ETAG CONNECTIONS RATE SECONDS")
            exit(2)
        }
        let request = "GET \(arguments[2]) HTTP/1.1\r\nHost: 127.0.0.1\r\nIf-None-Match: \(arguments[3])\r\n\r\n"
        let pollers = (0..<connections).map { index in
            Poller(
                port: port, request: Array(request.utf8), rate: rate, seconds: seconds,
                offset: Double(index) / Double(connections))
        }
        var threads: [pthread_t] = []
        for poller in pollers {
            var thread: pthread_t = 0
            pthread_create(&thread, nil, runPoller, Unmanaged.passRetained(poller).toOpaque())
            threads.append(thread)
        }
        for thread in threads { pthread_join(thread, nil) }
        let all = pollers.flatMap(\.latencies).sorted()
        guard !all.isEmpty, !pollers.contains(where: \.failed) else {
            print("failed")
            exit(1)
        }
        func percentile(_ part: Double) -> Double { all[min(all.count - 1, Int(Double(all.count) * part))] * 1000 }
        print(all.count, percentile(0.5), percentile(0.99), percentile(0.999), percentile(1))
    }
}

/// One connection. Used by its own thread until that is joined, hence safe to hand over.
final class Poller: @unchecked Sendable {
    let port: UInt16
    let request: [UInt8]
    let rate: Double
    let seconds: Double
    let offset: Double
    var latencies: [Double] = []
    var failed = false

    init(port: UInt16, request: [UInt8], rate: Double, seconds: Double, offset: Double) {
        (self.port, self.request, self.rate, self.seconds, self.offset) = (port, request, rate, seconds, offset)
    }

    func run() {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
        let connected = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        defer { close(descriptor) }
        guard connected == 0 else {
            failed = true
            return
        }
        var buffer = [UInt8](repeating: 0, count: 65_536)
        let start = Self.now() + 0.05 + offset / rate
        let total = Int(rate * seconds)
        latencies.reserveCapacity(total)
        for index in 0..<total {
            let due = start + Double(index) / rate
            Self.sleep(until: due)
            guard write(descriptor, request, request.count) == request.count, receive(descriptor, &buffer) else {
                failed = true
                return
            }
            latencies.append(Self.now() - due)
        }
    }

    /// Reads until the end of a header block; a 304 has nothing behind it.
    private func receive(_ descriptor: Int32, _ buffer: inout [UInt8]) -> Bool {
        var count = 0
        while count < buffer.count {
            let room = buffer.count - count
            let read = buffer.withUnsafeMutableBytes { Glibc.read(descriptor, $0.baseAddress.map { $0 + count }, room) }
            guard read > 0 else { return false }
            count += read
            if count >= 12, buffer[count - 4..<count].elementsEqual([13, 10, 13, 10]) {
                return buffer[9..<12].elementsEqual("304".utf8)
            }
        }
        return false
    }

    private static func now() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }

    private static func sleep(until due: Double) {
        var time = timespec(tv_sec: Int(due), tv_nsec: Int((due - due.rounded(.down)) * 1e9))
        while clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &time, nil) == EINTR {}
    }
}

func runPoller(_ box: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
    if let box { Unmanaged<Poller>.fromOpaque(box).takeRetainedValue().run() }
    return nil
}
