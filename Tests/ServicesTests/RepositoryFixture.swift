import Foundation
import Registry
import SQLite
import Services
import Storage
import TestSupport

/// A repository in a fresh directory, with an admin, two developers and a viewer.
final class RepositoryFixture: Sendable {
    static let migrations = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../Migrations")
        .path

    let path: String
    let clock = TestClock()
    let repository: Repository
    let blobs: FaultyBlobStore
    let admin: Caller
    let dev: Caller
    let other: Caller
    let viewer: Caller

    init() throws {
        path = FileManager.default.temporaryDirectory.appending(path: "services-\(UUID().uuidString)").path
        let directory = try DataDirectory.open(path)
        blobs = FaultyBlobStore(over: DirectoryBlobStore(directory))
        repository = try Repository(
            directory: directory, migrations: Self.migrations, vocabulary: .standard, clock: clock, blobs: blobs,
            log: { _ in })
        admin = try Self.add("admin", .admin, to: repository)
        dev = try Self.add("dev", .developer, to: repository)
        other = try Self.add("other", .developer, to: repository)
        viewer = try Self.add("viewer", .viewer, to: repository)
    }

    deinit {
        repository.close()
        try? FileManager.default.removeItem(atPath: path)
    }

    /// Users without a password: a slow hash for each would take the tests' time.
    static func add(_ name: String, _ role: Role, to repository: Repository) throws -> Caller {
        let id = try repository.database.write { db in
            try UserStore.insert(
                Username(name), displayName: name, role: role, language: "ko", passwordHash: nil, isDisabled: false,
                at: 0, in: db)
        }
        let user = try repository.database.read { db in try UserStore.user(id: id, in: db) }
        return Caller(user: user, namespaces: [:], token: nil)
    }

    /// The caller with the namespaces it is a member of now.
    func now(_ caller: Caller) throws -> Caller {
        guard let user = caller.user else { return caller }
        let namespaces = try repository.database.read { db in try NamespaceStore.memberships(of: user.id, in: db) }
        return Caller(user: user, namespaces: namespaces, token: caller.token)
    }

    func blob(_ text: String, expectedSize: Int64? = nil) throws -> Blob {
        let writer = try repository.publishing.beginBlob(expectedSize: expectedSize)
        try Array(text.utf8).withUnsafeBytes { try writer.write($0) }
        return try writer.finish()
    }

    func variant(
        _ files: [String: String], _ name: String = "default", context: [String] = []
    ) throws -> VariantRequest {
        VariantRequest(
            name: try VariantName(name), context: try context.map { try ContextTag($0) },
            artifacts: try files.sorted { $0.key < $1.key }.map {
                ArtifactRequest(path: try ArtifactPath($0.key), blob: try blob($0.value))
            })
    }

    /// Publishes one variant of `files`, by the developer unless said otherwise.
    @discardableResult
    func publish(
        _ name: String = "demo/model", _ version: String? = nil, _ files: [String: String] = ["model.onnx": "bytes"],
        draft: Bool = false, aliases: [String] = [], by caller: Caller? = nil,
        _ change: (inout PublishRequest) throws -> Void = { _ in }
    ) throws -> (version: VersionDetail, created: Bool) {
        var request = PublishRequest(
            model: try ModelName(name), version: try version.map { try VersionNumber($0) },
            variants: files.isEmpty ? [] : [try variant(files)], isDraft: draft,
            aliases: try aliases.map { try AliasName($0) })
        try change(&request)
        return try repository.publishing.publish(request, by: now(caller ?? dev))
    }

    func resolve(_ selector: String, of name: String = "demo/model", for caller: Caller = .anonymous) throws -> String {
        let found = try repository.versions.get(ModelName(name), VersionSelector(selector), for: now(caller))
        return found.version.number.description
    }

    func edit(
        _ number: String, _ patch: VersionPatch, of name: String = "demo/model", by caller: Caller? = nil
    ) throws -> VersionDetail {
        try repository.versions.edit(
            ModelName(name), VersionSelector(number), patch, ifMatch: nil, by: now(caller ?? dev))
    }

    /// Files below a folder of the data directory.
    func files(in folder: String) -> [String] {
        let all = FileManager.default.enumerator(atPath: "\(path)/\(folder)")?.compactMap { $0 as? String } ?? []
        return all.filter { name in
            var isDirectory: ObjCBool = false
            return FileManager.default.fileExists(atPath: "\(path)/\(folder)/\(name)", isDirectory: &isDirectory)
                && !isDirectory.boolValue
        }
    }

    /// What must hold whatever has failed.
    func brokenInvariants() throws -> [String] {
        var broken = try repository.database.integrityCheck() + repository.database.foreignKeyCheck()
        try repository.database.read { db in
            if let event = try EventStore.firstBroken(in: db) { broken.append("event \(event)") }
            try db.forEach(InvariantSQL.blobs) { row in
                let digest = try Digest(stored: row.blob("sha256"))
                if try blobs.size(of: digest) != row.integer("size") { broken.append("\(digest) is not there") }
                return true
            }
            try db.forEach(InvariantSQL.empty) { row in
                broken.append("version \(row.integer("id")) is empty")
                return true
            }
        }
        let incoming = files(in: "incoming")
        return incoming.isEmpty ? broken : broken + ["incoming: \(incoming)"]
    }

    private enum InvariantSQL: String, SQLStatement {
        case blobs = "SELECT sha256, size FROM blob"
        case empty = "SELECT id FROM version WHERE id NOT IN (SELECT version_id FROM artifact)"
    }
}

/// The code that `body` fails with; nil when it does not.
func failure<T>(_ body: @autoclosure () throws -> T) -> RegistryError.Code? {
    do {
        _ = try body()
        return nil
    } catch let error as RegistryError {
        return error.code
    } catch let error as RetryLater {
        return error.error.code
    } catch {
        return .formInvalid
    }
}
