import Glibc
import HTTPServer
import Registry
import Services

/// Publishing versions.
struct PublishRoutes: Sendable {
    let publishing: PublishService
    let gate: Gate
    let configuration: Configuration
    /// Where uploads go, to see whether there is room.
    let dataPath: String

    var routes: [Route] {
        [
            .stream(
                .post, "/api/v1/models/{ns}/{name}/versions", "publishVersion",
                maximum: configuration.maximumUpload, sink: begin)
        ]
    }

    /// Runs before the body is read: who may not publish sends nothing.
    @Sendable private func begin(_ request: Request) throws -> any BodySink {
        let (visit, _) = try gate.admitUser(request)
        let model = try ModelName(namespace: request.parameter("ns"), name: request.parameter("name"))
        try publishing.authorise(model, by: visit.caller)
        try requireRoom(for: request.contentLength ?? 0)
        let publish: @Sendable (PublishRequest) throws -> Response = { [publishing] publication in
            let (detail, created) = try publishing.publish(publication, by: visit.caller)
            return .published(detail, created: created)
        }
        let type = request.fields["Content-Type"] ?? ""
        switch type.prefix(while: { $0 != ";" }).trimmed.lowercased() {
        case "multipart/form-data":
            return try MultipartSink(
                contentType: type, contentLength: request.contentLength,
                form: PublishForm(model: model, publishing: publishing), publish: publish)
        case "application/json":
            return DocumentSink { [publishing] bytes in
                try publish(PublishDocument.read(bytes, model: model, publishing: publishing))
            }
        default:
            throw HTTPError.unsupportedMediaType("Send multipart/form-data or application/json.")
        }
    }

    /// Says so before the body comes, rather than in its middle. A sixteenth of the file system, at most 64 MB, stays
    /// free for the database.
    private func requireRoom(for length: Int64) throws {
        var status = statvfs()
        guard statvfs(dataPath, &status) == 0 else { return }
        let block = Int64(clamping: status.f_frsize)
        let (free, overflow) = Int64(clamping: status.f_bavail).multipliedReportingOverflow(by: block)
        let (whole, _) = Int64(clamping: status.f_blocks / 16).multipliedReportingOverflow(by: block)
        let (needed, overflow2) = length.addingReportingOverflow(min(64 << 20, max(0, whole)))
        guard overflow || (!overflow2 && free >= needed) else {
            throw RegistryError(
                .storeFull, "there is no room for \(length) bytes", ko: "\(length)바이트를 저장할 공간이 없습니다")
        }
    }
}

extension Response {
    /// 201 with the version that was made, or 200 with the same one that was there.
    static func published(_ detail: VersionDetail, created: Bool) -> Response {
        var response = Response.object(status: created ? 201 : 200) { $0.members(of: detail, artifacts: true) }
        response.describe(detail)
        response.fields["Location"] = "/api/v1/models/\(detail.model)/versions/\(detail.version.number)"
        return response
    }
}
