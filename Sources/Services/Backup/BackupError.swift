import SQLite
import Storage

/// Why a backup was not made or not restored.
public struct BackupError: Error, Sendable, Hashable, CustomStringConvertible {
    /// Who has to do something about it.
    public enum Kind: Sendable {
        /// Bytes are not what they should be: of the repository, or of the backup.
        case damaged
        /// A place that cannot be used.
        case refused
        /// There is not enough room.
        case full
        /// Something else failed.
        case failed
    }

    public let kind: Kind
    /// One sentence, in English.
    public let description: String

    init(_ kind: Kind, _ description: String) {
        (self.kind, self.description) = (kind, description)
    }

    init(_ failure: FileFailure) {
        self.init(failure.isFull ? .full : .failed, "\(failure)")
    }

    /// `error` in these words; itself when it is of another layer.
    static func wording(_ error: any Error) -> any Error {
        switch error {
        case let failure as FileFailure: BackupError(failure)
        case let failure as DataDirectoryError: BackupError(.failed, "\(failure)")
        case let failure as SQLiteError:
            BackupError(
                failure.isFull ? .full : failure.isCorrupt ? .damaged : .failed,
                "the database: \(failure.message)")
        default: error
        }
    }

    /// Runs `body` and words what it throws.
    static func wording<T>(_ body: () throws -> T) throws -> T {
        do { return try body() } catch { throw wording(error) }
    }
}
