import HTTPServer
import JSON
import Registry
import Services

/// Users, for administrators.
struct UserRoutes: Sendable {
    let accounts: AccountService
    let gate: Gate

    var routes: [Route] {
        [
            Route(.get, "/api/v1/users", "listUsers", lane: .slow, list),
            .bytes(.post, "/api/v1/users", "createUser", maximum: 8192, create),
            Route(.get, "/api/v1/users/{username}", "getUser", get),
            .bytes(.patch, "/api/v1/users/{username}", "editUser", maximum: 8192, edit),
            Route(.delete, "/api/v1/users/{username}", "deleteUser", lane: .slow, delete),
        ]
    }

    @Sendable private func list(_ request: Request) throws -> Response {
        let (visit, _) = try gate.admitUser(request)
        let (limit, cursor) = try request.page()
        let page = try accounts.users(limit: limit, cursor: cursor, for: visit.caller)
        return answer(.list(page, of: request) { json, user in json.object { $0.members(of: user) } })
    }

    @Sendable private func create(_ request: Request) throws -> Response {
        let (visit, _) = try gate.admitUser(request)
        try accounts.requireAdmin(visit.caller)
        var form = try JSONForm(body: request)
        let username = form.required("username") { try Username($0 as String) }
        let role = form.required("role", Self.role)
        let displayName: String? = form.optional("display_name")
        let language: String? = form.optional("language", Language.name)
        let password: String? = form.optional("password")
        let disabled: Bool? = form.optional("disabled")
        try form.finish()
        let user = try accounts.createUser(
            JSONForm.present(username), role: JSONForm.present(role), displayName: displayName ?? "",
            language: language ?? "ko", password: password, isDisabled: disabled ?? false, by: visit.caller)
        return answer(
            .object(status: 201, fields: ["Location": "/api/v1/users/\(user.username)"]) { $0.members(of: user) })
    }

    @Sendable private func get(_ request: Request) throws -> Response {
        let (visit, _) = try gate.admitUser(request)
        let user = try accounts.user(named: request.username(), for: visit.caller)
        return answer(.object { $0.members(of: user) })
    }

    @Sendable private func edit(_ request: Request) throws -> Response {
        let (visit, _) = try gate.admitUser(request)
        try accounts.requireAdmin(visit.caller)
        var form = try JSONForm(body: request, type: "application/merge-patch+json")
        let patch = UserPatch(
            displayName: form.optional("display_name"), role: form.optional("role", Self.role),
            language: form.optional("language", Language.name), password: form.optional("password"),
            isDisabled: form.optional("disabled"))
        try form.finish()
        let user = try accounts.editUser(request.username(), patch, by: visit.caller)
        return answer(.object { $0.members(of: user) })
    }

    @Sendable private func delete(_ request: Request) throws -> Response {
        let (visit, _) = try gate.admitUser(request)
        try accounts.deleteUser(request.username(), by: visit.caller)
        return .empty()
    }

    private func answer(_ response: Response) -> Response {
        var response = response
        response.fields["Cache-Control"] = Caching.ownRevalidated
        return response
    }

    private static func role(_ text: String) throws -> Role {
        guard let role = Role(rawValue: text) else {
            throw RegistryError.invalid(
                "role", "one of \(Role.allCases.map(\.rawValue).joined(separator: ", "))",
                ko: "\(Role.allCases.map(\.rawValue).joined(separator: ", ")) 가운데 하나입니다")
        }
        return role
    }
}
