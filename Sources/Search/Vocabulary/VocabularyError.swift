/// A line of a vocabulary that breaks the rules of its format (Documentation/vocabulary.md).
public struct VocabularyError: Error, Hashable, CustomStringConvertible {
    /// The file as it was named to the reader.
    public let file: String
    /// From 1; 0 where the file as a whole is at fault.
    public let line: Int
    /// What is wrong, for the operator.
    public let reason: String

    public init(file: String, line: Int, reason: String) {
        (self.file, self.line, self.reason) = (file, line, reason)
    }

    public var description: String { line > 0 ? "\(file):\(line): \(reason)" : "\(file): \(reason)" }
}
