/// Media types of the files that a portal is made of.
enum MediaType {
    private static let types = [
        "html": "text/html; charset=utf-8", "css": "text/css; charset=utf-8", "js": "text/javascript; charset=utf-8",
        "mjs": "text/javascript; charset=utf-8", "json": "application/json", "txt": "text/plain; charset=utf-8",
        "svg": "image/svg+xml", "png": "image/png", "jpg": "image/jpeg", "jpeg": "image/jpeg", "webp": "image/webp",
        "gif": "image/gif", "ico": "image/x-icon", "woff2": "font/woff2", "webmanifest": "application/manifest+json",
        "xml": "application/xml", "wasm": "application/wasm",
    ]

    static func ofFile(named name: String) -> String {
        let parts = name.split(separator: "." as Character)
        return parts.last.flatMap { types[ASCII.lowercased($0)] } ?? "application/octet-stream"
    }
}
