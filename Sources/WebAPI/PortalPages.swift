import HTTPServer

/// The portal: static files, and pages at addresses without `.html`.
struct PortalPages: Sendable {
    let files: StaticFiles

    /// Reads `Public/` at `directory` into memory.
    init(directory: String) throws(ServerError) {
        files = try StaticFiles(directory: directory, fields: Self.fields, pages: Self.pages)
    }

    private static let pages = [
        ("/register", "register.html"), ("/users", "users.html"),
        ("/tokens", "tokens.html"), ("/account", "account.html"), ("/sign-in", "sign-in.html"),
        ("/setup", "setup.html"), ("/namespaces", "namespaces.html"), ("/namespaces/{ns}", "namespaces.html"),
        ("/storage", "storage.html"), ("/service-types", "service-types.html"), ("/context", "context.html"),
        ("/context/{key}", "context.html"), ("/activity", "activity.html"), ("/models/{ns}/{name}", "model.html"),
        ("/models/{ns}/{name}/new-version", "register.html"),
    ]

    /// Scripts and styles come from here only, no page of another site may frame ours, and nothing is told to others.
    private static let fields: Fields = [
        "Content-Security-Policy":
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
            + "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; "
            + "require-trusted-types-for 'script'; trusted-types 'none'",
        "Referrer-Policy": "no-referrer",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
        "Cache-Control": Caching.revalidated,
    ]

    /// Answers a path that no route has.
    ///
    /// - Throws: 404 for programs; browsers get a page.
    @Sendable func answer(_ request: Request) throws -> Response {
        if let response = files.response(for: request.path) { return response }
        guard request.wantsPage, !request.path.hasPrefix("/api/"), var response = files.response(for: "/not-found.html")
        else { throw HTTPError.notFound }
        response.status = 404
        response.entityTag = nil
        response.reuse = .none
        response.fields["Cache-Control"] = Caching.none
        return response
    }
}
