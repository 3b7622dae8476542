/// Why the schema of a database could not be brought up to date. Nothing has been changed then.
public enum MigrationError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The directory or one of its files cannot be read.
    case unreadable(path: String, reason: String)
    /// A file that is not named `NNNN_name.sql`, or whose number is there twice or leaves a gap.
    case misnamed(file: String, reason: String)
    /// A file differs from the one that was applied.
    case changed(file: String)
    /// The file of a step that was applied is not there.
    case missing(file: String)
    /// The database has a step that this program does not know.
    case newer(file: String, latest: Int)
    /// The database is to be used as it is, and its last step is not this program's.
    case otherNumber(Int, latest: Int)
    /// The script does not run.
    case failed(file: String, reason: String)
    /// The copy that is made before an existing database is changed.
    case noCopy(path: String, reason: String)

    public var description: String {
        switch self {
        case .unreadable(let path, let reason):
            "cannot read \(path): \(reason); check MORU_MIGRATIONS_DIR or install the program again"
        case .misnamed(let file, let reason):
            "\(file) \(reason); migrations are named NNNN_name.sql and numbered from 0001 without gaps"
        case .changed(let file):
            "\(file) is not the file that this database was made with; restore the original and put changes into a new one"
        case .missing(let file):
            "\(file) was applied to this database and is not there any more; restore the file"
        case .newer(let file, let latest):
            "this database has had \(file), and this program ends with number \(Migration.padded(latest)); "
                + "use the newer program, or restore a backup made before it"
        case .otherNumber(let number, let latest):
            "this database has migration \(Migration.padded(number)), and this program needs \(Migration.padded(latest)); "
                + "use the program that the server runs, or start 'moru serve' of this one first"
        case .failed(let file, let reason):
            "\(file) failed and was undone: \(reason)"
        case .noCopy(let path, let reason):
            "cannot copy the database to \(path) before changing it: \(reason); make room or move that file away"
        }
    }
}
