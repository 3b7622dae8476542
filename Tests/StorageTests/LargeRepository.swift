import Registry
import SQLite
import Search
import Storage
import TestSupport

/// A repository of thousands of models with versions, variants, files, measurements and context, the same for the same
/// seed; and changes to it.
final class LargeRepository {
    static let namespaces = (0..<12).map { "lab\($0)" }

    let words: LargeWords
    private let fixture: SearchFixture
    private var random: SplitMix
    private var tags: [String: Int64] = [:]
    private var made = 0
    /// Row ids and names.
    private(set) var models: [(id: Int64, name: String)] = []

    var database: Database { fixture.database }

    init(models count: Int, seed: UInt64) throws {
        (fixture, words, random) = (try SearchFixture(), LargeWords(seed: seed), SplitMix(state: seed))
        try database.write { db in
            for name in Self.namespaces { try db.run(FixtureSQL.namespace, ["$name": .text(name)]) }
            for blob in 0..<40 {
                var digest = [UInt8](repeating: 7, count: 32)
                digest[0] = UInt8(blob)
                try db.run(
                    LargeSQL.blob, ["$digest": .blob(digest), "$size": Value(1 << (10 + blob / 2) + blob * 1000)])
            }
            for _ in 0..<count { models.append(try newModel(in: db)) }
            try SearchStore.rebuild(in: db)
        }
    }

    /// Adds, removes and changes models: their words, context, versions, readers, downloads.
    func change(_ count: Int) throws {
        try database.write { db in
            for _ in 0..<count {
                let place = random.below(models.count)
                let id = models[place].id
                switch random.below(10) {
                case 0, 1:
                    let new = try newModel(in: db)
                    try SearchStore.index(model: ID(new.id), in: db)
                    models.append(new)
                    continue
                case 2:
                    try SearchStore.remove(model: ID(id), in: db)
                    try db.run(FixtureSQL.deleteModel, ["$id": .integer(id)])
                    models.swapAt(place, models.count - 1)
                    models.removeLast()
                    continue
                case 3: try db.run(LargeSQL.turn, ["$model": .integer(id)])
                case 4: try db.run(LargeSQL.download, ["$model": .integer(id), "$count": Value(downloads())])
                case 5: try db.run(FixtureSQL.withdrawn, ["$model": .integer(id)])
                case 6:
                    let title = words.text(5, &random)
                    try db.run(LargeSQL.rename, ["$model": .integer(id), "$title": .text(title)])
                case 7:
                    try db.run(ContextTagSQL.clearModel, ["$owner": .integer(id)])
                    try addTags(ContextTagSQL.addToModel, to: id, 8, in: db)
                default: try publish(id, "\(made)", in: db)
                }
                made += 1
                try SearchStore.index(model: ID(id), in: db)
            }
        }
    }

    /// Makes the full-text indexes one segment each, of which SQL answers several times sooner.
    func mergeWords() throws {
        try database.write { db in
            for sql in SearchRebuildSQL.merging { try db.run(sql) }
        }
    }

    // MARK: Rows

    private func downloads() -> Int { random.chance(50) ? 0 : 1 << random.below(18) + random.below(9) }

    private func newModel(in db: borrowing Connection) throws -> (id: Int64, name: String) {
        made += 1
        let namespace = random.skewed(Self.namespaces)
        let word = random.skewed(words.words).filter { $0.isASCII && ($0.isLetter || $0.isNumber) }.lowercased()
        let name = "\(namespace)/\(word.isEmpty ? "model" : word)-\(made)"
        try db.run(
            FixtureSQL.model,
            [
                "$namespace": .text(namespace), "$name": .text(name), "$title": .text(words.text(5, &random)),
                "$summary": .text(words.text(12, &random)),
                "$service": .text(random.chance(30) ? "other" : random.skewed(LargeRepository.services)),
                "$visibility": .text(random.chance(20) ? "private" : "public"), "$at": Value(1000 + made % 700),
                "$downloads": Value(downloads()), "$license": .text(random.pick(["", "", "MIT", "Apache-2.0"])),
            ])
        let model = db.lastInsertedID
        try addTags(ContextTagSQL.addToModel, to: model, 8, in: db)
        for number in 0..<random.skewed([1, 1, 1, 2, 3, 0]) { try publish(model, "\(number)", in: db) }
        return (model, name)
    }

