import Registry

/// What people leave out in plain words: "사람 말고", "except people".
extension QueryReader {
    private static let behind: Set<String> = ["말고", "빼고", "제외", "제외하고", "제외한"]
    private static let endings = ["말고", "빼고", "제외"]
    private static let before: Set<String> = ["except", "excluding"]

    /// A list in which what is left out is negated.
    ///
    /// Behind a Korean word stands that it is left out; English says so before, of all words that follow. "without" and
    /// 없이 leave nothing out: who looks for people without helmets looks for helmets.
    mutating func leavingOut(_ elements: [Element]) -> [Element] {
        var result: [Element] = []
        var place = 0
        while place < elements.count {
            let element = elements[place]
            place += 1
            guard case .run(let run) = element, run.clause == nil else {
                result.append(element)
                continue
            }
            let text = scalars[run.range].folded
            if Self.behind.contains(text), let last = result.last, let item = exception(last, to: run.range) {
                result[result.count - 1] = item
            } else if let stem = stem(of: run), let item = exception(.run(stem), to: run.range) {
                result.append(item)
            } else if Self.before.contains(text) {
                let words = elements[place...].prefix(while: \.isWord)
                result += exception(Array(words), from: run.range) ?? [element]
                place += words.isEmpty ? 0 : words.count
            } else {
                result.append(element)
            }
        }
        return result
    }

    private mutating func exception(_ element: Element, to range: Range<Int>) -> Element? {
        guard let item = items(of: element).first else { return nil }
        if case .not = item.node { return nil }
        return .item(composed(.not(item), item.range.lowerBound..<range.upperBound))
    }

    /// The words that follow together, but for the "for" of "except for".
    private mutating func exception(_ words: [Element], from range: Range<Int>) -> [Element]? {
        var items = words.flatMap { self.items(of: $0) }
        if items.count > 1, items[0].text.folded == "for" { items.removeFirst() }
        guard let first = items.first, let last = items.last else { return nil }
        let inner =
            items.count == 1
            ? first : composed(.any([items]), first.range.lowerBound..<last.range.upperBound)
        return [.item(composed(.not(inner), range.lowerBound..<last.range.upperBound))]
    }

    /// A word without 말고 that is written on to it.
    private func stem(of run: QueryRun) -> QueryRun? {
        for ending in Self.endings {
            let count = ending.unicodeScalars.count
            let cut = run.range.upperBound - count
            guard cut >= run.range.lowerBound + 2, scalars[cut..<run.range.upperBound] == ending else { continue }
            return QueryRun(range: run.range.lowerBound..<cut, clause: nil, problems: run.problems)
        }
        return nil
    }
}

extension QueryReader.Element {
    fileprivate var isWord: Bool {
        if case .run(let run) = self { run.clause == nil } else { false }
    }
}
