public import JSON
public import Registry

/// What a round of collection has removed, or in a dry run would remove.
public struct CollectionReport: Sendable, Hashable {
    /// A blob that nothing named.
    public struct Item: Sendable, Hashable {
        /// Of its bytes.
        public let digest: Digest
        /// Bytes.
        public let size: Int64
    }

    /// Whether everything was left as it is.
    public let isDryRun: Bool
    /// Blobs whose files are gone, or would be.
    public internal(set) var removed = 0
    /// Bytes of their files.
    public internal(set) var bytes: Int64 = 0
    /// Blobs that nothing names but that stay: they are younger than the grace, or of an upload or download under way.
    public internal(set) var keptInGrace = 0
    /// Blobs that nothing names and whose files were lost before: only the database knew them.
    public internal(set) var lost = 0
    /// Uploads that were not published in time, and whose bytes are gone, or would be.
    public internal(set) var uploads = 0
    /// Bytes of those uploads.
    public internal(set) var uploadBytes: Int64 = 0
    /// The first of what ``removed`` counts, at most ``listed``.
    public internal(set) var items: [Item] = []

    /// How many ``items`` there are at most.
    public static let listed = 100

    init(isDryRun: Bool) { self.isDryRun = isDryRun }

    mutating func note(_ item: Item) {
        removed += 1
        bytes += item.size
        if items.count < Self.listed { items.append(item) }
    }
}

extension CollectionReport {
    /// As the API and the command line tell it.
    public var json: JSONValue {
        [
            "dry_run": .bool(isDryRun), "removed": .integer(Int64(removed)), "bytes": .integer(bytes),
            "kept_in_grace": .integer(Int64(keptInGrace)), "lost": .integer(Int64(lost)),
            "uploads": .integer(Int64(uploads)), "upload_bytes": .integer(uploadBytes),
            "blobs": .array(
                items.map { ["digest": .string($0.digest.description), "size": .integer($0.size)] }),
        ]
    }
}
