import Encoding

/// The head of one part of a form (RFC 7578 §4.2).
public struct MultipartPart: Sendable, Hashable {
    /// The name of the form field, decoded.
    public let name: String
    /// As the client sent it, decoded: any text, so check it before it names anything.
    public let filename: String?
    /// How many bytes the part has if it is the form's last; nil when the length of the form is not known.
    public internal(set) var sizeIfLast: Int64?

    /// - Parameter block: header lines between the boundary and the empty line, without that.
    /// - Throws: 400.
    init(parsing block: [UInt8]) throws(HTTPError) {
        guard let text = String(validating: block, as: UTF8.self),
            !block.contains(where: { ($0 < 0x20 && $0 != 0x09 && $0 != 0x0D && $0 != 0x0A) || $0 == 0x7F })
        else { throw .badRequest("The head of a part is not UTF-8 text.") }
        var fields = Fields()
        for line in text.split(separator: "\r\n" as Character) {
            guard let colon = line.firstIndex(of: ":"), !line[..<colon].isEmpty,
                line[..<colon].utf8.allSatisfy(ASCII.isToken), !line.utf8.contains(where: { $0 == 0x0A || $0 == 0x0D })
            else { throw .badRequest("A header field of a part is malformed.") }
            let name = String(line[..<colon])
            guard !fields.contains(name) else { throw .badRequest("A part has two \(name) fields.") }
            fields.append(name, String(ASCII.trimmed(line[line.index(after: colon)...])))
        }
        if let coding = fields["Content-Transfer-Encoding"],
            !["binary", "8bit", "7bit"].contains(ASCII.lowercased(coding))
        {
            throw .badRequest("A part has a transfer encoding other than binary.")
        }
        guard let disposition = fields["Content-Disposition"].flatMap({ HeaderParameters(parsing: $0) }),
            ASCII.equalIgnoringCase(disposition.value, "form-data"), let name = disposition["name"]
        else { throw .badRequest("A part has no form-data name.") }
        self.name = Self.unescaped(name)
        if let extended = disposition["filename*"] {
            guard let decoded = Self.decodeExtended(extended) else {
                throw .badRequest("A filename* is malformed or not UTF-8.")
            }
            filename = decoded
        } else {
            filename = disposition["filename"].map(Self.unescaped)
        }
    }

    /// Browsers send a quote as `%22` and escape nothing else that may stand in a name.
    private static func unescaped(_ text: String) -> String {
        guard text.contains("%22") else { return text }
        var bytes: [UInt8] = []
        var rest = Array(text.utf8)[...]
        while let byte = rest.first {
            let isQuote = rest.starts(with: "%22".utf8)
            bytes.append(isQuote ? 0x22 : byte)
            rest = rest.dropFirst(isQuote ? 3 : 1)
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// `UTF-8'language'percent-encoded` (RFC 8187 §3.2).
    private static func decodeExtended(_ text: String) -> String? {
        let parts = text.split(separator: "'" as Character, maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count == 3, ASCII.equalIgnoringCase(parts[0], "UTF-8") else { return nil }
        return PercentEncoding.decode(parts[2])
    }
}
