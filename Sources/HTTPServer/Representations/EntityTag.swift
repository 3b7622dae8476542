/// An entity tag (RFC 9110 §8.8.3).
public struct EntityTag: Sendable, Hashable, CustomStringConvertible {
    /// What stands between the quotes.
    public let opaque: String
    /// Whether it names equivalent, not identical, bytes (`W/`).
    public let isWeak: Bool

    /// - Parameters:
    ///   - opaque: visible ASCII without quotes; other bytes are left out.
    ///   - isWeak: whether it names equivalent, not identical, bytes.
    public init(_ opaque: String, isWeak: Bool = false) {
        let bytes = opaque.utf8.filter { $0 > 0x20 && $0 < 0x7F && $0 != 0x22 }
        self.opaque = String(decoding: bytes, as: UTF8.self)
        self.isWeak = isWeak
    }

    /// As on the wire: `"…"` or `W/"…"`.
    public var description: String { isWeak ? "W/\"\(opaque)\"" : "\"\(opaque)\"" }

    /// Whether both name the same bytes (RFC 9110 §8.8.3.2): ranges and changes need this.
    public func matchesStrongly(_ other: EntityTag) -> Bool { !isWeak && !other.isWeak && opaque == other.opaque }

    /// Whether both name equivalent bytes, weak or not.
    public func matchesWeakly(_ other: EntityTag) -> Bool { opaque == other.opaque }

    /// The tag of the gzip-coded form of the same representation.
    package var gzipped: EntityTag { EntityTag(opaque + "-gzip", isWeak: isWeak) }
}
