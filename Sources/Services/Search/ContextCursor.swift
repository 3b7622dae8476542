import Registry

/// Where a page of the values of a context key ends.
struct ContextCursor {
    private let count: Int
    private let folded: String

    init(_ count: Int, _ folded: String) { (self.count, self.folded) = (count, folded) }

    /// - Throws: `validation-failed` when `text` is no cursor.
    init(_ text: String) throws(RegistryError) {
        guard let dash = text.firstIndex(of: "-"), let count = Int(text[..<dash]), count >= 0 else {
            throw .invalidCursor
        }
        self.init(count, String(text[text.index(after: dash)...]))
    }

    var text: String { "\(count)-\(folded)" }

    /// Whether a value stands on a later page: it is rarer, or as common and behind.
    func isBefore(_ other: Int, _ value: String) -> Bool { (other, folded) < (count, value) }
}
