public import Registry

/// Everything that can go wrong between a client and a server.
public enum ClientError: Error, Sendable {
    /// The server refused, and said why.
    case problem(Problem)
    /// There is no connection, or it was lost more often than is worth trying.
    case unreachable(server: String, reason: String)
    /// The server answered something that is no answer of a Moru server.
    case unexpectedAnswer(String)
    /// The bytes are not those that the digest names.
    case digestMismatch(what: String, expected: Digest, actual: Digest)
    /// A local file could not be read or written.
    case file(path: String, reason: String)
    /// A text that is no address of a server.
    case invalidServer(String)

    /// A refusal as the server words it (RFC 9457).
    public struct Problem: Sendable, Hashable {
        /// The HTTP status.
        public let status: Int
        /// `model-unknown` and so on; empty when the answer named none.
        public let code: String
        /// What went wrong, in a few words and the client's language.
        public let title: String
        /// One sentence more, about this request.
        public let detail: String
        /// Which inputs broke which rule.
        public let fields: [Field]
        /// The id by which the server's log knows the request; empty when unknown.
        public let instance: String

        /// An input that broke a rule.
        public struct Field: Sendable, Hashable {
            /// The name of the member, parameter or part in the request.
            public let name: String
            /// The rule, in the client's language.
            public let detail: String
        }
    }

    /// The server's problem, when there is one.
    public var problem: Problem? { if case .problem(let problem) = self { problem } else { nil } }
}

extension ClientError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .problem(let problem): problem.description
        case .unreachable(let server, let reason): "cannot reach \(server): \(reason)"
        case .unexpectedAnswer(let reason): "unexpected answer of the server: \(reason)"
        case .digestMismatch(let what, let expected, let actual):
            "\(what) is damaged: expected \(expected), got \(actual)"
        case .file(let path, let reason): "\(path): \(reason)"
        case .invalidServer(let text): "“\(text)” is not a server's address such as https://models.example.com"
        }
    }
}

extension ClientError.Problem: CustomStringConvertible {
    public var description: String {
        let what = detail.isEmpty ? title : detail
        return fields.count > 1 ? fields.map { "\($0.name): \($0.detail)" }.joined(separator: "; ") : what
    }
}
