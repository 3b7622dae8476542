/// Reads the tokens of one query.
struct QueryReader {
    /// A part of a list before constraints in plain words and `OR` have been looked for.
    enum Element {
        case item(QueryItem)
        case run(QueryRun)
        case or(Range<Int>)
    }

    let scalars: QueryScalars
    let keys: QueryKeys
    private let tokens: [QueryToken]
    private var index = 0
    private var count = 0
    private(set) var sort: (QuerySort, Range<Int>)?
    private(set) var problems: [QueryProblem]

    init(_ scalars: QueryScalars, keys: QueryKeys) {
        (self.scalars, self.keys) = (scalars, keys)
        (tokens, problems) = QueryLexer.tokens(of: scalars)
    }

    /// Reads items until the bracket that closes the group, or the end.
    mutating func readItems() -> [QueryItem] {
        var elements: [Element] = []
        while let token = next() {
            if token.kind == .close { break }
            if token.kind == .or {
                elements.append(.or(token.range))
            } else {
                elements += read(token)
            }
        }
        return joined(ConstraintReader.read(elements, keys: keys, scalars: scalars))
    }

    private mutating func next() -> QueryToken? {
        guard index < tokens.count else { return nil }
        defer { index += 1 }
        return tokens[index]
    }

    private mutating func read(_ token: QueryToken) -> [Element] {
        switch token.kind {
        case .run: return read(run: token.range)
        case .phrase: return phrase(token.range).map { [.item($0)] } ?? []
        case .open: return group(from: token.range.lowerBound).map { [.item($0)] } ?? []
        case .minus: return negation(token)
        case .or, .close: return []
        }
    }

    private mutating func phrase(_ range: Range<Int>) -> QueryItem? {
        let words = scalars.words(range)
        guard !words.isEmpty else {
            problems.append(.phraseEmpty(range))
            return nil
        }
        return item(.phrase(words), range)
    }

    private mutating func group(from start: Int) -> QueryItem? {
        let items = readItems()
        let range = start..<tokens[index - 1].range.upperBound
        guard !items.isEmpty else {
            if count < QueryParser.maximumItems { problems.append(.groupEmpty(range)) }
            return nil
        }
        if items.count == 1, case .any = items[0].node { return composed(items[0].node, range) }
        return composed(.any([items]), range)
    }

    private mutating func negation(_ minus: QueryToken) -> [Element] {
        guard index < tokens.count, ![.close, .or, .minus].contains(tokens[index].kind),
            tokens[index].kind != .run || scalars[tokens[index].range.lowerBound] != "-", let token = next()
        else {
            problems.append(.minusDangling(minus.range.lowerBound))
            return []
        }
        let sortBefore = sort?.1
        let elements = read(token)
        let items = elements.flatMap { self.items(of: $0) }
        if let (sort, range) = sort, range != sortBefore, items.isEmpty, token.kind == .run {
            reverse(sort, minus.range.lowerBound..<range.upperBound)
        }
        guard let first = items.first, let last = items.last else { return [] }
        let range = minus.range.lowerBound..<last.range.upperBound
        if items.count > 1 {
            let inner = composed(.any([items]), first.range.lowerBound..<last.range.upperBound)
            return [.item(composed(.not(inner), range))]
        }
        if case .not(let inner) = first.node { return [.item(composed(inner.node, range))] }
        return [.item(composed(.not(first), range))]
    }

    /// `-sort:size` is `sort:-size`.
    private mutating func reverse(_ sort: QuerySort, _ range: Range<Int>) {
        if case .number(let column, let ascending) = sort {
            self.sort = (.number(column: column, ascending: !ascending), range)
        } else {
            self.sort = (sort, range)
            problems.append(.sortUnknown(range))
        }
    }

