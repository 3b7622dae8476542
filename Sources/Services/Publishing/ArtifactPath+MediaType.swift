import Registry

extension ArtifactPath {
    /// What the extension of the path says (RFC 6838); `application/octet-stream` when it says nothing.
    var mediaType: String {
        guard let name = parts.last, let dot = name.lastIndex(of: "."), dot != name.startIndex else {
            return Self.other
        }
        return Self.table[name[name.index(after: dot)...].lowercased()] ?? Self.other
    }

    private static let other = "application/octet-stream"

    private static let table: [String: String] = [
        "bin": other, "csv": "text/csv", "gif": "image/gif", "gz": "application/gzip", "jpeg": "image/jpeg",
        "jpg": "image/jpeg", "json": "application/json", "labels": "text/plain", "md": "text/markdown",
        "mp3": "audio/mpeg", "npy": other, "npz": "application/zip", "pdf": "application/pdf", "png": "image/png",
        "tar": "application/x-tar", "toml": "application/toml", "txt": "text/plain", "wav": "audio/wav",
        "webp": "image/webp", "xml": "application/xml", "yaml": "application/yaml", "yml": "application/yaml",
        "zip": "application/zip", "zst": "application/zstd",
    ]
}
