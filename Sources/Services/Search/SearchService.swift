import Registry
import SQLite
import Search
import Storage

/// Finds models by words, context and service type.
///
/// All counts and lists are of the models that the caller may read, and nothing that is said depends on another model. A
/// search that takes the database longer than a second is given up with `search-too-slow`.
///
/// - Throws: Each function `search-too-slow`, or `store-unavailable` when the database cannot be read.
public struct SearchService: Sendable {
    let transactions: Transactions
    let vocabulary: VocabularyService
    private let keeper: SearchKeeper
    private let upkeep: SearchUpkeep
    private let deadlineMilliseconds: Int
    private let serviceTypes = KnownServiceTypes()

    init(_ transactions: Transactions, vocabulary: VocabularyService) {
        let keeper = SearchKeeper(transactions.database)
        self.init(transactions, vocabulary, keeper, SearchUpkeep(keeper, transactions), deadlineMilliseconds: 1000)
    }

    private init(
        _ transactions: Transactions, _ vocabulary: VocabularyService, _ keeper: SearchKeeper, _ upkeep: SearchUpkeep,
        deadlineMilliseconds: Int
    ) {
        (self.transactions, self.vocabulary) = (transactions, vocabulary)
        (self.keeper, self.upkeep, self.deadlineMilliseconds) = (keeper, upkeep, deadlineMilliseconds)
    }

    /// The same, answered by the database alone within another time.
    package func answeringBySQL(milliseconds: Int) -> SearchService {
        let keeper = SearchKeeper(transactions.database)
        keeper.setTended(true)
        return SearchService(
            transactions, vocabulary, keeper, SearchUpkeep(keeper, transactions), deadlineMilliseconds: milliseconds)
    }

    // MARK: The index

    /// Begins to hold the index in memory on a thread of its own, and waits for it as long as a small repository needs.
    public func start() {
        upkeep.start()
        for _ in 0..<Self.startLooks where keeper.view == nil { Pause.sleep(.milliseconds(5)) }
    }

    /// Ends what ``start()`` began, and saves the index for the next start.
    public func stop() { upkeep.stop() }

    private static let startLooks = 100

    /// Whether searches are answered from memory, with facets.
    public var isReady: Bool { keeper.view != nil }

    /// Makes the index anew from the models.
    ///
    /// - Returns: How many models it holds.
    public func rebuild() throws -> Int {
        try SearchSnapshotFile(path: transactions.directory.searchSnapshotPath).remove()
        return try transactions.write { db in try SearchStore.rebuild(in: db) }
    }

    // MARK: Reading

    /// Runs `body` with an index that holds all that the transaction sees.
    func read<T>(
        for caller: Caller, _ body: (borrowing Connection, SearchReading) throws -> T
    ) throws -> T {
        let generation = transactions.database.generation
        return try transactions.translating {
            do {
                return try keeper.read { db, view in
                    try db.withDeadline(milliseconds: deadlineMilliseconds) {
                        let index: any SearchIndex = if let view { view } else { try SQLSearch(transactions.database) }
                        let types = try serviceTypes.all(of: generation, in: db)
                        return try body(
                            db,
                            SearchReading(
                                index: index, isQuick: view != nil, readers: SearchReaders(caller, in: db),
                                vocabulary: vocabulary.current(with: types, in: db), serviceTypes: types))
                    }
                }
            } catch let error as SQLiteError where error.isInterrupted {
                throw RegistryError(
                    .searchTooSlow, "the search took too long; ask for something more particular",
                    ko: "검색이 너무 오래 걸립니다. 조건을 더 좁혀 보세요")
            }
        }
    }
}
