import HTTPServer
import Registry
import Search
import Services

/// Publishing versions.
struct PublishRoutes: Sendable {
    let publishing: PublishService
    let vocabulary: VocabularyService
    let gate: Gate
    let configuration: Configuration

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
        try publishing.requireRoom(for: request.contentLength ?? 0)
        let publish: @Sendable (PublishRequest) throws -> Response = { [publishing, vocabulary] publication in
            let (detail, created) = try publishing.publish(publication, by: visit.caller)
            return try .published(detail, created: created, labels: vocabulary.current())
        }
        let type = request.fields["Content-Type"] ?? ""
        switch type.prefix(while: { $0 != ";" }).trimmed.lowercased() {
        case "multipart/form-data":
            return try MultipartSink(
                contentType: type, contentLength: request.contentLength,
                form: PublishForm(model: model, publishing: publishing, caller: visit.caller), publish: publish)
        case "application/json":
            return DocumentSink { [publishing] bytes in
                try publish(PublishDocument(model: model, publishing: publishing, caller: visit.caller).read(bytes))
            }
        default:
            throw HTTPError.unsupportedMediaType("Send multipart/form-data or application/json.")
        }
    }
}

extension Response {
    /// 201 with the version that was made, or 200 with the same one that was there.
    static func published(_ detail: VersionDetail, created: Bool, labels: ContextVocabulary) -> Response {
        var response = Response.object(status: created ? 201 : 200) {
            $0.members(of: detail, artifacts: true, labels: labels)
        }
        response.describe(detail)
        response.fields["Location"] = "/api/v1/models/\(detail.model)/versions/\(detail.version.number)"
        return response
    }
}
