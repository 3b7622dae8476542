extension ParsedQuery: CustomStringConvertible {
    /// The query as text. Read again it is the same: items, nested in the same way, and sort.
    package var description: String {
        (items.map(\.node.description) + (sort.map { ["\($0)"] } ?? [])).joined(separator: " ")
    }
}

extension QueryNode: CustomStringConvertible {
    package var description: String {
        switch self {
        case .word(let word): word
        case .prefix(let start): "\(start)*"
        case .phrase(let words): "\"\(words)\""
        case .clause(let clause): clause.description
        case .not(let item): item.node.isOr ? "-\(Self.group([item]))" : "-\(item.node)"
        case .any(let lists) where lists.count == 1: Self.group(lists[0])
        case .any(let lists):
            lists.map { $0.count == 1 ? $0[0].node.description : Self.group($0) }.joined(separator: " OR ")
        }
    }

    private var isOr: Bool {
        if case .any(let lists) = self { lists.count > 1 } else { false }
    }

    /// A bracket in a word must not take the one that closes the group for its own.
    private static func group(_ items: [QueryItem]) -> String {
        let text = items.map(\.node.description).joined(separator: " ")
        let hasBracket = items.last?.node.description.unicodeScalars.contains("(") == true
        return hasBracket ? "(\(text) )" : "(\(text))"
    }
}

extension QueryClause: CustomStringConvertible {
    package var description: String {
        switch test {
        case .values(let values): "\(column):\(values.map(Self.quoted).joined(separator: ","))"
        case .present: "has:\(column)"
        case .number(let range): column + Self.text(range, key: key) + (range.allowsMissing ? "?" : "")
        }
    }

    private static func text(_ range: NumberRange, key: String) -> String {
        func text(_ value: Double) -> String { NumberUnit.text(value, key: key) }
        if range.lower == range.upper { return "=\(text(range.lower))" }
        if range.lower == -.infinity { return (range.includesUpper ? "<=" : "<") + text(range.upper) }
        if range.upper == .infinity { return (range.includesLower ? ">=" : ">") + text(range.lower) }
        return ":\(text(range.lower))..\(text(range.upper))"
    }

    /// A value that begins with a letter and has no punctuation of the language in it stands for itself.
    private static func quoted(_ value: String) -> String {
        let scalars = value.unicodeScalars
        let isPlain = scalars.allSatisfy {
            $0.properties.isAlphabetic || $0.properties.numericType != nil || "_-./+".unicodeScalars.contains($0)
        }
        let isRange = value.contains("..")
        return isPlain && !isRange && scalars.first?.properties.isAlphabetic == true ? value : "\"\(value)\""
    }
}

extension QuerySort: CustomStringConvertible {
    package var description: String {
        switch self {
        case .score: "sort:score"
        case .new: "sort:new"
        case .number(let column, let ascending): "sort:\(ascending ? "" : "-")\(column)"
        }
    }
}
