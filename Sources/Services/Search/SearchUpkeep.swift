import CLinux
import Glibc
import Registry
import SQLite
import Search
import Storage
import Synchronization

/// Looks after the index in memory on a thread of its own: makes it, catches up, merges, and saves it to a file.
///
/// What fails is logged and tried again; the database answers searches meanwhile.
final class SearchUpkeep: Sendable {
    private let keeper: SearchKeeper
    private let transactions: Transactions
    private let file: SearchSnapshotFile
    private let running = Mutex<(thread: pthread_t, bell: Bell)?>(nil)
    /// The change that the file is true of; 0 when there is none.
    private let savedSequence = Atomic<Int64>(0)

    /// How long changes may wait for a search that applies them.
    private static let milliseconds: Int32 = 250
    /// Between two times that the file is written.
    private static let saveSeconds: Int64 = 60

    init(_ keeper: SearchKeeper, _ transactions: Transactions) {
        (self.keeper, self.transactions) = (keeper, transactions)
        file = SearchSnapshotFile(path: transactions.directory.searchSnapshotPath)
    }

    /// Begins.
    func start() {
        guard let bell = Bell() else { return transactions.log("search goes without its thread: no pipe") }
        let box = Unmanaged.passRetained(Errand(self, bell))
        var thread = pthread_t()
        keeper.setTended(true)
        guard pthread_create(&thread, nil, runUpkeep, box.toOpaque()) == 0 else {
            box.release()
            keeper.setTended(false)
            return transactions.log("search goes without its thread: the system gives none")
        }
        running.withLock { $0 = (thread, bell) }
    }

    /// Ends after what is under way, and saves what the file lacks. Nothing happens when it has not begun.
    func stop() {
        guard let (thread, bell) = running.withLock({ $0.take() }) else { return }
        bell.ring()
        pthread_join(thread, nil)
        keeper.setTended(false)
        save()
    }

    fileprivate func run(until bell: Bell) {
        // Searches go first: on Linux the nice value belongs to a thread, and 0 means this one (setpriority(2)).
        _ = setpriority(__priority_which_t(PRIO_PROCESS.rawValue), 0, 5)
        file.removeLeftover()
        Self.keepNoLargeMemory()
        var (trouble, nextSave) = (String?.none, transactions.clock.uptime)
        repeat {
            do {
                try round(&nextSave)
                trouble = nil
            } catch {
                if "\(error)" != trouble { transactions.log("search cannot follow what changes for now: \(error)") }
                trouble = "\(error)"
            }
        } while !bell.wait(milliseconds: Self.milliseconds)
    }

    /// Gives the memory that making a view took back to the system; glibc would keep much of it (malloc_trim(3)).
    private static func returnMemory() { _ = malloc_trim(0) }

    /// Has large pieces of memory go back to the system as soon as they are free; glibc would keep them for later, beside
    /// two indexes (mallopt(3): M_MMAP_THRESHOLD is -3, M_TRIM_THRESHOLD -1).
    private static func keepNoLargeMemory() {
        _ = mallopt(-3, 1 << 20)
        _ = mallopt(-1, 4 << 20)
    }

    private func round(_ nextSave: inout Int64) throws {
        if keeper.view == nil {
            switch try keeper.prepare(from: file) {
            case .read(let sequence): savedSequence.store(sequence, ordering: .relaxed)
            case .made: break
            case .refused(let reason):
                transactions.log("the search snapshot was made anew: \(reason)")
                try file.remove()
            }
            Self.returnMemory()
        }
        try keeper.refresh()
        if keeper.wantsMerge {
            try keeper.merge(reading: file)
            Self.returnMemory()
        }
        guard transactions.clock.uptime >= nextSave, save() else { return }
        nextSave = transactions.clock.uptime + Self.saveSeconds * 1_000_000_000
    }

    /// Writes the file when the main segment is another one than the file's, and then forgets the changes before it.
    ///
    /// - Returns: Whether it tried to.
    @discardableResult
    private func save() -> Bool {
        guard let main = keeper.main, main.sequence > savedSequence.load(ordering: .relaxed) else { return false }
        do {
            // A cache never takes the last of the disk.
            try transactions.directory.requireRoom(for: Int64(main.segment.byteCount))
            let mark = try transactions.read { db in try EventStore.mark(in: db) }
            try file.write(main, mark: mark)
            savedSequence.store(main.sequence, ordering: .relaxed)
            while try transactions.write(
                invalidating: false, { db in try SearchStore.trim(before: main.sequence, in: db) })
            {}
        } catch {
            let reason = (error as? RegistryError)?.message.en ?? "\(error)"
            transactions.log("cannot save the search snapshot: \(reason)")
        }
        return true
    }

    /// What a new thread is given.
    fileprivate final class Errand: Sendable {
        let upkeep: SearchUpkeep
        let bell: Bell

        init(_ upkeep: SearchUpkeep, _ bell: Bell) { (self.upkeep, self.bell) = (upkeep, bell) }
    }
}

private func runUpkeep(_ argument: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
    guard let argument else { return nil }
    let errand = Unmanaged<SearchUpkeep.Errand>.fromOpaque(argument).takeRetainedValue()
    errand.upkeep.run(until: errand.bell)
    return nil
}
