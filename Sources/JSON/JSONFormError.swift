/// The members of a JSON object that broke a rule.
public struct JSONFormError: Error, Sendable, CustomStringConvertible {
    /// In the order in which they were found, at most ``JSONForm/maximumProblems``.
    public let problems: [JSONForm.Problem]

    public init(problems: [JSONForm.Problem]) { self.problems = problems }

    /// One sentence in English.
    public var description: String {
        problems.map { $0.field.isEmpty ? "\($0.fault)" : "\($0.field) \($0.fault)" }.joined(separator: "; ")
    }
}
