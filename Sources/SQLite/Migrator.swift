import Glibc

/// Brings the schema of a database up to date, step by step.
///
/// The steps are files `0001_initial.sql`, `0002_search.sql`… of one directory. What was applied is recorded in the
/// table `schema_migration`. Forward only: to go back, restore the copy that is made before an existing database is
/// changed.
public struct Migrator: Sendable {
    /// All steps, by number.
    public let migrations: [Migration]

    /// The number of the last step; 0 when there is none.
    public var latest: Int { migrations.count }

    /// Reads the steps.
    ///
    /// - Parameters:
    ///   - directory: Holds the files; those that do not end in `.sql` are passed over.
    ///   - digest: The SHA-256 of bytes in hexadecimal digits.
    /// - Throws: When a file cannot be read, or the numbers are not 1, 2, 3…
    public init(directory: String, digest: ([UInt8]) -> String) throws(MigrationError) {
        var migrations: [Migration] = []
        for file in try Self.files(in: directory) where file.hasSuffix(".sql") {
            guard let (number, name) = Migration.parse(file)
            else { throw .misnamed(file: file, reason: "has another name") }
            guard number == migrations.count + 1 else {
                let reason = number == migrations.count ? "has a number that is there twice" : "leaves a gap before it"
                throw .misnamed(file: file, reason: reason)
            }
            let bytes = try Self.contents(of: directory + "/" + file)
            guard let script = String(validating: bytes, as: UTF8.self)
            else { throw .unreadable(path: directory + "/" + file, reason: "it is not UTF-8") }
            migrations.append(Migration(number: number, name: name, sha256: digest(bytes), script: script))
        }
        self.migrations = migrations
    }

    /// Applies the steps that `database` has not had, each in a transaction of its own.
    ///
    /// A database that has had some is copied before, beside its own file: `moru.sqlite.before-0003`.
    ///
    /// - Parameters:
    ///   - database: Must not be in use yet.
    ///   - now: When, in seconds since 1970.
    /// - Returns: The steps that were applied.
    /// - Throws: ``MigrationError`` when a step has changed, is missing or unknown or fails; ``SQLiteError`` otherwise.
    @discardableResult
    public func migrate(_ database: Database, now: Int64) throws -> [Migration] {
        let applied = try Self.applied(to: database)
        try check(applied)
        let pending = Array(migrations.dropFirst(applied.count))
        guard let first = pending.first else { return [] }
        if !applied.isEmpty { try copy(database, before: first) }
        for migration in pending { try apply(migration, to: database, now: now) }
        return pending
    }

    // MARK: Steps

    private func check(_ applied: [Migration]) throws(MigrationError) {
        for (index, step) in applied.enumerated() {
            guard index < migrations.count else { throw .newer(file: step.fileName, latest: latest) }
            let known = migrations[index]
            guard known.number == step.number, known.name == step.name else { throw .missing(file: step.fileName) }
            guard known.sha256 == step.sha256 else { throw .changed(file: step.fileName) }
        }
    }

    private func apply(_ migration: Migration, to database: Database, now: Int64) throws {
        try database.exclusively { handle in
            do {
                // Rebuilding a table that others refer to needs them off, which only works outside of a transaction
                // (sqlite.org/lang_altertable.html §7); they are checked as a whole below.
                try handle.execute("PRAGMA foreign_keys = OFF; BEGIN IMMEDIATE")
                try handle.executeInside(migration.script)
                if let violation = try handle.foreignKeyViolations().first { throw SQLiteError.misuse(violation) }
                _ = try handle.query(
                    """
                    INSERT INTO schema_migration (number, name, sha256, applied_at)
                    VALUES ($number, $name, $sha256, $now)
                    """,
                    [
                        "$number": .integer(Int64(migration.number)), "$name": .text(migration.name),
                        "$sha256": .text(migration.sha256), "$now": .integer(now),
                    ]
                ) { _ in }
                try handle.execute("COMMIT; PRAGMA foreign_keys = ON")
            } catch {
                _ = handle.rollBack()
                try handle.execute("PRAGMA foreign_keys = ON")
                let reason = (error as? SQLiteError)?.message ?? "\(error)"
                throw MigrationError.failed(file: migration.fileName, reason: reason)
            }
        }
    }

    private static func applied(to database: Database) throws -> [Migration] {
        try database.exclusively { handle in
            try handle.execute(
                """
                CREATE TABLE IF NOT EXISTS schema_migration (
                    number INTEGER PRIMARY KEY,
                    name TEXT NOT NULL,
                    sha256 TEXT NOT NULL,
                    applied_at INTEGER NOT NULL
                ) STRICT
                """)
            return try handle.query("SELECT number, name, sha256 FROM schema_migration ORDER BY number") { row in
                Migration(number: row.int("number"), name: row.text("name"), sha256: row.text("sha256"), script: "")
            }
        }
    }

    private func copy(_ database: Database, before migration: Migration) throws(MigrationError) {
        let path = "\(database.path).before-\(Migration.padded(migration.number))"
        // The name is taken only by a whole copy; what is left of one that failed is replaced.
        let partial = path + ".partial"
        unlink(partial)
        do {
            try database.backup(to: partial)
        } catch {
            unlink(partial)
            throw .noCopy(path: path, reason: (error as? SQLiteError)?.message ?? "\(error)")
        }
        guard rename(partial, path) == 0 else { throw .noCopy(path: path, reason: Self.reason) }
    }

    // MARK: Files

    private static var reason: String { String(cString: strerror(errno)) }

    private static func files(in directory: String) throws(MigrationError) -> [String] {
        guard let stream = opendir(directory) else { throw .unreadable(path: directory, reason: reason) }
        defer { closedir(stream) }
        var names: [String] = []
        while let entry = readdir(stream) {
            names.append(
                withUnsafeBytes(of: &entry.pointee.d_name) { name in
                    String(decoding: name.prefix { $0 != 0 }, as: UTF8.self)
                })
        }
        return names.sorted()
    }

    private static func contents(of path: String) throws(MigrationError) -> [UInt8] {
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { throw .unreadable(path: path, reason: reason) }
        defer { close(file) }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65536)
        while true {
            let count = read(file, &buffer, buffer.count)
            guard count >= 0 else { throw .unreadable(path: path, reason: reason) }
            if count == 0 { return bytes }
            bytes += buffer.prefix(count)
        }
    }
}
