import Encoding
public import Registry

/// The place of a model in an ordered list: a page goes on behind the last place of the page before.
struct SearchCursor {
    /// What the list is ordered by, greatest first; 0 in a list by name.
    let value: Int64
    /// In a list by name, the name.
    let name: String
    /// Equal values are in the order of falling ids.
    let id: Int64

    init(value: Int64, id: Int64) { (self.value, self.name, self.id) = (value, "", id) }

    init(name: String, id: Int64) { (self.value, self.name, self.id) = (0, name, id) }

    /// - Throws: `validation-failed` when `text` is no cursor of a list in the order `sort`.
    init(_ text: String, sort: SearchSort) throws(RegistryError) {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 3, parts[0] == sort.rawValue.prefix(1), let id = Int64(parts[2], radix: 36), id >= 0 else {
            throw .invalidCursor
        }
        if sort == .name {
            guard let bytes = Hex.decode(parts[1]) else { throw .invalidCursor }
            self.init(name: String(decoding: bytes, as: UTF8.self), id: id)
        } else {
            guard let value = Int64(parts[1], radix: 36), value >= 0 else { throw .invalidCursor }
            self.init(value: value, id: id)
        }
    }

    func text(sort: SearchSort) -> String {
        let place = sort == .name ? Hex.encode(Array(name.utf8)) : String(value, radix: 36)
        return "\(sort.rawValue.prefix(1))-\(place)-\(String(id, radix: 36))"
    }

    func precedes(_ other: SearchCursor) -> Bool { (value, id) > (other.value, other.id) }
}

extension SearchSort {
    /// The order that a cursor goes on in.
    ///
    /// - Throws: `validation-failed` when `text` is no cursor.
    public init(ofCursor text: String) throws(RegistryError) {
        guard let sort = Self.allCases.first(where: { text.hasPrefix("\($0.rawValue.prefix(1))-") }) else {
            throw .invalidCursor
        }
        self = sort
    }
}
