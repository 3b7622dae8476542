import Encoding
import HTTPServer
import Registry
import Services

/// The header fields of the tus resumable upload protocol 1.0.0 (<https://tus.io/protocols/resumable-upload>).
enum TusHeaders {
    static let version = "1.0.0"
    static let extensions = "creation,creation-with-upload,termination,checksum,expiration"
    static let mediaType = "application/offset+octet-stream"
    private static let maximumMetadata = 4096

    /// What every answer of these addresses carries.
    static let common: Fields = ["Tus-Resumable": version]

    /// Whether a path is one of those that speak the protocol.
    static func speaks(_ path: String) -> Bool { path == UploadRoutes.path || path.hasPrefix(UploadRoutes.path + "/") }

    /// - Throws: 412 when the client speaks another version of the protocol, or does not say which and must.
    static func requireVersion(_ request: Request, isOptional: Bool = false) throws(HTTPError) {
        let sent = request.fields["Tus-Resumable"]
        guard sent == version || (isOptional && sent == nil) else {
            throw HTTPError(
                status: 412, code: HTTPCode.preconditionFailed.rawValue,
                detail: "Send Tus-Resumable: \(version); no other version of the protocol is spoken here.",
                fields: ["Tus-Version": version])
        }
    }

    /// `Upload-Length` of a new upload.
    ///
    /// - Throws: 400 when it is missing, malformed or to be told later.
    static func length(of request: Request) throws(HTTPError) -> Int64 {
        guard request.fields["Upload-Defer-Length"] == nil, request.fields["Upload-Concat"] == nil else {
            throw .badRequest("Upload-Defer-Length and Upload-Concat are not supported; send Upload-Length.")
        }
        return try number("Upload-Length", of: request)
    }

    /// - Throws: 400 when `Upload-Offset` is missing or malformed.
    static func offset(of request: Request) throws(HTTPError) -> Int64 { try number("Upload-Offset", of: request) }

    private static func number(_ name: String, of request: Request) throws(HTTPError) -> Int64 {
        let digits = request.fields[name] ?? ""
        guard (1...18).contains(digits.utf8.count), digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
            let value = Int64(digits)
        else { throw .badRequest("\(name) is a whole number of bytes, at most 18 digits.") }
        return value
    }

    /// `Upload-Metadata` as it was sent; "" when there is none.
    ///
    /// - Throws: 400 when it is malformed or over 4 KiB.
    static func metadata(of request: Request) throws(HTTPError) -> String {
        guard let text = request.fields["Upload-Metadata"], !text.isEmpty else { return "" }
        guard text.utf8.count <= maximumMetadata, pairs(text) != nil else {
            throw .badRequest("Upload-Metadata is a list of different keys with values in Base64, at most 4096 bytes.")
        }
        return text
    }

    /// The keys and values of `Upload-Metadata`, in their order; nil when it is malformed.
    static func pairs(_ text: String) -> [(key: String, value: [UInt8])]? {
        guard !text.isEmpty else { return [] }
        var keys: Set<Substring> = []
        var pairs: [(key: String, value: [UInt8])] = []
        for item in text.split(separator: "," as Character, omittingEmptySubsequences: false) {
            let parts = item.trimmed.split(separator: " " as Character, omittingEmptySubsequences: false)
            guard (1...2).contains(parts.count), !parts[0].isEmpty,
                parts[0].utf8.allSatisfy({ (0x21...0x7E).contains($0) }), keys.insert(parts[0]).inserted,
                let value = Base64.decode(parts.count == 2 ? parts[1] : "")
            else { return nil }
            pairs.append((String(parts[0]), value))
        }
        return pairs
    }

    /// `Upload-Checksum`; nil when there is none.
    ///
    /// - Throws: 400 when the algorithm is another than those announced, or the digest malformed.
    static func checksum(of request: Request) throws(HTTPError) -> UploadChecksum? {
        guard let text = request.fields["Upload-Checksum"] else { return nil }
        let parts = text.split(separator: " " as Character)
        guard parts.count == 2, let algorithm = UploadChecksum.Algorithm(rawValue: String(parts[0])),
            let digest = Base64.decode(parts[1]), digest.count == algorithm.byteCount
        else { throw .badRequest("Upload-Checksum is \(algorithms), a space, and the digest in Base64.") }
        return UploadChecksum(algorithm, digest)
    }

    static let algorithms = UploadChecksum.Algorithm.allCases.map(\.rawValue).joined(separator: ",")

    /// - Throws: 415 when bytes come that are not said to be bytes of an upload.
    static func requireMediaType(_ request: Request) throws(HTTPError) {
        let type = request.fields["Content-Type"] ?? ""
        guard type.prefix(while: { $0 != ";" }).trimmed.lowercased() == mediaType else {
            throw .unsupportedMediaType("Send \(mediaType).")
        }
    }

    /// Where an upload stands.
    static func fields(of upload: ResumableUpload) -> Fields {
        var fields: Fields = [
            "Upload-Offset": "\(upload.received)", "Upload-Expires": HTTPDate.format(upload.expiresAt),
            "Cache-Control": Caching.none,
        ]
        fields.merge(missingFrom: common)
        return fields
    }
}
