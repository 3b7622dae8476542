public import HTTPServer
public import JSON

/// An answer as it came over the wire.
public struct TestResponse: Sendable {
    public let status: Int
    public let fields: Fields
    public let body: [UInt8]

    public var text: String { String(decoding: body, as: UTF8.self) }
    public var json: JSONValue? { try? JSONValue(parsing: body) }

    /// The code of a problem; nil when the body is none.
    public var problem: String? {
        guard fields["Content-Type"] == "application/problem+json", let type = json?["type"]?.string else { return nil }
        return type.hasPrefix("/problems/") ? String(type.dropFirst("/problems/".count)) : nil
    }

    /// Everything that a client can see, to look for what it must not hold.
    public var everything: String {
        fields.map { "\($0.name): \($0.value)" }.joined(separator: "\n") + "\n\n" + text
    }

    init(parsing bytes: [UInt8]) throws {
        guard let end = bytes.firstRange(of: Array("\r\n\r\n".utf8)) else { throw TestClientError.noAnswer }
        let lines = String(decoding: bytes[..<end.lowerBound], as: UTF8.self).components(by: "\r\n")
        let statusLine = lines[0].split(separator: " ")
        guard statusLine.count >= 2, let status = Int(statusLine[1]) else { throw TestClientError.noAnswer }
        var fields = Fields()
        for line in lines.dropFirst() {
            guard let colon = line.firstIndex(of: ":") else { throw TestClientError.noAnswer }
            fields.append(String(line[..<colon]), String(line[line.index(after: colon)...].drop { $0 == " " }))
        }
        // An interim answer comes before the real one.
        if status == 100 {
            self = try TestResponse(parsing: Array(bytes[end.upperBound...]))
            return
        }
        self.status = status
        self.fields = fields
        let rest = Array(bytes[end.upperBound...])
        body = fields["Transfer-Encoding"] == "chunked" ? Self.joined(chunks: rest) : rest
    }

    private static func joined(chunks: [UInt8]) -> [UInt8] {
        var body: [UInt8] = []
        var rest = chunks[...]
        while let lineEnd = rest.firstRange(of: [0x0D, 0x0A]),
            let size = Int(String(decoding: rest[..<lineEnd.lowerBound], as: UTF8.self), radix: 16), size > 0
        {
            body += rest[lineEnd.upperBound...].prefix(size)
            rest = rest[lineEnd.upperBound...].dropFirst(size + 2)
        }
        return body
    }
}

public enum TestClientError: Error {
    case noConnection
    case noAnswer
}

extension String {
    /// Split where `separator` stands; Swift takes CR LF for one character, which `split` would miss.
    fileprivate func components(by separator: String) -> [String] {
        var parts: [String] = []
        var rest = self[...]
        while let range = rest.firstRange(of: separator) {
            parts.append(String(rest[..<range.lowerBound]))
            rest = rest[range.upperBound...]
        }
        return parts + [String(rest)]
    }
}
