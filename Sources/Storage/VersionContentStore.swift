import Encoding
public import Registry
public import SQLite

/// Rows of what versions consist of: blobs, artifacts, variants, manifests, READMEs.
///
/// - Throws: Each function ``SQLiteError`` when the database fails or holds what its schema does not allow.
public enum VersionContentStore {
    /// A variant with the bytes of its artifacts.
    public struct VariantEntry: Sendable {
        public let name: VariantName
        /// As in ``Variant/context``.
        public let context: [ContextTag]
        public let paths: [ArtifactPath]
        /// Bytes.
        public let size: Int64
    }

    // MARK: Reading

    /// By path.
    public static func artifacts(of version: ID<Version>, in db: borrowing Connection) throws -> [Artifact] {
        try db.all(ArtifactSQL.ofVersion, ["$version": .integer(version.rawValue)]) { try Artifact(row: $0) }
    }

    /// nil when the version, or the variant, has no such artifact.
    public static func artifact(
        _ path: ArtifactPath, of version: ID<Version>, variant: VariantName? = nil, in db: borrowing Connection
    ) throws -> Artifact? {
        guard let variant else {
            return try db.first(
                ArtifactSQL.one, ["$version": .integer(version.rawValue), "$path": .text(path.description)]
            ) { try Artifact(row: $0) }
        }
        return try db.first(
            ArtifactSQL.oneOfVariant,
            [
                "$path": .text(path.description), "$version": .integer(version.rawValue),
                "$variant": .text(variant.description),
            ]
        ) { try Artifact(row: $0) }
    }

    /// Whether the version has a variant of this name.
    public static func hasVariant(
        _ name: VariantName, of version: ID<Version>, in db: borrowing Connection
    ) throws -> Bool {
        try db.exists(
            ArtifactSQL.hasVariant, ["$version": .integer(version.rawValue), "$variant": .text(name.description)])
    }

    /// In the order their author gave. Without `paths` the paths of the artifacts are not read; with `declared` the
    /// context is only what the author declared.
    public static func variants(
        of version: ID<Version>, paths: Bool = true, declared: Bool = false, in db: borrowing Connection
    ) throws -> [VariantEntry] {
        let rows = try db.all(ArtifactSQL.variants, ["$version": .integer(version.rawValue)]) { row in
            (id: row.integer("id"), name: row.text("name"), size: row.integer("size"))
        }
        var variants: [VariantEntry] = []
        for row in rows {
            let members =
                try !paths
                ? []
                : db.all(ArtifactSQL.paths, ["$variant": .integer(row.id)]) { row in
                    try stored(try? ArtifactPath(row.text("path")), "artifact path")
                }
            let context = try ContextTagStore.tags(
                ofVariant: row.id, source: declared ? .declared : nil, in: db)
            variants.append(
                VariantEntry(
                    name: try stored(try? VariantName(row.name), "variant name"), context: context, paths: members,
                    size: row.size))
        }
        return variants
    }

    /// Bytes of all artifacts of a version.
    public static func size(of version: ID<Version>, in db: borrowing Connection) throws -> Int64 {
        try db.first(ArtifactSQL.size, ["$version": .integer(version.rawValue)]) { $0.integer("size") } ?? 0
    }

    /// The canonical JSON of the manifest.
    public static func manifest(of version: ID<Version>, in db: borrowing Connection) throws -> [UInt8]? {
        try db.first(VersionSQL.manifest, ["$id": .integer(version.rawValue)]) { row in
            row.withText("manifest") { Array($0) }
        }
    }

    /// The README as safe HTML, or as the JSON of its block tree; nil when the version has none.
    public static func readme(
        of version: ID<Version>, asTree: Bool, in db: borrowing Connection
    ) throws -> [UInt8]? {
        try db.first(
            asTree ? VersionSQL.readmeTree : VersionSQL.readmeHTML, ["$id": .integer(version.rawValue)]
        ) { row in row.isNull("readme") ? nil : row.withText("readme") { Array($0) } } ?? nil
    }

