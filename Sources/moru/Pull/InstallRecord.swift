import JSON
import Registry

/// What a pull put into a directory: `DIR/.moru/pull.json`, a part of the tree that it describes.
struct InstallRecord: Equatable {
    var server: String
    var model: ModelName
    var selector: String
    var variant: String?
    var version: VersionNumber
    var manifest: Digest
    /// With which the server is asked whether there is something new.
    var tag: String?
    var files: [File]

    struct File: Equatable {
        let path: ArtifactPath
        let digest: Digest
        /// Bytes.
        let size: Int64
        /// When its content was last changed, in nanoseconds since 1970.
        let modified: Int64
    }

    static let folder = ".moru"
    static let path = folder + "/pull.json"

    init(
        server: String, model: ModelName, selector: String, variant: String?, version: VersionNumber, manifest: Digest,
        tag: String?, files: [File]
    ) {
        (self.server, self.model, self.selector, self.variant) = (server, model, selector, variant)
        (self.version, self.manifest, self.tag, self.files) = (version, manifest, tag, files)
    }

    /// nil when the bytes are no record; the directory then counts as one that no pull made.
    init?(_ bytes: [UInt8]) {
        guard let json = try? JSONValue(parsing: bytes), let server = json["server"]?.string,
            let model = json["model"]?.string.flatMap({ try? ModelName($0) }), let selector = json["selector"]?.string,
            let version = json["version"]?.string.flatMap({ VersionNumber(parsing: $0) }),
            let manifest = json["manifest_digest"]?.string.flatMap({ try? Digest($0) }),
            let files = json["files"]?.array
        else { return nil }
        var read: [File] = []
        for file in files {
            guard let path = file["path"]?.string.flatMap({ try? ArtifactPath($0) }),
                let digest = file["digest"]?.string.flatMap({ try? Digest($0) }), let size = file["size"]?.integer,
                let modified = file["modified"]?.integer
            else { return nil }
            read.append(File(path: path, digest: digest, size: size, modified: modified))
        }
        self.init(
            server: server, model: model, selector: selector, variant: json["variant"]?.string, version: version,
            manifest: manifest, tag: json["etag"]?.string, files: read)
    }

    var bytes: [UInt8] {
        let files = files.map { file -> JSONValue in
            [
                "path": .string("\(file.path)"), "size": .integer(file.size), "digest": .string("\(file.digest)"),
                "modified": .integer(file.modified),
            ]
        }
        let json: JSONValue = [
            "server": .string(server), "model": .string("\(model)"), "selector": .string(selector),
            "variant": variant.map { .string($0) } ?? .null, "version": .string("\(version)"),
            "manifest_digest": .string("\(manifest)"), "etag": tag.map { .string($0) } ?? .null,
            "files": .array(files),
        ]
        return json.bytes
    }
}
