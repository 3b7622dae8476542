import Encoding
import HTTPServer
import Registry

/// What caches between Moru and a client may keep, as `Cache-Control` (RFC 9111 §5.2) says it.
enum Caching {
    /// Never changes and everyone may have it.
    static let immutable = "public, max-age=31536000, immutable"
    /// Ask again each time, by entity tag.
    static let revalidated = "no-cache"
    /// As ``revalidated``, and only in the client itself.
    static let ownRevalidated = "private, no-cache"
    /// Not to be kept at all.
    static let none = "no-store"

    /// Of what belongs to a version: its artifacts and its manifest.
    ///
    /// Only a published version picked by number or digest is immutable: a deprecated one carries fields that may change
    /// again.
    static func content(of version: Version, isPublic: Bool, selector: VersionSelector) -> String {
        if version.state == .draft { return none }
        guard isPublic else { return ownRevalidated }
        return selector.isFixed && version.state == .published ? immutable : revalidated
    }

    /// Of descriptions, which editing changes.
    static func metadata(isPublic: Bool) -> String { isPublic ? revalidated : ownRevalidated }
}

extension Fields {
    /// What tells a client that a version is on its way out: `Deprecation` (RFC 9745) and why.
    mutating func describe(_ version: Version) {
        self["X-Model-Version"] = version.number.description
        guard version.state == .deprecated || version.state == .withdrawn else { return }
        self["X-Model-State"] = version.state.rawValue
        if !version.stateReason.isEmpty {
            self["X-Model-State-Reason"] = PercentEncoding.encode(version.stateReason)
        }
        if version.state == .deprecated {
            self["Deprecation"] = "@\(version.stateChangedAt)"
        }
    }
}
