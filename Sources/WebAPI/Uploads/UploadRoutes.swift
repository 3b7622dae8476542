import HTTPServer
import JSON
import Registry
import Services

/// Uploads that can be resumed, by the protocol tus 1.0.0; see ``TusHeaders``.
struct UploadRoutes: Sendable {
    let uploads: UploadService
    let gate: Gate
    let configuration: Configuration

    static let path = "/api/v1/uploads"
    private var limits: UploadLimits { UploadLimits(maximumSize: configuration.maximumUpload) }

    var routes: [Route] {
        [
            Route(.options, Self.path, "describeUploads", describe),
            Route(.get, Self.path, "listUploads", lane: .slow, list),
            .stream(.post, Self.path, "createUpload", maximum: configuration.maximumUpload, sink: create),
            Route(.get, Self.path + "/{id}", "getUpload", lane: .slow, get),
            .stream(.patch, Self.path + "/{id}", "appendToUpload", maximum: configuration.maximumUpload, sink: append),
            .stream(.post, Self.path + "/{id}", "overrideUpload", maximum: configuration.maximumUpload, sink: override),
            Route(.delete, Self.path + "/{id}", "deleteUpload", lane: .slow, delete),
        ]
    }

    @Sendable private func describe(_ request: Request) throws -> Response {
        _ = try gate.admit(request)
        return .empty(
            204,
            fields: [
                "Allow": "GET, HEAD, POST, OPTIONS", "Tus-Version": TusHeaders.version,
                "Tus-Extension": TusHeaders.extensions, "Tus-Max-Size": "\(limits.maximumSize)",
                "Tus-Checksum-Algorithm": TusHeaders.algorithms, "Tus-Resumable": TusHeaders.version,
            ])
    }

    /// For clients that have forgotten, such as a page that was loaded again.
    @Sendable private func list(_ request: Request) throws -> Response {
        let (visit, _) = try gate.admitUser(request)
        let uploads = try uploads.list(by: visit.caller)
        var response = Response.list(Page(items: uploads, total: uploads.count, next: nil), of: request) {
            json, upload in
            json.object { $0.members(of: upload) }
        }
        response.fields.merge(missingFrom: TusHeaders.common)
        response.fields["Cache-Control"] = Caching.none
        return response
    }

    @Sendable private func create(_ request: Request) throws -> any BodySink {
        let (visit, _) = try gate.admitUser(request)
        try TusHeaders.requireVersion(request)
        try uploads.authorise(visit.caller)
        let (length, metadata) = (try TusHeaders.length(of: request), try TusHeaders.metadata(of: request))
        let checksum = try TusHeaders.checksum(of: request)
        let hasBody = request.contentLength != 0
        if hasBody { try TusHeaders.requireMediaType(request) }
        let upload = try uploads.create(length: length, metadata: metadata, limits: limits, by: visit.caller)
        let part: UploadPart
        do {
            part = try uploads.begin(
                upload.id, at: 0, size: request.contentLength, checksum: checksum, by: visit.caller)
        } catch {
            // The client is not told its name, so nobody would go on with it.
            try? uploads.delete(upload.id, by: visit.caller)
            throw error
        }
        return UploadSink(part) { upload in
            var fields = TusHeaders.fields(of: upload)
            fields["Location"] = "\(Self.path)/\(upload.id)"
            return .empty(201, fields: fields)
        }
    }

    /// To HEAD it tells where to go on, and stops a request that still writes; a GET only looks.
    @Sendable private func get(_ request: Request) throws -> Response {
        let (visit, _) = try gate.admitUser(request)
        try TusHeaders.requireVersion(request, isOptional: true)
        let isHead = request.method == .head
        let upload =
            isHead
            ? try uploads.resume(id(request), by: visit.caller)
            : try uploads.upload(id(request), by: visit.caller)
        var response = Response.object(fields: TusHeaders.fields(of: upload)) { $0.members(of: upload) }
        response.fields["Upload-Length"] = "\(upload.length)"
        if !upload.metadata.isEmpty { response.fields["Upload-Metadata"] = upload.metadata }
        return response
    }

    @Sendable private func append(_ request: Request) throws -> any BodySink {
        let (visit, _) = try gate.admitUser(request)
        try TusHeaders.requireVersion(request)
        // Who may not see it is not told that the request is wrong otherwise.
        _ = try uploads.upload(id(request), by: visit.caller)
        try TusHeaders.requireMediaType(request)
        let part = try uploads.begin(
            id(request), at: TusHeaders.offset(of: request), size: request.contentLength,
            checksum: TusHeaders.checksum(of: request), by: visit.caller)
        return UploadSink(part) { .empty(204, fields: TusHeaders.fields(of: $0)) }
    }

    /// For clients that can send nothing but GET and POST.
    @Sendable private func override(_ request: Request) throws -> any BodySink {
        switch request.fields["X-HTTP-Method-Override"] {
        case "PATCH": return try append(request)
        case "DELETE":
            let response = try delete(request)
            return DocumentSink { _ in response }
        default: throw HTTPError.methodNotAllowed(allow: "GET, HEAD, PATCH, DELETE, OPTIONS")
        }
    }

    @Sendable private func delete(_ request: Request) throws -> Response {
        let (visit, _) = try gate.admitUser(request)
        try TusHeaders.requireVersion(request)
        try uploads.delete(id(request), by: visit.caller)
        return .empty(204, fields: TusHeaders.common)
    }

    private func id(_ request: Request) -> UploadID? { UploadID(request.parameter("id")) }
}

extension JSONWriter {
    fileprivate mutating func members(of upload: ResumableUpload) {
        member("id", upload.id.description)
        member("length", upload.length)
        member("offset", upload.received)
        member("digest", upload.blob?.digest.description)
        object("metadata") { json in
            for pair in TusHeaders.pairs(upload.metadata) ?? [] {
                json.key(pair.key)
                json.string(String(decoding: pair.value, as: UTF8.self))
            }
        }
        member("created_at", time: upload.createdAt)
        member("expires_at", time: upload.expiresAt)
    }
}
