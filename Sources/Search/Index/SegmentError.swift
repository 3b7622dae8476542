/// Why a saved segment cannot be used, or not be saved.
package enum SegmentError: Error, Sendable, Hashable {
    /// Not a segment, or one of another format.
    case unknownFormat
    /// The file has another length than its header says.
    case wrongLength
    /// The contents are not what was written.
    case damaged
    /// There is more than the numbers of a segment can count.
    case tooLarge
    /// A system call failed, with its `errno`.
    case system(Int32)
}
