import JSON
import Registry

extension Manifest {
    /// The manifest as canonical JSON (RFC 8785), whose SHA-256 names the version.
    ///
    ///     {"artifacts":[{"digest":"sha256:…","path":"silero_vad.onnx","size":2243022}],
    ///      "context":["sensor:audio"],
    ///      "model":"demo/silero-vad",
    ///      "readme":"sha256:…",
    ///      "variants":[{"context":["precision:fp32"],"name":"default","paths":["silero_vad.onnx"]}],
    ///      "version":"1.0.0"}
    ///
    /// Artifacts and paths stand in the order of their UTF-8, variants as their author ordered them; context tags are
    /// `key:value` as declared, in the order of key and folded value. `readme` is left out where there is none. What
    /// the server infers, media types, times, notes and the model's own fields are no part of it.
    var canonicalJSON: String {
        var members: JSONObject = [
            "artifacts": .array(
                artifacts.map { artifact in
                    [
                        "digest": .string(artifact.digest.description), "path": .string(artifact.path.description),
                        "size": .integer(artifact.size),
                    ]
                }),
            "context": Self.list(context),
            "model": .string(model.description),
            "variants": .array(
                variants.map { variant in
                    [
                        "context": Self.list(variant.context), "name": .string(variant.name.description),
                        "paths": .array(variant.paths.map { .string($0.description) }),
                    ]
                }),
            "version": .string(version.description),
        ]
        if let readme { members["readme"] = .string(readme.description) }
        return String(decoding: JSONValue.object(members).canonicalBytes, as: UTF8.self)
    }

    private static func list(_ context: [ContextTag]) -> JSONValue {
        .array(context.map { .string($0.description) })
    }
}