    /// Reads a run as one clause, or as the words and phrases that are in it.
    private mutating func read(run range: Range<Int>) -> [Element] {
        var clause = ClauseReader(scalars, range, keys: keys)
        let node = clause.read()
        if let sort = clause.sort {
            if let (_, earlier) = self.sort { problems.append(.sortReplaced(earlier)) }
            self.sort = (sort, range)
            return []
        }
        guard hasRoom(at: range.lowerBound) else { return [] }
        let quote = range.first { scalars[$0] == "\"" }
        if node != nil || quote == nil || !clause.problems.isEmpty {
            count += 1
            return [.run(QueryRun(range: range, clause: node, problems: clause.problems))]
        }
        // A word, then what the quotes hold, and so on.
        var elements: [Element] = []
        var start = range.lowerBound
        while start < range.upperBound {
            let isQuote = scalars[start] == "\""
            let after = start + (isQuote ? 1 : 0)
            let end = (after..<range.upperBound).first { scalars[$0] == "\"" } ?? range.upperBound
            let piece = start..<(isQuote ? end + 1 : end)
            elements += isQuote ? phrase(piece).map { [.item($0)] } ?? [] : read(run: piece)
            start = piece.upperBound
        }
        return elements
    }

    private mutating func items(of element: Element) -> [QueryItem] {
        switch element {
        case .item(let item): return [item]
        case .run(let run): return [word(run)]
        case .or: return []
        }
    }

    /// The item of a run that is part of nothing larger.
    private mutating func word(_ run: QueryRun) -> QueryItem {
        problems += run.problems
        if let clause = run.clause { return composed(clause, run.range) }
        let text = scalars[run.range]
        guard run.problems.isEmpty else { return composed(.word(text), run.range) }
        if text == "-" { problems.append(.minusDangling(run.range.lowerBound)) }
        guard text.last == "*" else { return composed(.word(text), run.range) }
        var stem = text.unicodeScalars
        while stem.last == "*" { stem.removeLast() }
        if stem.contains(where: { $0.properties.isAlphabetic || $0.properties.numericType != nil }) {
            return composed(.prefix(String(stem)), run.range)
        }
        problems.append(.starAlone(run.range))
        return composed(.word(text), run.range)
    }

    /// Joins what stands beside each `OR`.
    private mutating func joined(_ elements: [Element]) -> [QueryItem] {
        var items: [QueryItem] = []
        var chain: [QueryItem] = []
        var or: Range<Int>?
        for element in elements {
            if case .or(let range) = element {
                if chain.isEmpty {
                    dangle(range, &items)
                } else if or != nil {
                    problems.append(.orDangling(range))
                } else {
                    or = range
                }
                continue
            }
            for item in self.items(of: element) {
                if or == nil { items += joined(chain: &chain) }
                chain.append(item)
                or = nil
            }
        }
        items += joined(chain: &chain)
        if let or { dangle(or, &items) }
        return items
    }

    /// One item of those that `OR` stands between.
    private func joined(chain: inout [QueryItem]) -> [QueryItem] {
        defer { chain = [] }
        guard chain.count > 1, let first = chain.first, let last = chain.last else { return chain }
        let lists = chain.flatMap { $0.node.alternatives($0) }
        return [composed(.any(lists), first.range.lowerBound..<last.range.upperBound)]
    }

    /// `OR` without something on both sides is a word; a bar is nothing.
    private mutating func dangle(_ range: Range<Int>, _ items: inout [QueryItem]) {
        problems.append(.orDangling(range))
        if scalars[range.lowerBound] != "|", let item = item(.word("or"), range) { items.append(item) }
    }

    private mutating func hasRoom(at place: Int) -> Bool {
        if count == QueryParser.maximumItems {
            problems.append(.tooManyItems(place))
            count += 1
        }
        return count < QueryParser.maximumItems
    }

    /// A new item, if there may be one more.
    private mutating func item(_ node: QueryNode, _ range: Range<Int>) -> QueryItem? {
        guard hasRoom(at: range.lowerBound) else { return nil }
        count += 1
        return composed(node, range)
    }

    private func composed(_ node: QueryNode, _ range: Range<Int>) -> QueryItem {
        QueryItem(node, text: scalars.typed(range), range: range)
    }
}

extension QueryNode {
    /// What it adds to an `OR`.
    fileprivate func alternatives(_ item: QueryItem) -> [[QueryItem]] {
        if case .any(let lists) = self { lists } else { [[item]] }
    }
}
