import Cryptography
public import SQLite

/// The schema that this program works with.
public enum Schema {
    /// The number of the last file in `Migrations`.
    public static let latest = 3

    /// Opens the database of `directory` and brings its schema up to date by the files `NNNN_name.sql` below `path`.
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
        return database
    }
}
