import HTTPServer
import JSON
import Registry
import Services

/// What the server says of itself.
struct SystemRoutes: Sendable {
    let repository: Repository
    let gate: Gate
    let configuration: Configuration
    let portal: PortalPages

    var routes: [Route] {
        [
            Route(.get, "/healthz", "getHealth", health),
            Route(.get, "/readyz", "getReadiness", lane: .slow, readiness),
            Route(.get, "/openapi.json", "getOpenAPI", document),
            Route(.get, "/problems", "listProblems", problems),
            Route(.get, "/problems/{code}", "getProblem", problem),
            Route(.get, "/api/v1/about", "getAbout", about),
        ]
    }

    @Sendable private func health(_ request: Request) throws -> Response {
        .object(fields: ["Cache-Control": Caching.none]) { $0.member("status", "ok") }
    }

    @Sendable private func readiness(_ request: Request) throws -> Response {
        do {
            try repository.checkReady()
            return .object(fields: ["Cache-Control": Caching.none]) { $0.member("status", "ok") }
        } catch {
            configuration.log("request \(request.id): not ready: \(error)")
            throw RegistryError(
                .storeUnavailable, "the store cannot be written", ko: "저장소에 쓸 수 없습니다")
        }
    }

    @Sendable private func document(_ request: Request) throws -> Response {
        guard let response = portal.files.response(for: "/openapi.json") else { throw HTTPError.notFound }
        return response
    }

    @Sendable private func problems(_ request: Request) throws -> Response {
        let known = KnownProblem.all
        return .list(Page(items: known, total: known.count, next: nil), of: request) { json, problem in
            json.object { $0.members(of: problem) }
        }
    }

    @Sendable private func problem(_ request: Request) throws -> Response {
        guard let problem = KnownProblem.all.first(where: { $0.code == request.parameter("code") }) else {
            throw HTTPError.notFound
        }
        return .object { $0.members(of: problem) }
    }

    @Sendable private func about(_ request: Request) throws -> Response {
        let uploads = UploadLimits(maximumSize: configuration.maximumUpload)
        var response = Response.object(fields: ["Cache-Control": Caching.revalidated]) { json in
            json.member("name", "Moru")
            json.member("version", configuration.productVersion)
            json.object("limits") { json in
                json.member("upload_bytes", configuration.maximumUpload)
                json.member("uploads", uploads.maximumCount)
                json.member("uploads_bytes", uploads.maximumBytes)
                json.member("uploads_seconds", ResumableUpload.lifetime)
                json.member("page_size", 100)
                json.member("artifacts", 10_000)
                json.member("readme_bytes", PublishForm.maximumReadme)
            }
            json.member("features", ["variants", "aliases", "archives", "search", "context", "tus"])
        }
        response.reuse = .whileUnchanged(until: nil)
        return response
    }
}

/// A problem code with its status and meaning.
struct KnownProblem {
    let code: String
    let status: Int
    let title: RegistryError.Message

    /// Every code that the API answers with, without repeats.
    static let all: [KnownProblem] = {
        let own = RegistryError.Code.allCases.map {
            KnownProblem(code: $0.rawValue, status: $0.status, title: $0.title)
        }
        let http = HTTPCode.allCases.map { KnownProblem(code: $0.rawValue, status: $0.status, title: $0.title) }
        return own + http.filter { code in !own.contains { $0.code == code.code } }
    }()
}

extension JSONWriter {
    mutating func members(of problem: KnownProblem) {
        member("code", problem.code)
        member("status", problem.status)
        member("title", label: Label(ko: problem.title.ko, en: problem.title.en))
    }
}
