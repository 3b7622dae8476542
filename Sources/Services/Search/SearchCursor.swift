import Encoding
import Registry
import Search
import Storage

/// Where a page of found models ends; the next one goes on behind it, in the same order.
struct SearchCursor {
    enum Place: Equatable {
        /// In an order of the index.
        case found(SearchPlace)
        /// In an order of the database.
        case listed(ModelPlace)
    }

    let sort: SearchSort
    let place: Place

    init(_ sort: SearchSort, _ place: Place) { (self.sort, self.place) = (sort, place) }

    /// - Throws: `validation-failed` when `text` is no cursor.
    init(_ text: String) throws(RegistryError) {
        let parts = text.split(separator: "-", maxSplits: 3, omittingEmptySubsequences: false)
        guard parts.count >= 3, let id = Int64(parts[2], radix: 36), id >= 0, let kind = parts[0].first,
            parts[0].count == 1, (parts.count == 4) == "az".contains(kind)
        else { throw .invalidCursor }
        switch kind {
        case "n":
            guard let bytes = Hex.decode(parts[1]) else { throw .invalidCursor }
            self.init(.name, .listed(ModelPlace(name: String(decoding: bytes, as: UTF8.self), id: id)))
        case "a", "z":
            guard let bits = UInt64(parts[1], radix: 16),
                let sort = SearchSort((kind == "a" ? "" : "-") + parts[3]), case .number = sort
            else { throw .invalidCursor }
            self.init(sort, .found(SearchPlace(value: Int64(bitPattern: bits), model: id)))
        case "r", "u", "d":
            guard let value = Int64(parts[1], radix: 36), value >= 0 else { throw .invalidCursor }
            switch kind {
            case "r": self.init(.relevance, .found(SearchPlace(value: value, model: id)))
            case "u": self.init(.updated, .found(SearchPlace(value: value, model: id)))
            default: self.init(.downloads, .listed(ModelPlace(value: value, id: id)))
            }
        default: throw .invalidCursor
        }
    }

    var text: String {
        switch place {
        case .listed(let place):
            let value = sort == .name ? Hex.encode(Array(place.name.utf8)) : String(place.value, radix: 36)
            return "\(sort.letter)-\(value)-\(String(place.id, radix: 36))"
        case .found(let place):
            guard case .number(let column, _) = sort else {
                return "\(sort.letter)-\(String(place.value, radix: 36))-\(String(place.model, radix: 36))"
            }
            let bits = String(UInt64(bitPattern: place.value), radix: 16)
            return "\(sort.letter)-\(bits)-\(String(place.model, radix: 36))-\(column)"
        }
    }
}

extension SearchSort {
    fileprivate var letter: Character {
        switch self {
        case .relevance: "r"
        case .updated: "u"
        case .downloads: "d"
        case .name: "n"
        case .number(_, let ascending): ascending ? "a" : "z"
        }
    }
}
