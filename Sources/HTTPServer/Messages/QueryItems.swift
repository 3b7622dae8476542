import Encoding

/// The pairs of a query string, decoded, in the order they were sent.
public struct QueryItems: Sendable, Hashable, Sequence {
    /// One pair; a name without `=` has an empty value.
    public struct Item: Sendable, Hashable {
        /// Decoded; may be empty.
        public let name: String
        /// Decoded, `+` as a space; may be empty.
        public let value: String
    }

    private var items: [Item] = []

    /// Reads `a=1&b=2`: form encoding, so `+` is a space. A NUL becomes U+FFFD, so that no text holds one.
    ///
    /// - Throws: 400 on a malformed escape, bytes that are not UTF-8, or more than 200 pairs.
    public init(parsing text: some StringProtocol) throws(HTTPError) {
        guard !text.isEmpty else { return }
        for pair in text.split(separator: "&" as Character, omittingEmptySubsequences: true) {
            let halves = pair.split(separator: "=" as Character, maxSplits: 1, omittingEmptySubsequences: false)
            guard let name = PercentEncoding.decode(halves[0], ofForm: true),
                let value = halves.count > 1 ? PercentEncoding.decode(halves[1], ofForm: true) : ""
            else { throw .badRequest("The query holds a malformed escape or bytes that are not UTF-8.") }
            items.append(Item(name: name, value: value))
            guard items.count <= 200 else { throw .badRequest("The query has more than 200 parts.") }
        }
    }

    /// The first value of a name.
    public subscript(name: String) -> String? { items.first { $0.name == name }?.value }

    /// Every value of a name, in order.
    public func all(_ name: String) -> [String] { items.filter { $0.name == name }.map(\.value) }
    /// The name of each pair, in order; one that was sent twice is there twice.
    public var names: [String] { items.map(\.name) }

    public func makeIterator() -> IndexingIterator<[Item]> { items.makeIterator() }
}
