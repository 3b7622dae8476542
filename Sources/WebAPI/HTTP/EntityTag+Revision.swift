import Cryptography
import Encoding
import HTTPServer

extension EntityTag {
    /// The tag of a description: the revision of what it describes, and the bytes themselves.
    ///
    /// `If-Match` compares the revision only, so that a download count or a new version elsewhere in the same answer does
    /// not make an edit stale.
    init(revision: Int64, of bytes: [UInt8]) {
        self.init("\(revision)-\(Hex.encode(SHA256.digest(of: bytes).prefix(12)))")
    }

    /// The revision that a tag made by ``init(revision:of:)`` carries, compressed or not.
    var revision: Int64? { opaque.split(separator: "-").first.flatMap { Int64($0) } }
}

extension Request {
    /// The revisions that `If-Match` allows; nil when any will do.
    ///
    /// - Throws: 400 when the field is malformed (RFC 9110 §13.1.1).
    func expectedRevisions() throws -> Set<Int64>? {
        guard let field = fields["If-Match"], field[...].trimmed != "*" else { return nil }
        var revisions: Set<Int64> = []
        for tag in field.split(separator: ",", omittingEmptySubsequences: false).map(\.trimmed) {
            // A weak tag never matches here.
            if tag.hasPrefix("W/\"") { continue }
            guard tag.count >= 2, tag.hasPrefix("\""), tag.hasSuffix("\"") else {
                throw HTTPError.badRequest("If-Match is a list of entity tags, or *.")
            }
            if let revision = EntityTag(String(tag.dropFirst().dropLast())).revision { revisions.insert(revision) }
        }
        return revisions
    }
}
