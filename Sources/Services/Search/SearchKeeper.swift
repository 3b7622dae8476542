package import SQLite
package import Search
import Storage
import Synchronization

/// Keeps the index that search reads in memory, true to the database.
///
/// A search takes the current view, begins its transaction and brings the view up to what the transaction sees, so that
/// each committed change is visible to every later search. Readers never wait for a view to be merged or saved; they
/// wait for each other only while one applies the few changes that are missing.
///
/// With ``SearchUpkeep`` a thread makes the first view and does the greater work; until then, and whenever too much is
/// missing, there is no view and SQL answers. Without it, as in commands, whoever asks first makes the view.
package final class SearchKeeper: Sendable {
    private struct State: Sendable {
        var view: SearchView
        /// The number of the last change that the main segment of the view holds.
        var mainSequence: Int64
    }

    private let database: Database
    private let state = Mutex<State?>(nil)
    /// Whoever applies changes holds it.
    private let turn = Mutex<Void>(())
    /// Whether a thread looks after the view.
    private let isTended = Atomic(false)

    /// Changes that a search applies by itself while a thread looks after the view, and that are read at once.
    private static let changesAtOnce = 2000
    /// How often, and how many milliseconds apart, a search looks whether the thread has caught up.
    private static let looks = 50
    private static let lookMilliseconds: Int64 = 10

    /// As in ``SegmentBuilder/mostPostings``.
    private let mostPostings: Int

    package init(_ database: Database, mostPostings: Int = SegmentBuilder.mostPostings) {
        (self.database, self.mostPostings) = (database, mostPostings)
    }

    /// The current view; nil before the first one.
    package var view: SearchView? { state.withLock { $0?.view } }

    /// The main segment of the current view.
    package var main: SearchSnapshotFile.Content? {
        state.withLock { state in
            state.map { SearchSnapshotFile.Content(segment: $0.view.main, sequence: $0.mainSequence) }
        }
    }

    /// Runs `body` in a read transaction with a view that holds all that the transaction sees; nil while there is none.
    package func read<T>(_ body: (borrowing Connection, SearchView?) throws -> T) throws -> T {
        // Taken before the transaction begins, it cannot hold more than the transaction sees.
        let taken = view
        return try database.read { db in try body(db, try view(taken, in: db)) }
    }

    private func view(_ taken: SearchView?, in db: borrowing Connection) throws -> SearchView? {
        let isTended = isTended.load(ordering: .acquiring)
        let sequence = try SearchStore.sequence(in: db)
        guard let taken else { return isTended ? nil : try inTurn { try self.current(in: db) } }
        if taken.sequence >= sequence { return taken }
        if isTended, sequence - taken.sequence > Int64(Self.changesAtOnce) {
            for _ in 0..<Self.looks {
                if let view, view.sequence >= sequence { return view }
                Pause.sleep(.milliseconds(Self.lookMilliseconds))
            }
            return nil
        }
        return try inTurn { try current(in: db) }
    }

    // MARK: Upkeep

    /// Says whether a thread looks after the view from now on.
    package func setTended(_ isTended: Bool) { self.isTended.store(isTended, ordering: .releasing) }

    /// Where the first view came from.
    package enum Origin: Sendable, Hashable {
        /// The file, which held everything up to this change.
        case read(Int64)
        /// The database, as there was no file.
        case made
        /// The database, as the file was of no use.
        case refused(String)
    }

    /// Makes the first view.
    package func prepare(from file: SearchSnapshotFile) throws -> Origin {
        try database.read { db in
            var refusal: String?
            do {
                if let content = try file.read(for: db) {
                    if let state = try Self.state(of: content, in: db) {
                        publish(state)
                        return .read(content.sequence)
                    }
                    throw SearchSnapshotFile.Refusal.foreign
                }
            } catch let error where !(error is SQLiteError) {
                refusal = "\(error)"
            }
            publish(try Self.build(in: db))
            return refusal.map(Origin.refused) ?? .made
        }
    }

    /// Applies what is missing.
    package func refresh() throws {
        guard let view else { return }
        try database.read { db in
            if try SearchStore.sequence(in: db) > view.sequence { try inTurn { _ = try current(in: db) } }
        }
    }

    /// Whether so much has changed that the view is better made of one segment, or so often that the log of changes, which
    /// is kept from the large segment on, grows long.
    package var wantsMerge: Bool {
        guard let (view, since) = state.withLock({ state in state.map { ($0.view, $0.mainSequence) } }) else {
            return false
        }
        return view.changedCount > min(4096, max(256, view.documentCount / 16))
            || view.sequence - since > Self.loggedChanges
    }

    private static let loggedChanges: Int64 = 20_000

    /// Makes one segment of the view, while searches go on with the view as it is.
    ///
    /// - Parameter file: Where the large segment may be saved: searches read it there meanwhile, and its memory is free
    ///   for the new one.
    /// - Throws: `SegmentError.tooLarge` too; the view stays as it is then, and follows what changes.
    package func merge(reading file: SearchSnapshotFile? = nil) throws {
        guard var base = view else { return }
        guard base.isMergeable(mostPostings: mostPostings) else { throw SegmentError.tooLarge }
        if let file, base.changedCount > 0 {
            try lean(on: file)
            base = view ?? base
        }
        let merged = State(view: base.merged(), mainSequence: base.sequence)
        // What has changed meanwhile; the transaction begins inside of the turn, so that no view is ahead of it.
        try inTurn {
            try database.read { db in
                if let state = try Self.advanced(merged, in: db) { publish(state) }
            }
        }
    }

    /// Puts pages of the file in the place of the large segment, where they are the same.
    private func lean(on file: SearchSnapshotFile) throws {
        guard let main, let copy = file.mapped(main) else { return }
        try inTurn {
            guard var state = state.withLock({ $0 }), state.view.main === main.segment else { return }
            state.view = state.view.with(main: copy)
            publish(state)
        }
    }

    // MARK: Views

    /// The current view with all that the transaction sees, and perhaps more; a new one where there is none. To be called
    /// in turn.
    private func current(in db: borrowing Connection) throws -> SearchView {
        var current = state.withLock { $0 }
        if let known = current { current = try Self.advanced(known, in: db) }
        let state = try current ?? Self.build(in: db)
        publish(state)
        return state.view
    }

    private func inTurn<T>(_ body: () throws -> T) throws -> T {
        // The result leaves through a variable, as the mutex would have it be Sendable.
        var result = Result<T, any Error>.failure(CancellationError())
        turn.withLock { _ in result = Result { try body() } }
        return try result.get()
    }

    private func publish(_ new: State) {
        let old = state.withLock { state in
            defer { if new.view.sequence >= state?.view.sequence ?? 0 { state = new } }
            return state
        }
        // What nobody else holds is freed here, outside of the lock.
        withExtendedLifetime(old) {}
    }

    private static func build(in db: borrowing Connection) throws -> State {
        let view = try SearchStore.build(in: db)
        return State(view: view, mainSequence: view.sequence)
    }

    private static func state(
        of content: SearchSnapshotFile.Content, in db: borrowing Connection
    ) throws -> State? {
        let view = SearchView(main: content.segment, sequence: content.sequence)
        return try advanced(State(view: view, mainSequence: content.sequence), in: db)
    }

    /// `state` with the changes that it lacks; nil when the log does not reach back to it.
    private static func advanced(_ state: State, in db: borrowing Connection) throws -> State? {
        var state = state
        let sequence = try SearchStore.sequence(in: db)
        while state.view.sequence < sequence {
            guard
                let missing = try SearchStore.changes(since: state.view.sequence, limit: changesAtOnce, in: db)
            else { return nil }
            state.view = state.view.applying(missing.changes, tags: missing.tags, sequence: missing.sequence)
        }
        return state
    }
}
