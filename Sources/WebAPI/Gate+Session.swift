import HTTPServer
import JSON
import Services

extension Gate {
    /// The answer that begins a portal session: who it is of, and its cookie.
    func begin(_ session: SignedIn, _ request: Request) -> Response {
        let fields: Fields = [
            "Set-Cookie": cookie(session.secret, for: request), "Cache-Control": Caching.none,
        ]
        return .object(status: 201, fields: fields) { json in
            json.object("user") { $0.members(ofAccount: session.user) }
            json.member("csrf_token", session.csrfToken)
        }
    }
}
