public import JSON

/// What a server has collected, or in a dry run would collect.
public struct RemoteCollection: Sendable {
    /// A blob that nothing names.
    public struct Blob: Sendable {
        /// `sha256:…`.
        public let digest: String
        /// Bytes.
        public let size: Int64
    }

    /// How many blobs were removed.
    public let removed: Int
    /// Bytes of what was removed.
    public let bytes: Int64
    /// How many blobs that nothing names stay for now.
    public let keptInGrace: Int
    /// Uploads that nobody published in time, and whose bytes are gone.
    public let uploads: Int
    /// Bytes of those uploads.
    public let uploadBytes: Int64
    /// The first of those removed.
    public let blobs: [Blob]
    /// All that the server said.
    public let json: JSONValue

    init(_ json: JSONValue) throws {
        let answer = try JSONAnswer(json)
        self.json = json
        removed = Int(try answer.integer("removed"))
        bytes = try answer.integer("bytes")
        keptInGrace = Int(try answer.integer("kept_in_grace"))
        // Servers of before do not tell.
        uploads = json["uploads"]?.integer.map { Int($0) } ?? 0
        uploadBytes = json["upload_bytes"]?.integer ?? 0
        blobs = try answer.array("blobs").map { blob in
            let blob = try JSONAnswer(blob)
            return Blob(digest: try blob.string("digest"), size: try blob.integer("size"))
        }
    }
}

extension RegistryClient {
    /// Has the server collect now; for admins.
    ///
    /// - Parameters:
    ///   - grace: Seconds for which bytes stay after they were written.
    ///   - isDryRun: Whether it only says what would go.
    /// - Returns: What went, or would go.
    /// - Throws: ``ClientError``.
    public func collect(grace: Int64, isDryRun: Bool) throws -> RemoteCollection {
        let request: JSONValue = ["dry_run": .bool(isDryRun), "grace": .integer(grace)]
        // A round over millions of blobs takes its time before the first byte of the answer.
        return try RemoteCollection(
            json(
                Call(
                    method: "POST", target: "/api/v1/storage/collect", body: .json(request.bytes), stallTimeout: 3600)))
    }
}
