import SQLite

package enum VersionSQL: String, SQLStatement {
    case byID = """
        SELECT version.id, model_id, number, state, state_reason, state_changed_at, manifest_sha256,
            blob.sha256 AS readme_sha256, notes, created_by, version.created_at, published_at, revision
        FROM version LEFT JOIN blob ON blob.id = version.readme_blob_id
        WHERE version.id = $id
        """
    case byNumber = """
        SELECT version.id, model_id, number, state, state_reason, state_changed_at, manifest_sha256,
            blob.sha256 AS readme_sha256, notes, created_by, version.created_at, published_at, revision
        FROM version LEFT JOIN blob ON blob.id = version.readme_blob_id
        WHERE model_id = $model AND number = $number
        """
    case byManifest = """
        SELECT version.id, model_id, number, state, state_reason, state_changed_at, manifest_sha256,
            blob.sha256 AS readme_sha256, notes, created_by, version.created_at, published_at, revision
        FROM version LEFT JOIN blob ON blob.id = version.readme_blob_id
        WHERE model_id = $model AND manifest_sha256 = $manifest
        """
    case latest = """
        SELECT version.id, model_id, number, state, state_reason, state_changed_at, manifest_sha256,
            blob.sha256 AS readme_sha256, notes, version.created_by, version.created_at, published_at, version.revision
        FROM model JOIN version ON version.id = model.latest_version
        LEFT JOIN blob ON blob.id = version.readme_blob_id
        WHERE model.id = $model
        """
    case page = """
        SELECT version.id, model_id, number, state, state_reason, state_changed_at, manifest_sha256,
            blob.sha256 AS readme_sha256, notes, created_by, version.created_at, published_at, revision
        FROM version LEFT JOIN blob ON blob.id = version.readme_blob_id
        WHERE model_id = $model AND version.id < $before AND ($drafts OR state <> 'draft')
        ORDER BY version.id DESC LIMIT $limit
        """
    case count = """
        SELECT count(*) AS count FROM version WHERE model_id = $model AND ($drafts OR state <> 'draft')
        """
    case offered = """
        SELECT id, number FROM version
        WHERE model_id = $model AND state IN ('published', 'deprecated') ORDER BY sort_key DESC
        """
    case highest = "SELECT number FROM version WHERE model_id = $model ORDER BY sort_key DESC LIMIT 1"
    case retired = "SELECT number FROM retired_version WHERE full_name = $name"
    case isRetired = "SELECT 1 AS retired FROM retired_version WHERE full_name = $name AND number = $number"
    case insert = """
        INSERT INTO version (model_id, number, sort_key, prerelease, state, state_changed_at, manifest_sha256, manifest,
            readme_blob_id, readme_html, readme_tree, readme_text, notes, created_by, created_at, published_at)
        VALUES ($model, $number, $sort_key, $prerelease, $state, $now, $manifest_sha256, $manifest,
            $readme, $readme_html, $readme_tree, $readme_text, $notes, $by, $now, $published_at)
        """
    case setState = """
        UPDATE version SET state = $state, state_reason = $reason,
            state_changed_at = iif(state = $state, state_changed_at, $now),
            published_at = coalesce(published_at, $now), revision = revision + 1
        WHERE id = $id
        """
    case setNotes = "UPDATE version SET notes = $notes, revision = revision + 1 WHERE id = $id"
    case delete = "DELETE FROM version WHERE id = $id"
    case manifest = "SELECT manifest FROM version WHERE id = $id"
    case readmeHTML = "SELECT readme_html AS readme FROM version WHERE id = $id"
    case readmeTree = "SELECT readme_tree AS readme FROM version WHERE id = $id"
}

package enum ArtifactSQL: String, SQLStatement {
    case ofVersion = """
        SELECT artifact.path, artifact.media_type, blob.sha256, blob.size
        FROM artifact JOIN blob ON blob.id = artifact.blob_id
        WHERE version_id = $version ORDER BY artifact.path
        """
    case one = """
        SELECT artifact.path, artifact.media_type, blob.sha256, blob.size
        FROM artifact JOIN blob ON blob.id = artifact.blob_id
        WHERE version_id = $version AND artifact.path = $path
        """
    case oneOfVariant = """
        SELECT artifact.path, artifact.media_type, blob.sha256, blob.size
        FROM variant
        JOIN artifact ON artifact.version_id = variant.version_id AND artifact.path = $path
        JOIN variant_artifact ON variant_artifact.variant_id = variant.id
            AND variant_artifact.artifact_id = artifact.id
        JOIN blob ON blob.id = artifact.blob_id
        WHERE variant.version_id = $version AND variant.name = $variant
        """
    case hasVariant = "SELECT 1 AS found FROM variant WHERE version_id = $version AND name = $variant"
    case insert = """
        INSERT INTO artifact (version_id, path, blob_id, media_type) VALUES ($version, $path, $blob, $media_type)
        """
    case size = """
        SELECT coalesce(sum(blob.size), 0) AS size
        FROM artifact JOIN blob ON blob.id = artifact.blob_id WHERE version_id = $version
        """
    case variants = """
        SELECT variant.id, variant.name,
            (SELECT coalesce(sum(blob.size), 0) FROM variant_artifact
             JOIN artifact ON artifact.id = variant_artifact.artifact_id
             JOIN blob ON blob.id = artifact.blob_id
             WHERE variant_artifact.variant_id = variant.id) AS size
        FROM variant WHERE version_id = $version ORDER BY position
        """
    case paths = """
        SELECT artifact.path FROM variant_artifact JOIN artifact ON artifact.id = variant_artifact.artifact_id
        WHERE variant_artifact.variant_id = $variant ORDER BY artifact.path
        """
    case insertVariant = "INSERT INTO variant (version_id, name, position) VALUES ($version, $name, $position)"
    case insertMember = "INSERT INTO variant_artifact (variant_id, artifact_id) VALUES ($variant, $artifact)"
}

package enum BlobSQL: String, SQLStatement {
    case find = "SELECT id FROM blob WHERE sha256 = $sha256"
    case byDigest = "SELECT git_sha1, size FROM blob WHERE sha256 = $sha256"
    case insert = """
        INSERT INTO blob (sha256, git_sha1, size, created_at) VALUES ($sha256, $git_sha1, $size, $now)
        """
    case last = "SELECT coalesce(max(id), 0) AS id FROM blob"
    /// Of the rows with ids from `$after` to `$until`.
    case unnamed = """
        SELECT id, sha256 FROM blob WHERE id > $after AND id <= $until
            AND NOT EXISTS (SELECT 1 FROM artifact WHERE artifact.blob_id = blob.id)
            AND NOT EXISTS (SELECT 1 FROM version WHERE version.readme_blob_id = blob.id)
        """
    case deleteUnnamed = """
        DELETE FROM blob WHERE id = $id AND sha256 = $sha256
            AND NOT EXISTS (SELECT 1 FROM artifact WHERE artifact.blob_id = blob.id)
            AND NOT EXISTS (SELECT 1 FROM version WHERE version.readme_blob_id = blob.id)
        """
}
