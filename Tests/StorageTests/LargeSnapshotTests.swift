import Foundation
import Registry
import SQLite
import Search
import Storage
import Synchronization
import TestSupport
import Testing

/// The snapshot and SQL say the same of thousands of models, whatever is asked by whom: as the snapshot was built, after
/// changes, merged, read from a file.
@Suite struct `The snapshot of a large repository` {
    private static let models = 20_000
    /// 10,000 questions are asked in four stages, by two at once.
    private static let lanes = 2
    private static let questionsPerLane = 10_000 / 4 / lanes

    private let repository: LargeRepository

    init() throws { repository = try LargeRepository(models: Self.models, seed: 4) }

    @Test func `answers as SQL does`() throws {
        let seen = Mutex(Seen())
        let built = try view()
        try ask(1, [("built", built)], seen)
        let changed = try changed(built, steps: 40, each: 12)
        let merged = changed.merged()
        try ask(2, [("with small changes", changed), ("merged", merged)], seen)
        let later = try self.changed(Self.saved(merged), steps: 12, each: 60)
        try ask(3, [("with changes", try caughtUp(changed)), ("from a file, with changes", later)], seen)
        let last = try self.changed(later, steps: 3, each: Self.models / 17)
        try ask(
            4, [("much changed", last), ("from a file again", Self.saved(last.merged())), ("built anew", try view())],
            seen)
        seen.withLock { seen in
            print("\(seen)")
            #expect(seen.differences.prefix(10) == [])
            #expect(seen.asked == 4 * Self.lanes * Self.questionsPerLane)
            // The questions are such as tell something.
            for (what, share) in Seen.leastShares {
                #expect(seen.counts[what, default: 0] * 100 >= share * seen.asked, "\(what)")
            }
        }
    }

    // MARK: Views

    private func view() throws -> SearchView {
        try repository.database.read { db in try SearchStore.build(in: db) }
    }

    private func changed(_ view: SearchView, steps: Int, each: Int) throws -> SearchView {
        var view = view
        for _ in 0..<steps {
            try repository.change(each)
            view = try caughtUp(view)
        }
        return view
    }

    private func caughtUp(_ view: SearchView) throws -> SearchView {
        try repository.database.read { db in
            let missing = try #require(try SearchStore.changes(since: view.sequence, limit: 100_000, in: db))
            return view.applying(missing.changes, tags: missing.tags, sequence: missing.sequence)
        }
    }

    /// The same after a way through a file.
    private static func saved(_ view: SearchView) throws -> SearchView {
        let directory = try TemporaryDirectory()
        let descriptor = open(directory.path + "/segment", O_RDWR | O_CREAT | O_EXCL, 0o600)
        try #require(descriptor >= 0)
        defer { close(descriptor) }
        try view.main.write(to: descriptor, stamp: SegmentStamp(sequence: view.sequence))
        lseek(descriptor, 0, SEEK_SET)
        let (segment, stamp) = try SearchSegment.read(from: descriptor)
        return SearchView(main: segment, sequence: stamp.sequence)
    }

    // MARK: Questions

    private func ask(_ stage: UInt64, _ views: [(name: String, view: SearchView)], _ seen: borrowing Mutex<Seen>) throws
    {
        try repository.mergeWords()
        let (words, models, database) = (repository.words, repository.models, repository.database)
        let failure = Mutex<(any Error)?>(nil)
        DispatchQueue.concurrentPerform(iterations: Self.lanes) { lane in
            var asking = Asking(Questions(seed: stage * 1000 + UInt64(lane), words, models))
            do {
                try database.read { db in
                    let comparison = ComparedIndex(try SQLSearch(database), views)
                    for _ in 0..<Self.questionsPerLane { try asking.ask(comparison, in: db) }
                    try asking.askLexicon(comparison, Self.questionsPerLane / 2, in: db)
                }
            } catch {
                failure.withLock { $0 = error }
            }
            seen.withLock { $0.add(asking.seen) }
        }
        if let failure = failure.withLock({ $0 }) { throw failure }
    }
}
