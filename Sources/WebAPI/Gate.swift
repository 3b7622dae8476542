import HTTPServer
import Registry
import Services

/// Says who sends a request, and counts it. Every handler asks it first, once.
///
/// Answers from the response cache, the portal's files and what tells whether the server lives are not counted.
struct Gate: Sendable {
    let access: AccessService
    let configuration: Configuration
    let clock: any Clock
    /// nil: requests are not counted.
    let limiter: RateLimiter?

    /// Who sends a request, and how that was shown.
    struct Visit: Sendable {
        let caller: Caller
        /// The token of the portal session that the request belongs to.
        var csrfToken: String?
        /// The secret of that session.
        var session: String?
        /// Answers may be used again for the same `Authorization` as long as this allows.
        var reuse: Reuse = .none
    }

    /// - Throws: 400 when a secret stands in the query, where it would be logged; `unauthenticated` for credentials that
    ///   do not hold; `csrf-failed` for a change by cookie that the portal did not send; ``RetryLater`` for one request too
    ///   many of the token, of the session's user, or else of the address.
    func admit(_ request: Request) throws -> Visit {
        let visit: Visit
        do {
            visit = try identify(request)
        } catch {
            // Who tries secrets sends from somewhere.
            try count(request, of: .anonymous)
            throw error
        }
        try count(request, of: visit.caller)
        return visit
    }

    /// `admit` for a form of the portal that needs no credentials, such as signing in.
    ///
    /// - Throws: `csrf-failed` when a page of another origin sent it, since that must not sign anybody in; ``RetryLater``.
    func admitStranger(_ request: Request) throws {
        try count(request, of: .anonymous)
        try requireSameOrigin(request)
    }

    /// - Throws: `csrf-failed` when the browser says that a page of another origin sent the request.
    func requireSameOrigin(_ request: Request) throws(RegistryError) {
        guard isSameOrigin(request) else {
            throw RegistryError(.csrfFailed, "the request comes from another site", ko: "다른 사이트에서 보낸 요청입니다")
        }
    }

    private func count(_ request: Request, of caller: Caller) throws {
        guard let limiter else { return }
        if let token = caller.token {
            try limiter.count(.token(token.id))
        } else if let user = caller.user {
            try limiter.count(.user(user.id))
        } else {
            try limiter.count(.network(ClientNetwork(request.remoteAddress)))
        }
    }

    private func identify(_ request: Request) throws -> Visit {
        for item in request.query where Self.secretNames.contains(item.name.lowercased()) {
            throw HTTPError.badRequest("Send tokens in the Authorization field, never in the address.")
        }
        if let authorization = request.fields["Authorization"] { return try admit(bearer: authorization) }
        if let cookie = request.cookie(cookieName(for: request)) { return try admit(session: cookie, request) }
        return Visit(caller: .anonymous, reuse: .whileUnchanged(until: nil))
    }

    /// `admit` for what needs somebody.
    ///
    /// - Throws: `unauthenticated` when the request carries no credentials.
    func admitUser(_ request: Request) throws -> (visit: Visit, user: User) {
        let visit = try admit(request)
        guard let user = visit.caller.user else { throw RegistryError.signInFirst }
        return (visit, user)
    }

    private func admit(bearer authorization: String) throws -> Visit {
        let parts = authorization.split(separator: " ", maxSplits: 1)
        guard parts.count == 2, parts[0].lowercased() == "bearer" else { throw RegistryError.signInFirst }
        let (caller, until) = try access.caller(bearer: String(parts[1].trimmed))
        // At most a minute, so that “last used” stays true to the minute.
        let soon = clock.now + 60
        return Visit(caller: caller, reuse: .whileUnchanged(until: until.map { min($0, soon) } ?? soon))
    }

    private func admit(session cookie: String, _ request: Request) throws -> Visit {
        guard let session = try access.caller(sessionCookie: cookie) else {
            if request.method.isSafe { return Visit(caller: .anonymous) }
            throw RegistryError.signInFirst
        }
        if !request.method.isSafe {
            guard request.fields["X-CSRF-Token"] == session.csrfToken, isSameOrigin(request) else {
                throw RegistryError(
                    .csrfFailed, "a change by cookie needs the session's X-CSRF-Token and comes from the portal itself",
                    ko: "쿠키로 변경할 때는 세션의 X-CSRF-Token이 필요하며 포털에서 보낸 요청이어야 합니다")
            }
        }
        return Visit(caller: session.caller, csrfToken: session.csrfToken, session: cookie)
    }

    /// Whether the browser says that the portal's own pages sent the request. Programs send neither field.
    func isSameOrigin(_ request: Request) -> Bool {
        if let site = request.fields["Sec-Fetch-Site"], site != "same-origin", site != "none" { return false }
        guard let origin = request.fields["Origin"] else { return true }
        if let publicURL = configuration.publicURL, origin == publicURL { return true }
        guard let host = request.host else { return false }
        return origin == "\(isSecure(request) ? "https" : "http")://\(host)"
    }

    /// Where users reach the portal: the public address, or what this request was sent to.
    func origin(for request: Request) -> String {
        configuration.publicURL ?? "\(isSecure(request) ? "https" : "http")://\(request.host ?? "localhost")"
    }

    func isSecure(_ request: Request) -> Bool { request.isSecure || configuration.isPublishedOverTLS }

    /// `__Host-` binds the cookie to this host over TLS (RFC 6265bis §4.1.3.2).
    func cookieName(for request: Request) -> String { isSecure(request) ? "__Host-moru_session" : "moru_session" }

    /// The `Set-Cookie` of a session, or with nil the one that ends it.
    func cookie(_ secret: String?, for request: Request) -> String {
        "\(cookieName(for: request))=\(secret ?? ""); Path=/; HttpOnly; SameSite=Lax"
            + (secret == nil ? "; Max-Age=0" : "") + (isSecure(request) ? "; Secure" : "")
    }

    private static let secretNames: Set<String> = ["access_token", "token", "api_key", "apikey", "authorization"]
}

extension RegistryError {
    static let signInFirst = RegistryError(
        .unauthenticated, "send a token as “Authorization: Bearer mr_…”, or sign in", ko: "토큰을 보내거나 로그인하세요")
}

extension Gate {
    /// For answers that show counts, which change without the database's generation.
    func atMostAMinute(_ reuse: Reuse) -> Reuse {
        switch reuse {
        case .none: .none
        case .whileUnchanged(let until): .whileUnchanged(until: min(until ?? .max, clock.now + 60))
        }
    }
}
