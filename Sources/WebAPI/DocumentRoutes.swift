import HTTPServer
import JSON
import Registry
import Services
import Storage

/// What is read of a version besides its artifacts: README and manifest.
struct DocumentRoutes: Sendable {
    let resolving: ResolveService
    let gate: Gate

    var routes: [Route] {
        [
            Route(.get, "/api/v1/models/{ns}/{name}/versions/{v}/readme", "getReadme", readme),
            Route(.get, "/api/v1/models/{ns}/{name}/versions/{v}/manifest", "getManifest", manifest),
            .bytes(.post, "/api/v1/readme/preview", "previewReadme", maximum: PublishForm.maximumReadme, preview),
        ]
    }

    @Sendable private func readme(_ request: Request) throws -> Response {
        let visit = try gate.admit(request)
        let (name, selector) = try (request.modelName(), request.selector())
        let format = try Self.format(request.query["format"])
        let found = try resolving.readme(name, selector, for: visit.caller)
        var response: Response
        switch format {
        case .markdown:
            response = Response(body: .file(path: found.blobPath, offset: 0, size: found.size))
            response.entityTag = EntityTag(found.digest.description)
            response.fields["Content-Type"] = "text/markdown; charset=utf-8"
        case .html:
            response = .html(found.html)
        case .tree:
            response = .json(Array(found.tree.utf8))
        }
        // A README is somebody's text: as a page of its own it gets no rights at all.
        response.fields["Content-Security-Policy"] = "sandbox; default-src 'none'"
        response.fields["Cache-Control"] =
            found.version.state == .draft ? Caching.none : Caching.metadata(isPublic: found.isPublic)
        response.fields.describe(found.version)
        response.reuse = visit.reuse
        return response
    }

    @Sendable private func manifest(_ request: Request) throws -> Response {
        let visit = try gate.admit(request)
        let selector = try request.selector()
        let found = try resolving.manifest(request.modelName(), selector, for: visit.caller)
        var response = Response.json(found.bytes)
        response.entityTag = EntityTag(found.version.manifest.description)
        response.fields["Repr-Digest"] = "sha-256=:\(found.version.manifest.base64):"
        response.fields["Cache-Control"] = Caching.content(
            of: found.version, isPublic: found.isPublic, selector: selector)
        response.fields.describe(found.version)
        response.reuse = visit.reuse
        return response
    }

    @Sendable private func preview(_ request: Request) throws -> Response {
        _ = try gate.admitUser(request)
        let type = (request.fields["Content-Type"] ?? "").prefix { $0 != ";" }.trimmed.lowercased()
        guard type == "text/markdown" else { throw HTTPError.unsupportedMediaType("Send text/markdown.") }
        guard let text = String(validating: request.body, as: UTF8.self) else {
            throw HTTPError.badRequest("Not UTF-8.")
        }
        var response = Response.json(Array(Readme.render(text).tree.utf8))
        response.fields["Cache-Control"] = Caching.none
        return response
    }

    private enum Format: String { case markdown, html, tree }

    private static func format(_ text: String?) throws -> Format {
        guard let text else { return .markdown }
        guard let format = Format(rawValue: text) else {
            throw RegistryError.invalid("format", "markdown, html or tree", ko: "markdown, html, tree 가운데 하나입니다")
        }
        return format
    }
}
