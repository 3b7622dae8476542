/// The members of a JSON object that broke a rule.
public struct JSONFormError: Error, Sendable, Hashable, CustomStringConvertible {
    public let problems: [JSONForm.Problem]

    public init(problems: [JSONForm.Problem]) { self.problems = problems }

    public var description: String {
        problems.map { $0.field.isEmpty ? $0.detail : "\($0.field) \($0.detail)" }.joined(separator: "; ")
    }
}
