/// Header fields in the order they were sent; names compare without case (RFC 9110 §5.1).
public struct Fields: Sendable, Hashable, ExpressibleByDictionaryLiteral, Sequence {
    /// One line: a name as it was written, and a value without the white space around it.
    public struct Field: Sendable, Hashable {
        /// As it was written; compare it by ``Fields/subscript(_:)``, which knows no case.
        public let name: String
        /// As text; bytes that are not UTF-8 are replaced.
        public let value: String
    }

    private var fields: [Field] = []

    public init() {}

    public init(dictionaryLiteral elements: (String, String)...) {
        for (name, value) in elements { append(name, value) }
    }

    /// The value of a field; several lines of one name are one list, joined by ", " (RFC 9110 §5.3).
    ///
    /// Setting replaces every line of that name; nil removes them.
    public subscript(name: String) -> String? {
        get {
            var joined: String?
            for field in fields where ASCII.equalIgnoringCase(field.name, name) {
                joined = joined.map { $0 + ", " + field.value } ?? field.value
            }
            return joined
        }
        set {
            fields.removeAll { ASCII.equalIgnoringCase($0.name, name) }
            if let newValue { append(name, newValue) }
        }
    }

    /// Every line of a name, in order. `Set-Cookie` needs this: its lines cannot be joined.
    public func all(_ name: String) -> [String] {
        fields.filter { ASCII.equalIgnoringCase($0.name, name) }.map(\.value)
    }

    /// Whether there is a line of this name.
    public func contains(_ name: String) -> Bool {
        fields.contains { ASCII.equalIgnoringCase($0.name, name) }
    }

    /// Adds a line and keeps those that are there.
    public mutating func append(_ name: String, _ value: String) {
        fields.append(Field(name: name, value: value))
    }

    /// Sets each field of `other` that is not there yet.
    public mutating func merge(missingFrom other: Fields) {
        for field in other where !contains(field.name) { fields.append(field) }
    }

    public func makeIterator() -> IndexingIterator<[Field]> { fields.makeIterator() }
}
