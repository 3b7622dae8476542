import HTTPServer
import JSON
import Registry
import Services
import Storage

/// One-time links: made by administrators, redeemed by whoever holds one.
///
/// The secret stands in the fragment of the link's address, which browsers never send, and comes in the body here, so
/// that no log and no `Referer` holds it.
struct LinkRoutes: Sendable {
    let accounts: AccountService
    let gate: Gate

    var routes: [Route] {
        [
            .bytes(.post, "/api/v1/users/{username}/link", "createLink", maximum: 8192, create),
            .bytes(.post, "/api/v1/links/lookup", "lookUpLink", maximum: 8192, lookUp),
            .bytes(.post, "/api/v1/links/redeem", "redeemLink", maximum: 8192, lane: .heavy, redeem),
        ]
    }

    @Sendable private func create(_ request: Request) throws -> Response {
        let (visit, _) = try gate.admitUser(request)
        try accounts.requireAdmin(visit.caller)
        try request.requireNothing()
        let (link, secret) = try accounts.createLink(for: request.username(), by: visit.caller)
        return .object(status: 201, fields: ["Cache-Control": Caching.none]) { json in
            json.member("purpose", link.purpose.rawValue)
            json.member("url", "\(gate.origin(for: request))/setup#\(secret)")
            json.member("expires_at", time: link.expiresAt)
        }
    }

    @Sendable private func lookUp(_ request: Request) throws -> Response {
        try gate.admitStranger(request)
        var form = try JSONForm(body: request)
        let token: String? = form.required("token")
        try form.finish()
        let link = try accounts.link(JSONForm.present(token))
        return .object(fields: ["Cache-Control": Caching.none]) { json in
            json.member("purpose", link.purpose.rawValue)
            json.member("username", link.user.username.description)
            json.member("display_name", link.user.displayName)
            json.member("language", link.user.language)
            json.member("expires_at", time: link.expiresAt)
        }
    }

    @Sendable private func redeem(_ request: Request) throws -> Response {
        try gate.admitStranger(request)
        var form = try JSONForm(body: request)
        let token: String? = form.required("token")
        let password: String? = form.required("password")
        let displayName: String? = form.optional("display_name")
        let language: String? = form.optional("language", Language.name)
        try form.finish()
        let session = try accounts.redeem(
            link: JSONForm.present(token), password: JSONForm.present(password), displayName: displayName,
            language: language)
        return gate.begin(session, request)
    }
}
