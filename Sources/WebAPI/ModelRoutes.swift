import Encoding
import HTTPServer
import JSON
import Registry
import Search
import Services
import Storage

/// Models: registering, reading, editing and deleting.
struct ModelRoutes: Sendable {
    let models: ModelService
    let vocabulary: VocabularyService
    let gate: Gate

    var routes: [Route] {
        [
            .bytes(.post, "/api/v1/models", "createModel", create),
            Route(.get, "/api/v1/models/{ns}/{name}", "getModel", get),
            .bytes(.patch, "/api/v1/models/{ns}/{name}", "editModel", edit),
            Route(.delete, "/api/v1/models/{ns}/{name}", "deleteModel", lane: .slow, delete),
            Route(.get, "/api/v1/models/{ns}/{name}/stats", "getStats", lane: .slow, stats),
        ]
    }

    @Sendable private func create(_ request: Request) throws -> Response {
        let (visit, _) = try gate.admitUser(request)
        var form = try JSONForm(body: request)
        let name = form.required("name") { try ModelName($0 as String) }
        let patch = Self.patch(&form)
        if !form.has("title") { form.report("title", "is required", ko: "필요한 항목입니다") }
        try form.finish()
        let description = try ModelDescription(
            title: patch.title ?? "", summary: patch.summary ?? "", serviceType: patch.serviceType ?? "other",
            visibility: patch.visibility ?? .public, license: patch.license ?? "", context: patch.context ?? [])
        let detail = try models.create(JSONForm.present(name), description, by: visit.caller)
        var response = try answer(ModelPage(detail), visit, status: 201)
        response.fields["Location"] = "/api/v1/models/\(detail.summary.model.name)"
        return response
    }

    @Sendable private func get(_ request: Request) throws -> Response {
        let visit = try gate.admit(request)
        let (selector, extras) = try (request.queriedSelector("v"), extras(of: request))
        if selector != nil, extras.isEmpty {
            throw RegistryError.invalid("v", "goes with include only", ko: "include와 함께만 씁니다")
        }
        let page = try models.page(request.modelName(), selector, including: extras, for: visit.caller)
        var response = try answer(page, visit)
        response.reuse = gate.atMostAMinute(visit.reuse)
        return response
    }

    @Sendable private func edit(_ request: Request) throws -> Response {
        let (visit, _) = try gate.admitUser(request)
        let name = try request.modelName()
        try models.authoriseEdit(name, by: visit.caller)
        var form = try JSONForm(body: request, type: "application/merge-patch+json")
        let patch = Self.patch(&form)
        try form.finish()
        let detail = try models.edit(name, patch, ifMatch: request.expectedRevisions(), by: visit.caller)
        return try answer(ModelPage(detail), visit)
    }

    @Sendable private func delete(_ request: Request) throws -> Response {
        let (visit, _) = try gate.admitUser(request)
        try models.delete(request.modelName(), ifMatch: request.expectedRevisions(), by: visit.caller)
        return .empty()
    }

    @Sendable private func stats(_ request: Request) throws -> Response {
        let visit = try gate.admit(request)
        let (stats, isPublic) = try models.stats(of: request.modelName(), for: visit.caller)
        var response = Response.object { json in
            json.member("total", stats.total)
            json.array("days") { json in
                for day in stats.days {
                    json.object { json in
                        json.member("date", Timestamp.day(day.day &* 86_400))
                        json.member("count", day.count)
                        json.member("versions", counts: day.versions)
                    }
                }
            }
            json.member("versions", counts: stats.versions)
        }
        response.fields["Cache-Control"] = Caching.metadata(isPublic: isPublic)
        return response
    }

    private func answer(_ page: ModelPage, _ visit: Gate.Visit, status: Int = 200) throws -> Response {
        let labels = try vocabulary.current()
        let model = page.model.summary.model
        let isAnonymous = visit.caller.user == nil
        var response = Response.object(status: status) {
            $0.members(of: page, permissions: !isAnonymous, labels: labels)
        }
        if case .bytes(let bytes) = response.body {
            response.entityTag = EntityTag(revision: model.revision, of: bytes)
        }
        response.fields["Cache-Control"] =
            page.version?.version.state == .draft
            ? Caching.none : Caching.metadata(isPublic: model.visibility == .public && isAnonymous)
        response.fields["Vary"] = "Authorization, Cookie"
        return response
    }

    /// What `?include=version,readme` asks for.
    private func extras(of request: Request) throws -> Set<ModelPage.Extra> {
        let names = (request.query["include"] ?? "").split(separator: ",")
        return try Set(
            names.map { name in
                guard let extra = ModelPage.Extra(rawValue: String(name)) else {
                    throw RegistryError.invalid(
                        "include", "version and readme, with a comma between", ko: "version과 readme를 쉼표로 이어 씁니다")
                }
                return extra
            })
    }

    private static func patch(_ form: inout JSONForm) -> ModelPatch {
        ModelPatch(
            title: form.optional("title"), summary: form.optional("summary"),
            serviceType: form.optional("service_type"),
            visibility: form.optional("visibility") { (text: String) in
                guard let visibility = Visibility(rawValue: text) else {
                    throw RegistryError.invalid("visibility", "public or private", ko: "public 또는 private입니다")
                }
                return visibility
            },
            license: form.optional("license"),
            context: form.optional("context") { (texts: [String]) in
                try ContextTag.set(texts.map { try ContextTag($0) })
            })
    }
}
