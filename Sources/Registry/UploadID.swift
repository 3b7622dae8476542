/// The name of a ``ResumableUpload``: 32 lower-case hexadecimal digits, chosen at random.
public struct UploadID: Hashable, Sendable, CustomStringConvertible {
    public let description: String

    /// nil when `text` has another form.
    public init?(_ text: some StringProtocol) {
        guard text.utf8.count == 32, text.utf8.allSatisfy(\.isLowercaseHexDigit) else { return nil }
        description = String(text)
    }
}
