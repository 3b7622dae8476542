package import SQLite

package enum CheckSQL: String, SQLStatement {
    case schema = "SELECT max(number) AS number FROM schema_migration"
    case versions = """
        SELECT version.id, model.full_name || '@' || number AS name, manifest, manifest_sha256,
            blob.sha256 AS readme_sha256,
            (SELECT count(*) FROM variant WHERE variant.version_id = version.id) AS variants
        FROM version JOIN model ON model.id = version.model_id LEFT JOIN blob ON blob.id = version.readme_blob_id
        WHERE version.id > $after ORDER BY version.id LIMIT $limit
        """
    case artifacts = """
        SELECT path, sha256, size FROM artifact JOIN blob ON blob.id = artifact.blob_id WHERE version_id = $version
        """
    case misplacedAliases = """
        SELECT model.full_name || '@' || alias.name AS name
        FROM alias JOIN version ON version.id = alias.version_id JOIN model ON model.id = alias.model_id
        WHERE version.model_id <> alias.model_id
        UNION ALL
        SELECT model.full_name || '@latest' FROM model JOIN version ON version.id = model.latest_version
        WHERE version.model_id <> model.id
        """
}

/// Rows read for the sake of checking them: nothing about them is taken for granted.
package enum CheckStore {
    /// A version as its rows have it.
    package struct VersionRow: Sendable {
        package let id: Int64
        /// Such as `demo/silero-vad@1.0.0`.
        package let name: String
        package let manifest: String
        package let manifestSHA256: [UInt8]
        package let readmeSHA256: [UInt8]?
        package let variants: Int
        /// Digest and size by path.
        package var artifacts: [String: ArtifactRow] = [:]
    }

    package struct ArtifactRow: Sendable, Hashable {
        package let sha256: [UInt8]
        package let size: Int64

        package init(sha256: [UInt8], size: Int64) { (self.sha256, self.size) = (sha256, size) }
    }

    /// The number of the last migration that the database has had.
    package static func schema(in db: borrowing Connection) throws -> Int {
        try db.first(CheckSQL.schema) { $0.optionalInteger("number").map { Int($0) } ?? 0 } ?? 0
    }

    /// Up to `limit` versions in the order of their ids, those after `id`.
    package static func versions(after id: Int64, limit: Int, in db: borrowing Connection) throws -> [VersionRow] {
        var versions = try db.all(
            CheckSQL.versions, ["$after": .integer(id), "$limit": .integer(Int64(limit))]
        ) { row in
            VersionRow(
                id: row.integer("id"), name: row.text("name"), manifest: row.text("manifest"),
                manifestSHA256: row.blob("manifest_sha256"), readmeSHA256: row.optionalBlob("readme_sha256"),
                variants: row.int("variants"))
        }
        for index in versions.indices {
            try db.forEach(CheckSQL.artifacts, ["$version": .integer(versions[index].id)]) { row in
                versions[index].artifacts[row.text("path")] = ArtifactRow(
                    sha256: row.blob("sha256"), size: row.integer("size"))
                return true
            }
        }
        return versions
    }

    /// Aliases, `latest` among them, that lead to a version of another model.
    package static func misplacedAliases(in db: borrowing Connection) throws -> [String] {
        try db.all(CheckSQL.misplacedAliases) { $0.text("name") }
    }
}
