import Archive
import HTTPServer
import Registry
import Services
import Storage

/// All artifacts of a version or variant in one file, made while it is sent.
struct ArchiveRoutes: Sendable {
    let versions: VersionService
    let downloads: DownloadCounter
    let gate: Gate

    var routes: [Route] {
        [
            Route(.get, "/api/v1/models/{ns}/{name}/versions/{v}/archive.zip", "getZipArchive", lane: .slow, zip),
            Route(.get, "/api/v1/models/{ns}/{name}/versions/{v}/archive.tar", "getTarArchive", lane: .slow, tar),
        ]
    }

    @Sendable private func zip(_ request: Request) throws -> Response {
        try answer(request, suffix: "zip", type: "application/zip") { try .zip($0, modifiedAt: $1) }
    }

    @Sendable private func tar(_ request: Request) throws -> Response {
        try answer(request, suffix: "tar", type: "application/x-tar") { try .tar($0, modifiedAt: $1) }
    }

    private func answer(
        _ request: Request, suffix: String, type: String,
        _ make: ([ArchiveMember], Int64) throws -> ArchiveStream
    ) throws -> Response {
        let visit = try gate.admit(request)
        let (name, selector, variant) = try (request.modelName(), request.selector(), request.variant())
        let found = try versions.archive(name, selector, variant, for: visit.caller)
        let version = found.version
        let stream = try make(found.members, version.createdAt)
        var response = Response(body: .stream(ArchiveBody(stream, pin: found.pin)))
        let stem = ([name.name, version.number.description] + (variant.map { [$0.description] } ?? [])).joined(
            separator: "-")
        // The bytes depend on nothing but the manifest, the variant and the format.
        response.entityTag = EntityTag(
            "\(version.manifest.hex.prefix(32))-\(variant?.description ?? "")-\(suffix)")
        response.fields = [
            "Content-Type": type,
            "Content-Disposition": Disposition.attachment(filename: "\(stem).\(suffix)"),
            "Content-Security-Policy": "sandbox; default-src 'none'",
            "Cache-Control": Caching.content(of: version, isPublic: found.isPublic, selector: selector),
        ]
        response.fields.describe(version)
        let (downloads, model, id) = (downloads, version.model, version.id)
        response.onServed = { served in
            if served.isDownload { downloads.note(model: model, version: id) }
        }
        return response
    }
}

/// An ``ArchiveStream`` as the engine pulls it.
private final class ArchiveBody: BodyStream {
    private let stream: ArchiveStream
    /// Keeps the files that are yet to be sent.
    private let pin: BlobPin

    init(_ stream: ArchiveStream, pin: BlobPin) {
        (self.stream, self.pin) = (stream, pin)
    }

    var length: Int64? { stream.length }
    func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int { try stream.read(into: buffer) }
    func cancel() { stream.cancel() }
}
