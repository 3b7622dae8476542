import Cryptography
import Encoding

/// A handler's response with everything added that does not depend on the conditions of one request:
/// common fields, an entity tag, the gzip form. This is what the response cache keeps.
package struct Representation: Sendable {
    package var status: Int
    package var fields: Fields
    package var body: Body
    package var tag: EntityTag?
    package var lastModified: Int64?
    package var reuse: Reuse
    package var onServed: (@Sendable (Served) -> Void)?
    /// Whether a part of it may be asked for: the bytes are at hand and not coded.
    package var isRangeable: Bool

    /// - Parameters:
    ///   - response: of the handler.
    ///   - method: of the request.
    ///   - allowsGzip: whether the client takes gzip and asks for no range.
    ///   - common: fields for every response.
    package init(_ response: Response, method: Method, allowsGzip: Bool, common: Fields) {
        status = response.status
        fields = response.fields
        fields.merge(missingFrom: common)
        body = response.body
        tag = response.entityTag
        lastModified = response.lastModified
        reuse = response.reuse
        onServed = response.onServed
        isRangeable = false
        guard method == .get || method == .head, status == 200 else {
            describe()
            return
        }
        if case .bytes(let bytes) = body {
            if tag == nil { tag = EntityTag(Hex.encode(SHA256.digest(of: bytes).prefix(16))) }
            isRangeable = !fields.contains("Content-Encoding")
            compress(bytes, madeBefore: response.gzipped, allowed: allowsGzip)
        } else if case .file = body {
            isRangeable = true
        }
        if isRangeable { fields["Accept-Ranges"] = "bytes" }
        describe()
    }

    private mutating func compress(_ bytes: [UInt8], madeBefore: [UInt8]?, allowed: Bool) {
        guard bytes.count >= Compression.minimum, isRangeable, let type = fields["Content-Type"],
            Compression.isCompressible(type)
        else { return }
        let vary = fields["Vary"]
        fields["Vary"] = vary.map { $0 + ", Accept-Encoding" } ?? "Accept-Encoding"
        // What is kept is worth a better ratio than what is sent once.
        let level: Int32 = reuse == .none ? 1 : 6
        guard allowed, let packed = madeBefore ?? Compression.gzip(bytes, level: level) else { return }
        body = .bytes(packed)
        tag = tag?.gzipped
        fields["Content-Encoding"] = "gzip"
        isRangeable = false
    }

    private mutating func describe() {
        if let tag { fields["ETag"] = tag.description }
        if let lastModified { fields["Last-Modified"] = HTTPDate.format(lastModified) }
    }

    /// The fields of a 304 (RFC 9110 §15.4.5): what would be new, not what describes a body.
    package var notModifiedFields: Fields {
        var kept = Fields()
        for field in fields
        where !["Content-Type", "Content-Encoding", "Content-Disposition", "Content-Language", "Accept-Ranges"]
            .contains(where: { ASCII.equalIgnoringCase($0, field.name) })
        {
            kept.append(field.name, field.value)
        }
        return kept
    }
}
