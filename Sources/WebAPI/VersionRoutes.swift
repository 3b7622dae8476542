import HTTPServer
import JSON
import Registry
import Search
import Services

/// Versions of a model: reading them and changing their state.
struct VersionRoutes: Sendable {
    let versions: VersionService
    let vocabulary: VocabularyService
    let gate: Gate

    var routes: [Route] {
        [
            Route(.get, "/api/v1/models/{ns}/{name}/versions", "listVersions", lane: .slow, list),
            Route(.get, "/api/v1/models/{ns}/{name}/versions/{v}", "getVersion", get),
            .bytes(.patch, "/api/v1/models/{ns}/{name}/versions/{v}", "editVersion", edit),
            Route(.delete, "/api/v1/models/{ns}/{name}/versions/{v}", "deleteDraft", lane: .slow, delete),
            Route(.get, "/api/v1/models/{ns}/{name}/compare", "compareVersions", lane: .slow, compare),
        ]
    }

    @Sendable private func list(_ request: Request) throws -> Response {
        let visit = try gate.admit(request)
        let (limit, cursor) = try request.page()
        let (page, before) = try versions.list(request.modelName(), limit: limit, cursor: cursor, for: visit.caller)
        let labels = try vocabulary.current()
        var response = Response.list(page, of: request) { json in
            json.key("before")
            if let before {
                json.object { $0.members(of: before, artifacts: false, labels: labels) }
            } else {
                json.null()
            }
        } _: { json, version in
            json.object { $0.members(of: version, artifacts: false, labels: labels) }
        }
        response.fields["Cache-Control"] = visit.caller.user == nil ? Caching.revalidated : Caching.ownRevalidated
        response.fields["Vary"] = "Authorization, Cookie"
        response.reuse = visit.reuse
        return response
    }

    @Sendable private func get(_ request: Request) throws -> Response {
        let visit = try gate.admit(request)
        let detail = try versions.get(request.modelName(), request.selector(), for: visit.caller)
        var response = try answer(detail)
        response.reuse = visit.reuse
        return response
    }

    @Sendable private func edit(_ request: Request) throws -> Response {
        let (visit, _) = try gate.admitUser(request)
        let name = try request.modelName()
        let selector = try request.selector()
        try versions.authoriseEdit(name, by: visit.caller)
        var form = try JSONForm(body: request, type: "application/merge-patch+json")
        let patch = VersionPatch(
            state: form.optional("state", Self.state), reason: form.optional("reason"), notes: form.optional("notes"),
            replaceWith: form.optional("replace_with") { try VersionNumber($0 as String) })
        try form.finish()
        let detail = try versions.edit(
            name, selector, patch, ifMatch: request.expectedRevisions(), by: visit.caller)
        return try answer(detail)
    }

    @Sendable private func delete(_ request: Request) throws -> Response {
        let (visit, _) = try gate.admitUser(request)
        try versions.deleteDraft(
            request.modelName(), request.selector(), ifMatch: request.expectedRevisions(), by: visit.caller)
        return .empty()
    }

    @Sendable private func compare(_ request: Request) throws -> Response {
        let visit = try gate.admit(request)
        let selectors = try ["a", "b"].map { name in
            guard let selector = try request.queriedSelector(name) else {
                throw RegistryError.invalid(name, "picks a version, such as 1.2.0", ko: "1.2.0처럼 버전을 고릅니다")
            }
            return selector
        }
        let comparison = try versions.compare(
            request.modelName(), selectors[0], selectors[1], for: visit.caller)
        let labels = try vocabulary.current()
        var response = Response.object { $0.members(of: comparison, labels: labels) }
        let hasDraft = [comparison.first, comparison.second].contains { $0.version.state == .draft }
        response.fields["Cache-Control"] =
            hasDraft ? Caching.none : Caching.metadata(isPublic: comparison.first.isPublic)
        response.reuse = visit.reuse
        return response
    }

    private func answer(_ detail: VersionDetail) throws -> Response {
        let labels = try vocabulary.current()
        var response = Response.object { $0.members(of: detail, artifacts: true, labels: labels) }
        response.describe(detail)
        return response
    }

    private static func state(_ text: String) throws -> VersionState {
        guard let state = VersionState(rawValue: text), state != .draft else {
            throw RegistryError.invalid(
                "state", "published, deprecated or withdrawn", ko: "published, deprecated, withdrawn 가운데 하나입니다")
        }
        return state
    }
}

extension Response {
    /// Adds the tag and the fields that go with a version's description.
    mutating func describe(_ detail: VersionDetail) {
        if case .bytes(let bytes) = body {
            entityTag = EntityTag(revision: detail.version.revision, of: bytes)
        }
        fields["Cache-Control"] =
            detail.version.state == .draft ? Caching.none : Caching.metadata(isPublic: detail.isPublic)
        fields.describe(detail.version)
    }
}
