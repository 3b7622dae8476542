/// Everything that search knows at one moment, in memory: a large segment, and small ones of what changed since.
///
/// A value that never changes: many searches read it at once without a lock, while the next one is made.
package struct SearchView: Sendable {
    /// The newest last; of a model that several have, only the newest counts.
    let parts: [SearchPart]
    /// The last change that it knows of.
    package let sequence: Int64
    /// What goes with what was asked for.
    let neighbourCache = NeighbourCache()

    /// Of no models.
    package static let empty = SearchView(main: SegmentBuilder().build(), sequence: 0)

    package init(main: SearchSegment, sequence: Int64) {
        self.init(parts: [SearchPart(main)], sequence: sequence)
    }

    init(parts: [SearchPart], sequence: Int64) { (self.parts, self.sequence) = (parts, sequence) }

    /// The large segment; all there is when nothing changed since, as after ``merged()``.
    package var main: SearchSegment { parts[0].segment }

    /// How many models there are.
    package var documentCount: Int { parts.reduce(0) { $0 + $1.documentCount } }

    /// How many documents are in other segments than the large one, or do not count any more: what merging would tidy.
    package var changedCount: Int {
        parts[0].removedCount + parts.dropFirst().reduce(0) { $0 + $1.segment.documentCount }
    }

    /// Bytes of memory.
    package var byteCount: Int { parts.reduce(0) { $0 + $1.segment.byteCount + $1.removed.count * 8 } }
}
