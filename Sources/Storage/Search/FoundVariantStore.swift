package import SQLite

package enum FoundVariantSQL: String, SQLStatement {
    /// A row with no tag for a variant without any.
    case context = """
        SELECT wanted.value AS model_id, variant.id AS variant_id, tag_id
        FROM json_each($ids) AS wanted
        CROSS JOIN model ON model.id = wanted.value
        CROSS JOIN variant ON variant.version_id = model.latest_version
        LEFT JOIN variant_context ON variant_context.variant_id = variant.id
        """
    case variants = """
        SELECT wanted.value AS model_id, variant.id, variant.name,
            (SELECT coalesce(sum(blob.size), 0) FROM variant_artifact
             JOIN artifact ON artifact.id = variant_artifact.artifact_id
             JOIN blob ON blob.id = artifact.blob_id
             WHERE variant_artifact.variant_id = variant.id) AS size
        FROM json_each($ids) AS wanted
        CROSS JOIN model ON model.id = wanted.value
        CROSS JOIN variant ON variant.version_id = model.latest_version
        ORDER BY wanted.key, size, variant.position
        """
    case tags = """
        SELECT variant.id AS variant_id, context_tag.id, context_tag.key, context_tag.value
        FROM json_each($ids) AS wanted
        CROSS JOIN model ON model.id = wanted.value
        CROSS JOIN variant ON variant.version_id = model.latest_version
        CROSS JOIN variant_context ON variant_context.variant_id = variant.id
        JOIN context_tag ON context_tag.id = variant_context.tag_id
        ORDER BY variant.id, context_tag.key, context_tag.folded
        """
}

/// What tells the variants of found models apart.
package struct FoundVariant: Sendable {
    package let name: String
    /// Bytes of its files.
    package let size: Int64
    /// Row ids of `context_tag`.
    package fileprivate(set) var tags: Set<Int64> = []
    package fileprivate(set) var precision: [String] = []
}

package enum FoundVariantStore {
    /// The tags (row ids) of each variant of the latest version of each model: what costs little to know of all that are
    /// found.
    package static func tags(of models: [Int64], in db: borrowing Connection) throws -> [Int64: [Set<Int64>]] {
        var tags: [Int64: [Int64: Set<Int64>]] = [:]
        try db.forEach(FoundVariantSQL.context, ["$ids": .list(models)]) { row in
            let (model, variant) = (row.integer("model_id"), row.integer("variant_id"))
            let tag = row.optionalInteger("tag_id")
            tags[model, default: [:]][variant, default: []].formUnion(tag.map { [$0] } ?? [])
            return true
        }
        return tags.mapValues { Array($0.values) }
    }

    /// Those of the latest version of each model (row ids), the smallest first; models with one variant are left out.
    package static func variants(of models: [Int64], in db: borrowing Connection) throws -> [Int64: [FoundVariant]] {
        let list = Value.list(models)
        var variants: [Int64: [(id: Int64, variant: FoundVariant)]] = [:]
        try db.forEach(FoundVariantSQL.variants, ["$ids": list]) { row in
            let variant = FoundVariant(name: row.text("name"), size: row.integer("size"))
            variants[row.integer("model_id"), default: []].append((row.integer("id"), variant))
            return true
        }
        variants = variants.filter { $0.value.count > 1 }
        guard !variants.isEmpty else { return [:] }
        var tags: [Int64: (all: Set<Int64>, precision: [String])] = [:]
        try db.forEach(FoundVariantSQL.tags, ["$ids": Value.list(Array(variants.keys))]) { row in
            let variant = row.integer("variant_id")
            tags[variant, default: ([], [])].all.insert(row.integer("id"))
            if row.text("key") == "precision" { tags[variant]?.precision.append(row.text("value")) }
            return true
        }
        return variants.mapValues { all in
            all.map { id, variant in
                var variant = variant
                (variant.tags, variant.precision) = tags[id] ?? ([], [])
                return variant
            }
        }
    }
}
