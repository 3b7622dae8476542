/// What is sent for one request: a representation after conditions and ranges.
package struct Outcome: Sendable {
    package enum Content: Sendable {
        /// No bytes; `length` is what a GET would have sent (HEAD), nil when unknown.
        case head(length: Int64?)
        /// No bytes (304); `length` is what a 200 would have sent, or nil to say 0: see ``Head/isPlain``.
        case notModified(length: Int64?)
        case bytes([UInt8])
        case file(path: String, offset: Int64, size: Int64)
        case parts(MultipartRanges)
        case stream(any BodyStream)
    }

    package var status: Int
    package var fields: Fields
    package var content: Content
    package var range: Range<Int64>
    package var onServed: (@Sendable (Served) -> Void)?

    /// - Parameters:
    ///   - representation: of the target.
    ///   - request: whose conditions are judged.
    /// - Throws: 412 and 416.
    package init(_ representation: Representation, for request: Request) throws(HTTPError) {
        let length = representation.body.length
        status = representation.status
        fields = representation.fields
        range = 0..<(length ?? 0)
        onServed = representation.onServed
        switch representation.body {
        case .none: content = .head(length: 0)
        case .bytes(let bytes): content = .bytes(bytes)
        case .file(let path, let offset, let size): content = .file(path: path, offset: offset, size: size)
        case .stream(let stream): content = .stream(stream)
        }
        guard request.method == .get || request.method == .head else { return }
        if status == 200 {
            switch Precondition.evaluate(
                request.fields, tag: representation.tag, lastModified: representation.lastModified)
            {
            case .failed: throw .preconditionFailed
            case .notModified:
                status = 304
                fields = representation.notModifiedFields
                drop()
                content = .notModified(length: length)
                return
            case .proceed: break
            }
        }
        if request.method == .head {
            drop()
            content = .head(length: length)
            return
        }
        if status == 200, representation.isRangeable, let length, let field = request.fields["Range"],
            Precondition.allowsRange(
                request.fields, tag: representation.tag, lastModified: representation.lastModified)
        {
            try cut(ByteRange.select(field, size: length), of: representation.body, size: length)
        }
    }

    /// A refusal, or another answer that no condition touches.
    package init(_ response: Response, isHead: Bool, common: Fields) {
        status = response.status
        fields = response.fields
        fields.merge(missingFrom: common)
        range = 0..<(response.body.length ?? 0)
        switch response.body {
        case .bytes(let bytes) where !isHead: content = .bytes(bytes)
        default: content = .head(length: response.body.length)
        }
    }

    private func drop() {
        if case .stream(let stream) = content { stream.cancel() }
    }

    private mutating func cut(_ selection: ByteRange.Selection, of body: Body, size: Int64) throws(HTTPError) {
        switch selection {
        case .whole: return
        case .unsatisfiable: throw .rangeNotSatisfiable(size: size)
        case .parts(let parts) where parts.count == 1:
            range = parts[0]
            fields["Content-Range"] = "bytes \(range.lowerBound)-\(range.upperBound - 1)/\(size)"
            switch body {
            case .bytes(let bytes): content = .bytes(Array(bytes[Int(range.lowerBound)..<Int(range.upperBound)]))
            case .file(let path, let offset, _):
                content = .file(path: path, offset: offset + range.lowerBound, size: Int64(range.count))
            case .none, .stream: return
            }
        case .parts(let parts):
            let multipart = MultipartRanges(parts, of: body, size: size, mediaType: fields["Content-Type"])
            range = parts[0].lowerBound..<parts[parts.count - 1].upperBound
            fields["Content-Type"] = "multipart/byteranges; boundary=\(multipart.boundary)"
            content = .parts(multipart)
        }
        status = 206
    }
}
