import HTTPServer
import Registry
import Services

/// The bytes of artifacts.
struct ArtifactRoutes: Sendable {
    let resolving: ResolveService
    let downloads: DownloadCounter
    let gate: Gate

    var routes: [Route] {
        [
            Route(.get, "/api/v1/models/{ns}/{name}/versions/{v}/artifacts/{path...}", "getArtifact", get),
            Route(.get, "/m/{ns}/{model}/{path...}", "getArtifactShort", getShort),
        ]
    }

    @Sendable private func get(_ request: Request) throws -> Response {
        let visit = try gate.admit(request)
        return try answer(request, visit, request.modelName(), request.selector())
    }

    /// `name` or `name@selector`.
    @Sendable private func getShort(_ request: Request) throws -> Response {
        let visit = try gate.admit(request)
        let parts = request.parameter("model").split(separator: "@", maxSplits: 1, omittingEmptySubsequences: false)
        guard let name = try? ModelName(namespace: request.parameter("ns"), name: parts[0]) else {
            throw RegistryError.unknownModel
        }
        let selector = try parts.count > 1 ? VersionSelector(parts[1]) : .alias(.latest)
        return try answer(request, visit, name, selector)
    }

    private func answer(
        _ request: Request, _ visit: Gate.Visit, _ name: ModelName, _ selector: VersionSelector
    ) throws -> Response {
        guard let path = try? ArtifactPath(request.parameter("path")) else { throw RegistryError.unknownArtifact }
        let found = try resolving.artifact(name, selector, path, request.variant(), for: visit.caller)
        let artifact = found.artifact
        var response = Response(body: .file(path: found.blobPath, offset: 0, size: artifact.size))
        response.entityTag = EntityTag(artifact.digest.description)
        response.fields = Self.fields(of: artifact)
        response.fields["Cache-Control"] = Caching.content(
            of: found.version, isPublic: found.isPublic, selector: selector)
        response.fields.describe(found.version)
        if request.query["inline"] == "1", let type = ImageType.ofFile(at: found.blobPath) {
            response.fields["Content-Type"] = type
            response.fields["Content-Disposition"] = "inline"
        }
        response.reuse = visit.reuse
        let (downloads, model, version) = (downloads, found.version.model, found.version.id)
        response.onServed = { served in
            if served.isDownload { downloads.note(model: model, version: version) }
        }
        return response
    }

    /// The media type is metadata only: whatever an author uploads, a browser saves it and never runs it.
    private static func fields(of artifact: Artifact) -> Fields {
        [
            "Content-Type": "application/octet-stream",
            "Content-Disposition": Disposition.attachment(filename: artifact.path.parts.last.map(String.init) ?? ""),
            "Content-Security-Policy": "sandbox; default-src 'none'",
            "Cross-Origin-Resource-Policy": "same-origin",
            "Repr-Digest": "sha-256=:\(artifact.digest.base64):",
        ]
    }
}

extension Served {
    /// Whether this was a download rather than a check, a later part of one or one that was cut.
    var isDownload: Bool {
        !isHead && (status == 200 || status == 206) && range.lowerBound == 0 && bytes > 0 && isComplete
    }
}

extension RegistryError {
    static let unknownArtifact = RegistryError(
        .artifactUnknown, "the version has no artifact of this path", ko: "이 버전에는 그런 경로의 파일이 없습니다")
}
