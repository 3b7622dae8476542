/// The members of a JSON object, in the order in which they were written.
///
/// Two objects are equal when they have the same members, in any order. Keys are compared by their exact
/// scalars, as RFC 8785 sorts them: `é` and `e` with a combining accent are two keys.
public struct JSONObject: Sendable {
    /// One key and its value.
    public typealias Member = (key: String, value: JSONValue)

    private var members: [Member] = []
    /// Positions by key, kept where there are more members than are found faster by looking through them.
    private var positions: [ExactKey: Int] = [:]
    private static let scanned = 24

    public init() {}

    /// Makes an object of `members`; a later one replaces an earlier one of the same key.
    public init(_ members: some Sequence<(String, JSONValue)>) {
        for (key, value) in members { self[key] = value }
    }

    /// The keys, in order.
    public var keys: [String] { members.map(\.key) }

    /// The value of `key`. Assigning keeps the place of a key that is there, appends one that is not, and removes for nil.
    public subscript(key: String) -> JSONValue? {
        get { position(of: key).map { members[$0].value } }
        set {
            switch (position(of: key), newValue) {
            case (let position?, let value?): members[position].value = value
            case (let position?, nil): remove(at: position)
            case (nil, let value?): append(key, value)
            case (nil, nil): break
            }
        }
    }

    /// Appends a member whose key is not there yet.
    mutating func append(_ key: String, _ value: JSONValue) {
        members.append((key, value))
        if members.count == Self.scanned + 1 {
            index()
        } else if members.count > Self.scanned {
            positions[ExactKey(text: key)] = members.count - 1
        }
    }

    /// Whether there is a member of this key.
    func has(_ key: String) -> Bool { position(of: key) != nil }

    private func position(of key: String) -> Int? {
        let key = ExactKey(text: key)
        return members.count > Self.scanned ? positions[key] : members.firstIndex { ExactKey(text: $0.key) == key }
    }

    private mutating func remove(at position: Int) {
        members.remove(at: position)
        index()
    }

    private mutating func index() {
        positions.removeAll(keepingCapacity: true)
        guard members.count > Self.scanned else { return }
        for (position, member) in members.enumerated() { positions[ExactKey(text: member.key)] = position }
    }

    /// A key by its scalars: `String` itself compares and hashes by canonical equivalence, so that thousands of
    /// different keys of the same hash are easily made.
    private struct ExactKey: Hashable {
        let text: String

        static func == (left: ExactKey, right: ExactKey) -> Bool { left.text.utf8.elementsEqual(right.text.utf8) }

        func hash(into hasher: inout Hasher) {
            var text = text
            text.withUTF8 { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
        }
    }
}

extension JSONObject: RandomAccessCollection {
    public var startIndex: Int { members.startIndex }
    public var endIndex: Int { members.endIndex }
    /// The member at `position`, in the order in which they were written.
    public subscript(position: Int) -> Member { members[position] }
}

extension JSONObject: Hashable {
    public static func == (left: JSONObject, right: JSONObject) -> Bool {
        left.count == right.count && left.allSatisfy { right[$0.key] == $0.value }
    }

    public func hash(into hasher: inout Hasher) {
        hasher.combine(count)
        var members = 0
        for member in self {
            var inner = Hasher()
            inner.combine(member.key)
            inner.combine(member.value)
            members ^= inner.finalize()
        }
        hasher.combine(members)
    }
}

extension JSONObject: ExpressibleByDictionaryLiteral {
    public typealias Key = String
    public typealias Value = JSONValue

    public init(dictionaryLiteral elements: (Key, Value)...) { self.init(elements) }
}
