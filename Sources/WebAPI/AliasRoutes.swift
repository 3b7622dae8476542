import HTTPServer
import JSON
import Registry
import Services

/// Aliases: movable names for versions.
struct AliasRoutes: Sendable {
    let versions: VersionService
    let gate: Gate

    var routes: [Route] {
        [
            Route(.get, "/api/v1/models/{ns}/{name}/aliases", "listAliases", list),
            .bytes(.put, "/api/v1/models/{ns}/{name}/aliases/{alias}", "setAlias", maximum: 8192, set),
            Route(.delete, "/api/v1/models/{ns}/{name}/aliases/{alias}", "removeAlias", lane: .slow, remove),
            Route(
                .get, "/api/v1/models/{ns}/{name}/aliases/{alias}/history", "listAliasChanges", lane: .slow, history),
            .bytes(
                .post, "/api/v1/models/{ns}/{name}/aliases/{alias}/rollback", "rollBackAlias", maximum: 8192, rollBack),
        ]
    }

    @Sendable private func list(_ request: Request) throws -> Response {
        let visit = try gate.admit(request)
        let (aliases, isPublic) = try versions.aliases(of: request.modelName(), for: visit.caller)
        var response = Response.list(Page(items: aliases, total: aliases.count, next: nil), of: request) {
            json, alias in
            json.object { $0.members(of: alias) }
        }
        response.fields["Cache-Control"] = Caching.metadata(isPublic: isPublic)
        response.reuse = visit.reuse
        return response
    }

    @Sendable private func set(_ request: Request) throws -> Response {
        let (visit, _) = try gate.admitUser(request)
        let model = try request.modelName()
        try versions.authoriseAliases(of: model, by: visit.caller)
        let name = try AliasName(request.parameter("alias"))
        var form = try JSONForm(body: request)
        let number = form.required("version") { try VersionNumber($0 as String) }
        try form.finish()
        let alias = try versions.setAlias(name, of: model, to: JSONForm.present(number), by: visit.caller)
        return .object(fields: ["Cache-Control": Caching.none]) { $0.members(of: alias) }
    }

    @Sendable private func remove(_ request: Request) throws -> Response {
        let (visit, _) = try gate.admitUser(request)
        let model = try request.modelName()
        try versions.authoriseAliases(of: model, by: visit.caller)
        try versions.removeAlias(AliasName(request.parameter("alias")), of: model, by: visit.caller)
        return .empty()
    }

    @Sendable private func history(_ request: Request) throws -> Response {
        let visit = try gate.admit(request)
        let (limit, cursor) = try request.page()
        let (page, isPublic) = try versions.aliasHistory(
            AliasName(request.parameter("alias")), of: request.modelName(), limit: limit, cursor: cursor,
            for: visit.caller)
        var response = Response.list(page, of: request) { json, change in
            json.object { $0.members(of: change) }
        }
        response.fields["Cache-Control"] = Caching.metadata(isPublic: isPublic)
        response.reuse = visit.reuse
        return response
    }

    @Sendable private func rollBack(_ request: Request) throws -> Response {
        let (visit, _) = try gate.admitUser(request)
        let model = try request.modelName()
        try versions.authoriseAliases(of: model, by: visit.caller)
        try request.requireNothing()
        let alias = try versions.rollBackAlias(AliasName(request.parameter("alias")), of: model, by: visit.caller)
        return .object(fields: ["Cache-Control": Caching.none]) { $0.members(of: alias) }
    }
}
