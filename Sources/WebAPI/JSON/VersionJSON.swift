import JSON
import Registry
import Search
import Services
import Storage

extension JSONWriter {
    /// A version; in lists without its artifacts.
    mutating func members(of detail: VersionDetail, artifacts: Bool, labels: ContextVocabulary) {
        let version = detail.version
        member("model", detail.model.description)
        member("version", version.number.description)
        member("state", version.state.rawValue)
        member("state_reason", version.stateReason)
        member("state_changed_at", time: version.stateChangedAt)
        member("manifest_digest", version.manifest.description)
        member("notes", version.notes)
        member("readme", version.readme != nil)
        member("size", detail.size)
        member("context", context: detail.context, labels: labels)
        let byPath = artifacts ? Dictionary(detail.artifacts.map { ($0.path, $0) }) { first, _ in first } : [:]
        array("variants") { json in
            for variant in detail.variants {
                json.object { json in
                    json.member("name", variant.name.description)
                    json.member("context", context: variant.context, labels: labels)
                    json.member("size", variant.size)
                    guard artifacts else { return }
                    json.array("artifacts") { json in
                        for path in variant.paths {
                            if let artifact = byPath[path] { json.object { $0.members(of: artifact) } }
                        }
                    }
                }
            }
        }
        member("aliases", detail.aliases.map(\.rawValue))
        member("created_by", version.createdBy)
        member("created_at", time: version.createdAt)
        member("published_at", time: version.publishedAt)
    }

    mutating func members(of artifact: Artifact) {
        member("path", artifact.path.description)
        member("size", artifact.size)
        member("digest", artifact.digest.description)
        member("media_type", artifact.mediaType)
    }
}
