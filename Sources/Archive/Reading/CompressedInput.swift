/// The bytes of a tar as they come out of its compression.
///
/// The tar reader stops at the end of the tar; what the compression knows about its own end (checksums, lengths) lies
/// behind that. So the two are apart, and this one is read to its end.
protocol CompressedInput: AnyObject {
    /// The next bytes, valid until the next call; nil at the end, once everything was checked.
    func next() throws(ArchiveError) -> UnsafeRawBufferPointer?
}