    private static let services = [
        "crime-prevention", "illegal-parking", "fire-watch", "traffic-flow", "retail", "care",
    ]

    private func publish(_ model: Int64, _ number: String, in db: borrowing Connection) throws {
        var digest = [UInt8](repeating: 0, count: 32)
        for (place, byte) in number.utf8.enumerated() { digest[place] = byte }
        try db.run(
            LargeSQL.version,
            [
                "$model": .integer(model), "$number": .text("1.0.\(number)"), "$digest": .blob(digest),
                "$readme": .text(words.text(25, &random)),
            ])
        let version = db.lastInsertedID
        try db.run(FixtureSQL.latest, ["$model": .integer(model), "$version": .integer(version)])
        try addTags(ContextTagSQL.addToVersion, to: version, 3, in: db)
        for position in 0..<random.below(4) {
            try db.run(
                LargeSQL.variant,
                ["$version": .integer(version), "$name": .text("v\(position)"), "$position": Value(position)])
            let variant = db.lastInsertedID
            try addTags(ContextTagSQL.addToVariant, to: variant, 4, in: db)
            if random.chance(50) {
                try db.run(
                    LargeSQL.artifact,
                    [
                        "$version": .integer(version), "$path": .text("\(position).bin"),
                        "$blob": Value(1 + random.below(40)),
                    ])
                try db.run(LargeSQL.uses, ["$variant": .integer(variant), "$artifact": .integer(db.lastInsertedID)])
            }
            if random.chance(30) {
                try db.run(
                    LargeSQL.measurement,
                    [
                        "$version": .integer(version),
                        "$variant": random.chance(70) ? .integer(variant) : .null,
                        "$metric": .text(random.pick(["latency_ms", "fps", "top1"])),
                        "$at": .text(random.pick(LargeWords.boards + [""])),
                        "$value": .real(Double(random.below(400)) / 4),
                        "$source": .text(random.pick(["measured", "declared", "inferred"])),
                    ])
            }
        }
    }

    private func addTags(_ sql: ContextTagSQL, to owner: Int64, _ most: Int, in db: borrowing Connection) throws {
        var own: Set<Int64> = []
        for _ in 0..<random.below(most + 1) {
            let text = random.chance(25) ? words.number(&random) : words.tag(&random)
            let id = try tags[text] ?? ContextTagStore.id(for: ContextTag(text), in: db)
            tags[text] = id
            guard own.insert(id).inserted else { continue }
            try db.run(
                sql,
                [
                    "$owner": .integer(owner), "$tag": .integer(id),
                    "$source": .text(random.skewed(["declared", "extracted", "inferred", "measured"])),
                ])
        }
    }
}

enum LargeSQL: String, SQLStatement {
    case blob = """
        INSERT INTO blob (sha256, git_sha1, size, created_at) VALUES ($digest, substr($digest, 1, 20), $size, 0)
        """
    case version = """
        INSERT INTO version (model_id, number, sort_key, prerelease, state, state_changed_at, manifest_sha256,
            manifest, readme_text, created_by, created_at, published_at)
        VALUES ($model, $number, $number, 0, 'published', 0, $digest, '{}', $readme, 'kim', 0, 0)
        """
    case variant = "INSERT INTO variant (version_id, name, position) VALUES ($version, $name, $position)"
    case artifact = """
        INSERT INTO artifact (version_id, path, blob_id, media_type) VALUES ($version, $path, $blob, 'x/y')
        """
    case uses = "INSERT INTO variant_artifact (variant_id, artifact_id) VALUES ($variant, $artifact)"
    case measurement = """
        INSERT INTO measurement (version_id, variant_id, metric, at, value, source, measured_at)
        VALUES ($version, $variant, $metric, $at, $value, $source, 0) ON CONFLICT DO NOTHING
        """
    case turn = """
        UPDATE model SET visibility = CASE visibility WHEN 'public' THEN 'private' ELSE 'public' END WHERE id = $model
        """
    case download = "UPDATE model SET downloads_30d = $count WHERE id = $model"
    case rename = "UPDATE model SET title = $title WHERE id = $model"
}
