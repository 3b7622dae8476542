import Registry
import SQLite
import Storage

/// The database as services use it: what fails comes in the product's words, and in full to the log.
struct Transactions: Sendable {
    let database: Database
    let clock: any Clock
    let directory: DataDirectory
    let log: @Sendable (String) -> Void

    func read<T>(_ body: (borrowing Connection) throws -> T) throws -> T {
        try translating { try database.read(body) }
    }

    func write<T>(invalidating: Bool = true, _ body: (borrowing Connection) throws -> T) throws -> T {
        try translating { try database.write(invalidating: invalidating, body) }
    }

    /// A ``write(invalidating:_:)`` of something new, which is refused while only the reserve of the disk is left.
    ///
    /// - Throws: `store-full`.
    func grow<T>(_ body: (borrowing Connection) throws -> T) throws -> T {
        try directory.requireRoom()
        return try write(body)
    }

    /// What fails in `body` comes in the product's words.
    func translating<T>(_ body: () throws -> T) throws -> T {
        do {
            return try body()
        } catch let failure as SQLiteError {
            guard let error = StoreFailure.error(failure) else { throw failure }
            log(failure.description)
            throw error
        }
    }
}