    /// The blob of a digest, as publishing noted it; nil when none is known.
    public static func blob(_ digest: Digest, in db: borrowing Connection) throws -> Blob? {
        try db.first(BlobSQL.byDigest, ["$sha256": .blob(digest.bytes)]) { row in
            Blob(digest: digest, gitSHA1: Hex.encode(row.blob("git_sha1")), size: row.integer("size"))
        }
    }

    // MARK: Writing

    /// Writes a whole version: rows of new blobs, the version, its artifacts, variants and context.
    ///
    /// - Throws: A unique constraint's error when the model has the number or the manifest already.
    public static func insert(
        _ version: NewVersion, of model: ID<Model>, at now: Int64, in db: borrowing Connection
    ) throws -> ID<Version> {
        let (manifest, number) = (version.manifest, version.manifest.version)
        let readme = try manifest.readme.map { try blobID($0, version, at: now, in: db) }
        try db.run(
            VersionSQL.insert,
            [
                "$model": .integer(model.rawValue), "$number": .text(number.description),
                "$sort_key": .text(number.sortKey), "$prerelease": .bool(number.isPrerelease),
                "$state": .text((version.isDraft ? VersionState.draft : .published).rawValue),
                "$manifest_sha256": .blob(version.digest.bytes), "$manifest": .text(version.manifestJSON),
                "$readme": Value(readme), "$readme_html": Value(version.readme?.html),
                "$readme_tree": Value(version.readme?.tree), "$readme_text": Value(version.readme?.text),
                "$notes": .text(version.notes), "$by": .text(version.author), "$now": .integer(now),
                "$published_at": version.isDraft ? .null : .integer(now),
            ])
        let id = ID<Version>(db.lastInsertedID)
        try ContextTagStore.add(manifest.context, to: id, in: db)
        var artifacts: [ArtifactPath: Int64] = [:]
        for artifact in manifest.artifacts {
            let blob = try blobID(artifact.digest, version, at: now, in: db)
            try db.run(
                ArtifactSQL.insert,
                [
                    "$version": .integer(id.rawValue), "$path": .text(artifact.path.description),
                    "$blob": .integer(blob), "$media_type": .text(artifact.mediaType),
                ])
            artifacts[artifact.path] = db.lastInsertedID
        }
        for (position, variant) in manifest.variants.enumerated() {
            try db.run(
                ArtifactSQL.insertVariant,
                [
                    "$version": .integer(id.rawValue), "$name": .text(variant.name.description),
                    "$position": Value(position),
                ])
            let row = db.lastInsertedID
            for path in variant.paths {
                try db.run(
                    ArtifactSQL.insertMember, ["$variant": .integer(row), "$artifact": Value(artifacts[path])])
            }
            try ContextTagStore.add(variant.context, .declared, toVariant: row, in: db)
            if version.inferred.indices.contains(position) {
                try ContextTagStore.add(version.inferred[position], .inferred, toVariant: row, in: db)
            }
        }
        return id
    }

    private static func blobID(
        _ digest: Digest, _ version: NewVersion, at now: Int64, in db: borrowing Connection
    ) throws -> Int64 {
        let sha256 = Value.blob(digest.bytes)
        if let known = try db.first(BlobSQL.find, ["$sha256": sha256], { $0.integer("id") }) { return known }
        let blob = try stored(version.blobs[digest], "blob of a new version")
        try db.run(
            BlobSQL.insert,
            [
                "$sha256": sha256, "$git_sha1": .blob(Hex.decode(blob.gitSHA1) ?? []), "$size": .integer(blob.size),
                "$now": .integer(now),
            ])
        return db.lastInsertedID
    }
}

extension Artifact {
    /// The artifact in the columns path, media_type, sha256, size.
    fileprivate init(row: borrowing Row) throws {
        self.init(
            path: try stored(try? ArtifactPath(row.text("path")), "artifact path"),
            digest: try Digest(stored: row.blob("sha256")), size: row.integer("size"),
            mediaType: row.text("media_type"))
    }
}
