import Registry
import SQLite
import Storage
import Synchronization

/// The service types, which every answer tells of and which seldom change, kept until something is written.
final class KnownServiceTypes: Sendable {
    private let last = Mutex<(generation: UInt64, types: [ServiceType])?>(nil)

    /// All service types; `generation` is that of the database before the transaction began.
    func all(of generation: UInt64, in db: borrowing Connection) throws -> [ServiceType] {
        let known = last.withLock { $0 }
        if let known, known.generation == generation { return known.types }
        let types = try ServiceTypeStore.all(in: db)
        last.withLock { $0 = (generation, types) }
        return types
    }
}
