import HTTPServer
import JSON
import Registry
import Services

/// Signing in and out, the first set-up and one's own account.
struct SessionRoutes: Sendable {
    let accounts: AccountService
    let gate: Gate

    var routes: [Route] {
        [
            .bytes(.post, "/api/v1/session", "signIn", maximum: 8192, lane: .heavy, signIn),
            Route(.delete, "/api/v1/session", "signOut", lane: .slow, signOut),
            Route(.get, "/api/v1/me", "getAccount", account),
            .bytes(.patch, "/api/v1/me", "editAccount", maximum: 8192, lane: .heavy, edit),
            Route(.get, "/api/v1/setup", "getSetUp", setUpState),
            .bytes(.post, "/api/v1/setup", "setUp", maximum: 8192, lane: .heavy, setUp),
        ]
    }

    @Sendable private func signIn(_ request: Request) throws -> Response {
        try gate.admitStranger(request)
        var form = try JSONForm(body: request)
        let username: String? = form.required("username")
        let password: String? = form.required("password")
        try form.finish()
        let session = try accounts.signIn(
            username: JSONForm.present(username), password: JSONForm.present(password), address: request.remoteAddress)
        return gate.begin(session, request)
    }

    @Sendable private func signOut(_ request: Request) throws -> Response {
        _ = try gate.admit(request)
        if let secret = request.cookie(gate.cookieName(for: request)) { try accounts.signOut(session: secret) }
        return .empty(fields: ["Set-Cookie": gate.cookie(nil, for: request), "Cache-Control": Caching.none])
    }

    @Sendable private func account(_ request: Request) throws -> Response {
        let visit = try gate.admit(request)
        let caller = visit.caller
        return .object(fields: ["Cache-Control": Caching.none]) { json in
            json.key("user")
            if let user = caller.user { json.object { $0.members(ofAccount: user) } } else { json.null() }
            json.member("csrf_token", visit.csrfToken)
            json.object("namespaces") { json in
                for (namespace, role) in caller.memberships.sorted(by: { $0.key < $1.key }) {
                    json.key(namespace)
                    json.string(role.rawValue)
                }
            }
            json.key("token")
            if let token = caller.token { json.object { $0.members(of: token) } } else { json.null() }
        }
    }

    @Sendable private func edit(_ request: Request) throws -> Response {
        let (visit, _) = try gate.admitUser(request)
        var form = try JSONForm(body: request, type: "application/merge-patch+json")
        let displayName: String? = form.optional("display_name")
        let language: String? = form.optional("language", Language.name)
        let password: String? = form.optional("password")
        let currentPassword: String? = form.optional("current_password")
        if (currentPassword?.unicodeScalars.count ?? 0) > 128 {
            form.report("current_password", "at most 128 characters", ko: "128자까지입니다")
        }
        try form.finish()
        let user = try accounts.editOwn(
            displayName: displayName, language: language, password: password, currentPassword: currentPassword,
            address: request.remoteAddress, keeping: visit.session, by: visit.caller)
        return .object(fields: ["Cache-Control": Caching.none]) { $0.members(ofAccount: user) }
    }

    @Sendable private func setUpState(_ request: Request) throws -> Response {
        _ = try gate.admit(request)
        let needed = try accounts.needsSetUp()
        return .object(fields: ["Cache-Control": Caching.none]) { $0.member("needed", needed) }
    }

    @Sendable private func setUp(_ request: Request) throws -> Response {
        try gate.admitStranger(request)
        var form = try JSONForm(body: request)
        let token: String? = form.required("token")
        let username = form.required("username") { try Username($0 as String) }
        let displayName: String? = form.optional("display_name")
        let password: String? = form.required("password")
        try form.finish()
        let session = try accounts.redeemSetUp(
            link: JSONForm.present(token), username: JSONForm.present(username), displayName: displayName ?? "",
            password: JSONForm.present(password))
        return gate.begin(session, request)
    }
}
