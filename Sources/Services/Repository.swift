import Registry
public import SQLite
public import Search
public import Storage
import Synchronization

/// A repository of models in one data directory: everything that handlers call.
public final class Repository: Sendable {
    public let directory: DataDirectory
    public let database: Database
    /// Where the bytes are.
    public let blobs: any BlobStore
    public let clock: any Clock
    /// What words and context tags mean, and what people call them.
    public let vocabulary: VocabularyService

    /// Who sends a request.
    public let access: AccessService
    /// People and tokens.
    public let accounts: AccountService
    /// Namespaces and their members.
    public let namespaces: NamespaceService
    /// Models and service types.
    public let models: ModelService
    /// Bytes that arrive in several requests.
    public let uploads: UploadService
    /// New versions.
    public let publishing: PublishService
    /// Versions that are there, and aliases.
    public let versions: VersionService
    /// Artifacts, manifests and READMEs by their names.
    public let resolving: ResolveService
    /// Models by words and context.
    public let search: SearchService
    /// How often versions are downloaded.
    public let downloads: DownloadCounter
    /// Disk usage, and the collection of blobs.
    public let storage: StorageService
    /// What has been changed, and how much there is.
    public let activity: ActivityService
    public let collector: GarbageCollector

    private let diskWatch: DiskWatch
    private let transactions: Transactions
    /// When ``checkReady()`` found the store writable last, so that asking often costs nothing.
    private let readyUntil = Atomic<Int64>(0)
    private static let readySeconds: Int64 = 5
    /// Bytes that one archive may unpack to.
    private static let archiveLimit: Int64 = 50 << 30

    /// Opens the repository, and brings its schema up to date.
    ///
    /// - Parameters:
    ///   - directory: Locked for this process.
    ///   - migrations: The path of the folder `Migrations`.
    ///   - vocabulary: What words and context tags mean, besides the service types.
    ///   - clock: Tells the time.
    ///   - blobs: Where bytes go; nil: the data directory.
    ///   - log: Takes what clients must not see, a line each.
    /// - Throws: `MigrationError` when the schema does not fit the program, or why the database cannot be opened.
    public init(
        directory: DataDirectory, migrations: String, vocabulary: ContextVocabulary = ContextVocabulary(),
        clock: any Clock = SystemClock(), blobs: (any BlobStore)? = nil, log: @escaping @Sendable (String) -> Void
    ) throws {
        let database = try Schema.openDatabase(directory, migrations: migrations, now: clock.now)
        let files = DirectoryBlobStore(directory, log: log)
        let blobs = blobs ?? files
        let transactions = Transactions(database: database, clock: clock, directory: directory, log: log)
        self.directory = directory
        self.database = database
        self.blobs = blobs
        self.clock = clock
        self.vocabulary = VocabularyService(transactions, vocabulary)
        self.transactions = transactions
        access = AccessService(transactions)
        accounts = AccountService(transactions, setUpLinkFile: SetUpLinkFile(in: directory))
        namespaces = NamespaceService(transactions)
        search = SearchService(transactions, vocabulary: self.vocabulary)
        models = ModelService(transactions, search)
        uploads = UploadService(transactions, UploadFiles(directory, files))
        publishing = PublishService(
            transactions, blobs: blobs, spools: files, uploads: uploads, archiveLimit: Self.archiveLimit)
        versions = VersionService(transactions, blobs: blobs)
        resolving = ResolveService(transactions, blobs: blobs)
        downloads = DownloadCounter(transactions)
        collector = GarbageCollector(transactions, directory, files)
        storage = StorageService(transactions, directory, collector)
        activity = ActivityService(transactions, directory)
        diskWatch = DiskWatch(clock: clock, log: log)
        try uploads.sweep()
    }

    /// Proves that versions can be published now; a proof holds for a few seconds.
    ///
    /// - Throws: `store-full` or `store-unavailable`.
    public func checkReady() throws {
        let now = clock.now
        if now < readyUntil.load(ordering: .relaxed) { return }
        try blobs.checkWritable()
        try transactions.write(invalidating: false) { db in try ReadinessStore.note(at: now, in: db) }
        readyUntil.store(now + Self.readySeconds, ordering: .relaxed)
    }

    /// Writes down what is counted in memory, looks at the disk and renews the set-up link; to be called every few
    /// seconds. What fails is logged and kept.
    public func maintain() {
        diskWatch.check { directory.disk }
        for flush in [downloads.flush, access.flush] {
            do { try flush() } catch { transactions.log("cannot write counts: \(error)") }
        }
        do { try accounts.renewSetUpOffer() } catch { transactions.log("cannot renew the set-up link: \(error)") }
    }

    /// Writes what is left in memory and closes the database.
    public func close() {
        search.stop()
        maintain()
        database.close()
    }
}
