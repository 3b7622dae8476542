import HTTPServer
import JSON
import Registry
import Services

/// The managed list of service types.
struct ServiceTypeRoutes: Sendable {
    let models: ModelService
    let gate: Gate

    var routes: [Route] {
        [
            Route(.get, "/api/v1/service-types", "listServiceTypes", lane: .slow, list),
            .bytes(.post, "/api/v1/service-types", "createServiceType", maximum: 16_384, create),
            .bytes(.patch, "/api/v1/service-types/{id}", "editServiceType", maximum: 16_384, edit),
            Route(.delete, "/api/v1/service-types/{id}", "deleteServiceType", lane: .slow, delete),
        ]
    }

    @Sendable private func list(_ request: Request) throws -> Response {
        let visit = try gate.admit(request)
        let types = try models.serviceTypes(for: visit.caller)
        var response = Response.list(Page(items: types, total: types.count, next: nil), of: request) { json, counted in
            json.object { $0.members(of: counted.type, count: counted.count) }
        }
        response.fields["Cache-Control"] = visit.caller.user == nil ? Caching.revalidated : Caching.ownRevalidated
        response.reuse = visit.reuse
        return response
    }

    @Sendable private func create(_ request: Request) throws -> Response {
        let (visit, _) = try gate.admitUser(request)
        try models.requireAdmin(visit.caller)
        var form = try JSONForm(body: request)
        let id: String? = form.required("id")
        let label: Label? = try form.object("label", Self.label)
        if !form.has("label") { form.report("label", "is required", ko: "필요한 항목입니다") }
        let description: String? = form.optional("description")
        try form.finish()
        let type = try ServiceType(
            id: JSONForm.present(id), label: JSONForm.present(label), description: description ?? "")
        try models.createServiceType(type, by: visit.caller)
        return .object(status: 201, fields: ["Location": "/api/v1/service-types/\(type.id)"]) {
            $0.members(of: type, count: 0)
        }
    }

    @Sendable private func edit(_ request: Request) throws -> Response {
        let (visit, _) = try gate.admitUser(request)
        try models.requireAdmin(visit.caller)
        var form = try JSONForm(body: request, type: "application/merge-patch+json")
        let label: Label? = try form.object("label", Self.label)
        let description: String? = form.optional("description")
        try form.finish()
        let counted = try models.editServiceType(
            request.parameter("id"), label: label, description: description, by: visit.caller)
        return .object { $0.members(of: counted.type, count: counted.count) }
    }

    @Sendable private func delete(_ request: Request) throws -> Response {
        let (visit, _) = try gate.admitUser(request)
        try models.deleteServiceType(request.parameter("id"), by: visit.caller)
        return .empty()
    }

    private static func label(_ form: inout JSONForm) throws -> Label? {
        let korean: String? = form.required("ko")
        let english: String? = form.required("en")
        guard let korean, let english else { return nil }
        return Label(ko: korean, en: english)
    }
}
