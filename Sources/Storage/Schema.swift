import Cryptography
import Encoding
public import SQLite

/// The schema that this program works with.
public enum Schema {
    /// The number of the last file in `Migrations`.
    public static let latest = 7
    /// The number from which on there are uploads that can be resumed.
    package static let withUploads = 5

    /// Opens the database of `directory` and brings its schema up to date by the files `NNNN_name.sql` below `path`,
    /// and what search knows of its models by the rules of the program.
    ///
    /// - Throws: `MigrationError` when the files do not fit the program or the database.
    public static func openDatabase(
        _ directory: DataDirectory, migrations path: String, now: Int64
    ) throws -> Database {
        let migrator = try Migrator(directory: path) { Hex.encode(SHA256.digest(of: $0)) }
        guard migrator.latest == latest else {
            throw MigrationError.unreadable(
                path: path, reason: "it holds \(migrator.latest) migrations, this program needs \(latest)")
        }
        let database = try Database(path: directory.databasePath)
        try migrator.migrate(database, now: now)
        try SearchStore.bringUpToDate(database)
        return database
    }

    /// Opens the database of `directory` as it is, beside a server that may be using it.
    ///
    /// - Throws: `MigrationError` when its schema is not that of this program.
    public static func attachDatabase(_ directory: DataDirectory) throws -> Database {
        let database = try Database(path: directory.databasePath)
        let number = try database.read { db in try db.first(SchemaSQL.number) { $0.int("number") } } ?? 0
        guard number == latest else { throw MigrationError.otherNumber(number, latest: latest) }
        return database
    }
}

package enum SchemaSQL: String, SQLStatement {
    case number = "SELECT coalesce(max(number), 0) AS number FROM schema_migration"
}
