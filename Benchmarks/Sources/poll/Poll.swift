import Glibc
import Load
import Synchronization

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
        let request = Array(
            "GET \(arguments[2]) HTTP/1.1\r\nHost: 127.0.0.1\r\nIf-None-Match: \(arguments[3])\r\n\r\n".utf8)
        let all = Mutex<[Double]>([])
        let start = Clock.now + 0.05
        inThreads(connections) { index in
            let latencies = poll(
                port, request, from: start + Double(index) / Double(connections) / rate, rate, Int(rate * seconds))
            all.withLock { $0 += latencies }
        }
        let latencies = all.withLock { $0.sorted() }
        guard latencies.count == connections * Int(rate * seconds), !latencies.isEmpty else {
            print("failed")
            exit(1)
        }
        func percentile(_ part: Double) -> Double {
            latencies[min(latencies.count - 1, Int(Double(latencies.count) * part))] * 1000
        }
        print(latencies.count, percentile(0.5), percentile(0.99), percentile(0.999), percentile(1))
    }

    /// Seconds that each answer took; fewer than `total` when one was not a 304.
    static func poll(_ port: UInt16, _ request: [UInt8], from start: Double, _ rate: Double, _ total: Int) -> [Double] {
        guard var connection = KeepAlive(port: port) else { return [] }
        var latencies: [Double] = []
        latencies.reserveCapacity(total)
        for index in 0..<total {
            let due = start + Double(index) / rate
            Clock.sleep(until: due)
            guard connection.send(request), connection.receive()?.status == 304 else { return latencies }
            latencies.append(Clock.now - due)
        }
        return latencies
    }
}
