import Encoding
import HTTPServer
import JSON
import Registry
import Services

/// The caller's own tokens.
struct TokenRoutes: Sendable {
    let accounts: AccountService
    let gate: Gate

    var routes: [Route] {
        [
            Route(.get, "/api/v1/tokens", "listTokens", list),
            .bytes(.post, "/api/v1/tokens", "createToken", maximum: 16_384, create),
            Route(.delete, "/api/v1/tokens/{id}", "revokeToken", lane: .slow, revoke),
        ]
    }

    @Sendable private func list(_ request: Request) throws -> Response {
        let (visit, _) = try gate.admitUser(request)
        let tokens = try accounts.tokens(of: visit.caller)
        return answer(
            .list(Page(items: tokens, total: tokens.count, next: nil), of: request) { json, token in
                json.object { $0.members(of: token) }
            })
    }

    @Sendable private func create(_ request: Request) throws -> Response {
        let (visit, _) = try gate.admitUser(request)
        var form = try JSONForm(body: request)
        let name: String? = form.required("name")
        let scopes = form.required("scopes") { try Self.scopes($0 as [String]) }
        let expiresAt = form.nullable("expires_at") { try Self.time($0 as String) }
        let models = form.optional("models") { (texts: [String]) in try texts.map { try ModelPattern($0) } }
        try form.finish()
        let (token, secret) = try accounts.createToken(
            name: JSONForm.present(name), scopes: JSONForm.present(scopes), models: models ?? [], expiresAt: expiresAt,
            by: visit.caller)
        var response = Response.object(status: 201, fields: ["Location": "/api/v1/tokens/\(token.id.rawValue)"]) {
            json in
            json.members(of: token)
            json.member("token", secret)
        }
        response.fields["Cache-Control"] = Caching.none
        return response
    }

    @Sendable private func revoke(_ request: Request) throws -> Response {
        let (visit, _) = try gate.admitUser(request)
        guard let id = Int64(request.parameter("id")), id > 0 else {
            throw RegistryError(.tokenUnknown, "no token of yours has this id", ko: "이런 번호의 토큰이 없습니다")
        }
        try accounts.revokeToken(ID(id), by: visit.caller)
        return .empty()
    }

    private func answer(_ response: Response) -> Response {
        var response = response
        response.fields["Cache-Control"] = Caching.ownRevalidated
        return response
    }

    private static func scopes(_ texts: [String]) throws -> Set<Scope> {
        let scopes = texts.compactMap(Scope.init(rawValue:))
        guard scopes.count == texts.count, !scopes.isEmpty, Set(scopes).count == scopes.count else {
            let known = Scope.allCases.map(\.rawValue).joined(separator: ", ")
            throw RegistryError.invalid(
                "scopes", "one or more of \(known), none twice", ko: "\(known) 가운데 하나 이상이며 겹치지 않습니다")
        }
        return Set(scopes)
    }

    private static func time(_ text: String) throws -> Int64 {
        guard let time = Timestamp.parse(text) else {
            throw RegistryError.invalid(
                "expires_at", "a time such as 2027-01-31T00:00:00Z", ko: "2027-01-31T00:00:00Z 같은 시각입니다")
        }
        return time
    }
}
