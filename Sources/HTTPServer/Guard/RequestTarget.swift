/// The parts of a request target in origin-form or absolute-form (RFC 9112 §3.2).
package struct RequestTarget: Sendable {
    /// Percent-encoded, in normal form: no empty, `.` or `..` segment.
    package let path: String
    package let query: Substring

    package init(_ target: String) throws(HTTPError) {
        var rest = target[...]
        for scheme in ["http://", "https://"] where ASCII.equalIgnoringCase(rest.prefix(scheme.count), scheme) {
            rest = rest.dropFirst(scheme.count)
            guard let slash = rest.firstIndex(where: { $0 == "/" || $0 == "?" }), rest[slash] == "/"
            else { throw .badRequest("The request target has no path.") }
            rest = rest[slash...]
        }
        let mark = rest.utf8.firstIndex(of: 0x3F) ?? rest.endIndex
        path = String(rest[..<mark])
        query = mark == rest.endIndex ? "" : rest[rest.utf8.index(after: mark)...]
        guard path == "*" || Self.isNormal(path.utf8) else {
            throw .badRequest("The path is not in normal form.")
        }
    }

    /// Whether the path starts with a slash, its escapes are well-formed, no segment is empty (but the last),
    /// `.` or `..` – escaped or not –, and no control byte, backslash or `#` stands in it.
    package static func isNormal(_ path: some Sequence<UInt8>) -> Bool {
        var bytes = path.makeIterator()
        guard bytes.next() == 0x2F else { return false }
        var length = 0
        var dots = 0
        while let raw = bytes.next() {
            var byte = raw
            if raw == 0x2F {
                if length == 0 || (dots == length && dots <= 2) { return false }
                length = 0
                dots = 0
                continue
            }
            if raw == 0x25 {
                guard let high = bytes.next().flatMap(ASCII.hexValue), let low = bytes.next().flatMap(ASCII.hexValue)
                else { return false }
                byte = high << 4 | low
            } else if raw == 0x20 || raw == 0x22 || raw == 0x23 || raw == 0x3C || raw == 0x3E {
                return false
            }
            if byte < 0x20 || byte == 0x7F || byte == 0x5C { return false }
            length += 1
            if byte == 0x2E { dots += 1 }
        }
        return !(length > 0 && dots == length && dots <= 2)
    }
}
