/// What the owner of a saved segment wants to know of it when reading it again.
package struct SegmentStamp: Sendable, Hashable {
    /// The last change that the segment knows of.
    package var sequence: Int64
    /// Which database it was made from, a number of the owner's choice.
    package var origin: UInt64

    package init(sequence: Int64, origin: UInt64 = 0) { (self.sequence, self.origin) = (sequence, origin) }
}
