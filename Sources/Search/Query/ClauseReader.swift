import Registry

/// Reads a run as a clause: `key:value`, `key@at<=50`, `has:key`, `sort:new`.
struct ClauseReader {
    private let scalars: QueryScalars
    private let range: Range<Int>
    private let keys: QueryKeys
    private(set) var sort: QuerySort?
    private(set) var problems: [QueryProblem] = []

    init(_ scalars: QueryScalars, _ range: Range<Int>, keys: QueryKeys) {
        (self.scalars, self.range, self.keys) = (scalars, range, keys)
    }

    /// The clause; nil for a word and for what became ``sort``.
    mutating func read() -> QueryNode? {
        guard let end = range.first(where: { Self.ends.contains(scalars[$0]) }), end > range.lowerBound else {
            return nil
        }
        let head = scalars[range.lowerBound..<end].split(
            separator: "@", maxSplits: 1, omittingEmptySubsequences: false
        ).map { $0.lowercased() }
        guard let test = Comparison(scalars, at: end) else { return nil }
        let rest = min(test.end, range.upperBound)..<range.upperBound
        if head.count == 1, test.sign == .colon {
            switch head[0] {
            case "has": return presence(rest)
            case "sort", "정렬":
                readSort(rest)
                return nil
            default: break
            }
        }
        guard head.count == 1 || Self.isPlace(head[1]) else { return nil }
        guard let key = keys.key(named: head[0]) else {
            if test.isOrder, ContextTag.isKey(head[0]), NumberUnit.beginsWithNumber(scalars[rest]) {
                problems.append(.keyUnknown(range.lowerBound..<end, head[0]))
            }
            return nil
        }
        return clause(key, at: head.count > 1 ? head[1] : nil, test, rest)
    }

    private mutating func clause(_ key: String, at: String?, _ test: Comparison, _ rest: Range<Int>) -> QueryNode? {
        func node(_ test: QueryClause.Test) -> QueryNode { .clause(QueryClause(key: key, at: at, test: test)) }
        let number = NumberTest(column: at.map { "\(key)@\($0)" } ?? key, key: key)
        if test.isOrder {
            if let range = number.compared(test.sign, scalars[rest]) { return node(.number(range)) }
            problems.append(.numberExpected(rest))
            return nil
        }
        if scalars[rest].isEmpty {
            if scalars[rest.lowerBound] != "\"" { problems.append(.valueEmpty(rest)) }
            return nil
        }
        let found: QueryNode
        switch number.read(test.sign, scalars[rest], isAt: at != nil) {
        case .number(let range): found = node(.number(range))
        case .broken:
            problems.append(.numberExpected(rest))
            return nil
        case .list:
            problems.append(.numbersListed(rest))
            return nil
        case .none:
            if let at {
                problems.append(.placeWithoutNumber(rest, at))
                return nil
            }
            let values = values(rest)
            guard !values.isEmpty else { return nil }
            found = node(.values(values))
        }
        guard test.sign == .notEqual else { return found }
        return .not(QueryItem(found, text: scalars.typed(range), range: range))
    }

    private mutating func values(_ rest: Range<Int>) -> [String] {
        var values: [String] = []
        var start = rest.lowerBound
        while start <= rest.upperBound {
            var end = start
            var isQuoted = false
            while end < rest.upperBound, isQuoted || scalars[end] != "," {
                if scalars[end] == "\"" { isQuoted.toggle() }
                end += 1
            }
            let value = scalars.words(start..<end)
            if value.isEmpty { problems.append(.valueEmpty(start..<end)) } else { values.append(value) }
            start = end + 1
        }
        return values
    }

    private mutating func presence(_ rest: Range<Int>) -> QueryNode? {
        guard !rest.isEmpty else {
            problems.append(.valueEmpty(rest))
            return nil
        }
        guard let (key, at) = column(scalars[rest]) else {
            problems.append(.keyUnknown(rest, scalars[rest]))
            return nil
        }
        return .clause(QueryClause(key: key, at: at, test: .present))
    }

    private mutating func readSort(_ rest: Range<Int>) {
        var name = scalars[rest].lowercased()
        switch name {
        case "score", "relevance": sort = .score
        case "new", "updated": sort = .new
        case "": problems.append(.valueEmpty(rest))
        default:
            let isDescending = name.hasPrefix("-")
            if isDescending { name.removeFirst() }
            if let (key, at) = column(name), keys.hasNumbers(key) {
                sort = .number(column: at.map { "\(key)@\($0)" } ?? key, ascending: !isDescending)
            } else {
                problems.append(.sortUnknown(rest))
            }
        }
    }

    private func column(_ text: String) -> (String, String?)? {
        let parts = text.split(separator: "@", maxSplits: 1, omittingEmptySubsequences: false)
        guard let key = keys.key(named: String(parts[0])) else { return nil }
        guard parts.count > 1 else { return (key, nil) }
        return Self.isPlace(parts[1]) ? (key, parts[1].lowercased()) : nil
    }

    private static let ends: Set<Unicode.Scalar> = [":", "<", ">", "=", "≤", "≥", "!"]

    /// Whether a board or dataset may be called so.
    private static func isPlace(_ text: some StringProtocol) -> Bool {
        !text.isEmpty
            && text.unicodeScalars.allSatisfy {
                $0.properties.isAlphabetic || $0.properties.numericType != nil || "_.-+/".unicodeScalars.contains($0)
            }
    }
}
