import Registry

/// Media types by the extension of a path.
enum MediaType {
    static func of(_ path: ArtifactPath) -> String {
        guard let name = path.parts.last, let dot = name.lastIndex(of: "."), dot != name.startIndex else {
            return other
        }
        return table[name[name.index(after: dot)...].lowercased()] ?? other
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
