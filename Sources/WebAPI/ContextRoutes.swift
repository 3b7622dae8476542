import HTTPServer
import JSON
import Registry
import Services

/// The context that models are searched by, and what it is called.
struct ContextRoutes: Sendable {
    let search: SearchService
    let vocabulary: VocabularyService
    let gate: Gate

    var routes: [Route] {
        [
            Route(.get, "/api/v1/context", "listContextKeys", lane: .slow, list),
            Route(.get, "/api/v1/context/{key}", "getContextKey", lane: .slow, get),
            .bytes(.put, "/api/v1/context/{key}", "nameContextKey", maximum: 16_384, nameKey),
            Route(.delete, "/api/v1/context/{key}", "resetContextKey", lane: .slow, resetKey),
            .bytes(.put, "/api/v1/context/{key}/{value}", "nameContextValue", maximum: 65_536, nameValue),
            Route(.delete, "/api/v1/context/{key}/{value}", "resetContextValue", lane: .slow, resetValue),
        ]
    }

    @Sendable private func list(_ request: Request) throws -> Response {
        let visit = try gate.admit(request)
        let keys = try search.contextKeys(for: visit.caller)
        let response = Response.list(Page(items: keys, total: keys.count, next: nil), of: request) { json, key in
            json.object { json in
                json.members(of: key.description)
                json.member("values", key.values)
                json.member("count", key.count)
            }
        }
        return finish(response, visit)
    }

    @Sendable private func get(_ request: Request) throws -> Response {
        let visit = try gate.admit(request)
        let (limit, cursor) = try request.page()
        let text = request.query["q"]
        guard (text?.unicodeScalars.count ?? 0) <= 128 else {
            throw RegistryError.invalid("q", "at most 128 characters", ko: "128자까지입니다")
        }
        let isPaged = request.query["limit"] != nil || cursor != nil
        let detail = try search.contextKey(
            request.parameter("key"), matching: text, limit: isPaged ? limit : Self.unpagedValues, cursor: cursor,
            for: visit.caller)
        let response = Response.list(detail.values, of: request) { json in
            json.members(of: detail.description)
        } _: { json, value in
            json.object { json in
                json.members(of: value.facet)
                json.member("synonyms", value.synonyms)
                json.member("named", value.isNamed)
            }
        }
        return finish(response, visit)
    }

    /// Who asks without a limit gets the commonest values.
    private static let unpagedValues = 1000

    @Sendable private func nameKey(_ request: Request) throws -> Response {
        try name(request, value: nil)
    }

    @Sendable private func nameValue(_ request: Request) throws -> Response {
        try name(request, value: request.parameter("value"))
    }

    @Sendable private func resetKey(_ request: Request) throws -> Response {
        let (visit, _) = try gate.admitUser(request)
        try vocabulary.reset(key: request.parameter("key"), value: nil, by: visit.caller)
        return .empty()
    }

    @Sendable private func resetValue(_ request: Request) throws -> Response {
        let (visit, _) = try gate.admitUser(request)
        try vocabulary.reset(key: request.parameter("key"), value: request.parameter("value"), by: visit.caller)
        return .empty()
    }

    private func name(_ request: Request, value: String?) throws -> Response {
        let (visit, _) = try gate.admitUser(request)
        try vocabulary.requireAdmin(visit.caller)
        var form = try JSONForm(body: request)
        let label: Label? = form.object("label") { form in
            let korean: String? = form.required("ko")
            let english: String? = form.required("en")
            guard let korean, let english else { return nil }
            return Label(ko: korean, en: english)
        }
        if !form.has("label") { form.report("label", "is required", ko: "필요한 항목입니다") }
        let synonyms: [String]? = form.optional("synonyms")
        try form.finish()
        let named = try vocabulary.set(
            ContextLabel(
                key: request.parameter("key"), value: value, label: JSONForm.present(label), synonyms: synonyms ?? []),
            by: visit.caller)
        return .object { json in
            json.member("key", named.key)
            json.member("value", named.value)
            json.member("label", label: named.label)
            json.member("synonyms", named.synonyms)
            json.member("named", true)
        }
    }

    private func finish(_ response: Response, _ visit: Gate.Visit) -> Response {
        var response = response
        response.fields["Cache-Control"] = visit.caller.user == nil ? Caching.revalidated : Caching.ownRevalidated
        response.reuse = gate.atMostAMinute(visit.reuse)
        return response
    }
}
