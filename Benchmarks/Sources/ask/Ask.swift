import Glibc
import Load
import Synchronization

/// Sends the requests of a file, one URL path a line, over N keep-alive connections.
///
/// `ask PORT FILE CONNECTIONS RATE SECONDS` prints a line per answer: the number of the request, milliseconds, the
/// milliseconds that the server says it searched and planned (or -), status and bytes.
///
/// With a rate, requests are sent on a fixed schedule (R a second in all, connections in turn), and an answer's time
/// counts from when its request was due: a slow answer counts for every request that it delays. With rate 0 each
/// connection asks again as soon as it is answered. With 0 seconds each line is asked once; else the file is gone
/// through again and again.
@main
struct Ask {
    static func main() {
        let arguments = CommandLine.arguments
        guard arguments.count == 6, let port = UInt16(arguments[1]), let connections = Int(arguments[3]),
            let rate = Double(arguments[4]), let seconds = Double(arguments[5]), let requests = requests(arguments[2])
        else {
            print("usage: ask PORT FILE CONNECTIONS RATE SECONDS")
            exit(2)
        }
        let total = seconds == 0 ? requests.count : rate == 0 ? Int.max : Int(rate * seconds)
        let next = Atomic(0)
        let lost = Atomic(0)
        let lines = Mutex<[String]>([])
        let start = Clock.now + 0.05
        let end = seconds == 0 ? Double.infinity : start + seconds
        inThreads(connections) { index in
            guard var connection = KeepAlive(port: port) else {
                lost.add(1, ordering: .relaxed)
                return
            }
            var own: [String] = []
            var turn = index
            while true {
                let number: Int
                let due: Double
                if rate == 0 {
                    number = next.add(1, ordering: .relaxed).oldValue
                    due = Clock.now
                    guard number < total, due < end else { break }
                } else {
                    (number, turn) = (turn, turn + connections)
                    guard number < total else { break }
                    due = start + Double(number) / rate
                    Clock.sleep(until: due)
                }
                guard connection.send(requests[number % requests.count]), let answer = connection.receive() else {
                    lost.add(1, ordering: .relaxed)
                    break
                }
                let took = (Clock.now - due) * 1000
                let parts = ["search", "plan"].map { name in answer.milliseconds(of: Substring(name)).map { "\($0)" } ?? "-" }
                own.append("\(number) \(took) \(parts[0]) \(parts[1]) \(answer.status) \(answer.length)")
            }
            lines.withLock { $0 += own }
        }
        print(lines.withLock { $0.joined(separator: "\n") })
        if lost.load(ordering: .relaxed) > 0 {
            print("lost \(lost.load(ordering: .relaxed)) connections")
            exit(1)
        }
    }

    static func requests(_ path: String) -> [[UInt8]]? {
        guard let file = fopen(path, "r") else { return nil }
        defer { fclose(file) }
        var requests: [[UInt8]] = []
        var line: UnsafeMutablePointer<CChar>?
        var size = 0
        while getline(&line, &size, file) > 0 {
            guard let line else { break }
            let path = String(cString: line).split(separator: "\n")[0]
            requests.append(Array("GET \(path) HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".utf8))
        }
        free(line)
        return requests.isEmpty ? nil : requests
    }
}
