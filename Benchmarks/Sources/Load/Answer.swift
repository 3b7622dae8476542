/// What the head of an HTTP answer says.
package struct Answer: Sendable {
    package let status: Int
    /// Bytes of the body.
    package let length: Int
    private let timing: [Substring: Double]

    init?(head: some Collection<UInt8>) {
        let lines = String(decoding: head, as: UTF8.self).split(separator: "\r\n")
        guard let first = lines.first?.split(separator: " "), first.count >= 2, let status = Int(first[1]) else { return nil }
        var fields: [String: Substring] = [:]
        for line in lines.dropFirst() {
            guard let colon = line.firstIndex(of: ":") else { return nil }
            fields[line[..<colon].lowercased()] = line[line.index(after: colon)...].drop { $0 == " " }
        }
        self.status = status
        if status == 304 || status == 204 {
            length = 0
        } else {
            guard let length = fields["content-length"].flatMap({ Int($0) }) else { return nil }
            self.length = length
        }
        timing = Dictionary(
            (fields["server-timing"] ?? "").split(separator: ",").compactMap { metric in
                let parts = metric.split(separator: ";").map { $0.drop { $0 == " " } }
                let duration = parts.dropFirst().first { $0.hasPrefix("dur=") }.flatMap { Double($0.dropFirst(4)) }
                return parts.first.flatMap { name in duration.map { (name, $0) } }
            }
        ) { first, _ in first }
    }

    /// Milliseconds that the server says a part took (`Server-Timing: plan;dur=0.3, search;dur=1.8`, W3C Server Timing).
    package func milliseconds(of part: Substring) -> Double? { timing[part] }
}
