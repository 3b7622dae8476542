/// How much one user may have sent that no version has been published from.
public struct UploadLimits: Sendable, Hashable {
    /// Bytes of one upload.
    public var maximumSize: Int64
    /// Uploads at a time.
    public var maximumCount = 100
    /// Bytes of all of them together, as they were announced.
    public var maximumBytes: Int64

    /// `maximumSize` is in bytes; four times as much may be under way.
    public init(maximumSize: Int64) {
        self.maximumSize = maximumSize
        let (bytes, overflow) = maximumSize.multipliedReportingOverflow(by: 4)
        maximumBytes = overflow ? .max : bytes
    }
}
