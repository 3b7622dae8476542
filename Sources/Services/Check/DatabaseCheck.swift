import Cryptography
import Encoding
import JSON
import Registry
import SQLite
import Storage

/// Checks everything that a database alone can tell, in steps of bounded work.
///
/// Versions and events never change, so each step may read in a transaction of its own beside a running server.
struct DatabaseCheck: Sendable {
    private enum Stage { case file, references, aliases, versions(after: Int64), events(EventStore.Chain), ended }

    private var stage = Stage.file
    private(set) var versions: Int64 = 0
    private(set) var events: Int64 = 0

    var isEnded: Bool { if case .ended = stage { true } else { false } }

    /// What the next piece of work finds.
    mutating func step(_ database: Database) -> [CheckFinding] {
        do {
            return try work(database)
        } catch {
            // Where one part cannot be read the next may still tell more.
            let text = (error as? SQLiteError)?.message ?? "\(error)"
            let finding = CheckFinding(.databaseDamaged, subject: stageName, "SQLite cannot read it: \(text)")
            skip()
            return [finding]
        }
    }

    /// All that is found, at once.
    static func findings(in database: Database) -> [CheckFinding] {
        var check = DatabaseCheck()
        var findings: [CheckFinding] = []
        while !check.isEnded { findings += check.step(database) }
        return findings
    }

    private mutating func work(_ database: Database) throws -> [CheckFinding] {
        switch stage {
        case .file:
            stage = .references
            return try database.integrityCheck().map { CheckFinding(.databaseDamaged, $0) }
        case .references:
            stage = .aliases
            return try database.foreignKeyCheck().map { CheckFinding(.rowDangling, $0) }
        case .aliases:
            stage = .versions(after: 0)
            return try database.read { db in try CheckStore.misplacedAliases(in: db) }.map {
                CheckFinding(.aliasMisplaced, subject: $0, "it leads to a version of another model")
            }
        case .versions(let id):
            let rows = try database.read { db in try CheckStore.versions(after: id, limit: 500, in: db) }
            versions += Int64(rows.count)
            if let last = rows.last { stage = .versions(after: last.id) } else { stage = .events(EventStore.Chain()) }
            return rows.flatMap(Self.findings(in:))
        case .events(var chain):
            try database.read { db in try EventStore.follow(&chain, limit: 10_000, in: db) }
            events = chain.count
            stage = chain.isEnded ? .ended : .events(chain)
            guard let broken = chain.broken else { return [] }
            return [
                CheckFinding(
                    .eventBroken, subject: "event \(broken)", "it, or one before it, was changed, added or removed")
            ]
        case .ended: return []
        }
    }

    private mutating func skip() {
        switch stage {
        case .file: stage = .references
        case .references: stage = .aliases
        case .aliases: stage = .versions(after: 0)
        case .versions: stage = .events(EventStore.Chain())
        case .events, .ended: stage = .ended
        }
    }

    private var stageName: String {
        switch stage {
        case .file, .references, .ended: "the database"
        // Moves on before it reads.
        case .aliases: "the references between rows"
        case .versions(let id): id == 0 ? "the aliases and versions" : "the versions after number \(id)"
        case .events: "the events"
        }
    }

    /// What is wrong with a version's manifest: the promise that devices rely on.
    private static func findings(in row: CheckStore.VersionRow) -> [CheckFinding] {
        guard SHA256.digest(of: row.manifest) == row.manifestSHA256 else {
            return [
                CheckFinding(
                    .manifestDamaged, subject: row.name, "the text of the manifest does not have the version's digest")
            ]
        }
        guard let manifest = try? JSONValue(parsing: Array(row.manifest.utf8)),
            let listed = artifacts(listedIn: manifest)
        else { return [CheckFinding(.manifestDamaged, subject: row.name, "the manifest cannot be read")] }
        if listed != row.artifacts {
            return [
                CheckFinding(.manifestDamaged, subject: row.name, "the version has other artifacts than its manifest")
            ]
        }
        if manifest["readme"]?.string != row.readmeSHA256.map({ "sha256:\(Hex.encode($0))" }) {
            return [
                CheckFinding(.manifestDamaged, subject: row.name, "the version has another README than its manifest")
            ]
        }
        if manifest["variants"]?.array?.count != row.variants {
            return [
                CheckFinding(.manifestDamaged, subject: row.name, "the version has other variants than its manifest")
            ]
        }
        return []
    }

    private static func artifacts(listedIn manifest: JSONValue) -> [String: CheckStore.ArtifactRow]? {
        guard let list = manifest["artifacts"]?.array else { return nil }
        var artifacts: [String: CheckStore.ArtifactRow] = [:]
        for artifact in list {
            guard let path = artifact["path"]?.string, let size = artifact["size"]?.integer,
                let digest = artifact["digest"]?.string.flatMap({ try? Digest($0) })
            else { return nil }
            artifacts[path] = CheckStore.ArtifactRow(sha256: digest.bytes, size: size)
        }
        return artifacts
    }
}
