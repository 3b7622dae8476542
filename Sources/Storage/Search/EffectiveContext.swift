package import Search

/// The context that search sees of a model: what holds for any variant of its latest version.
///
/// A variant has what stands nearest to it: of each fact (a key, or a key at a board or dataset) its own values, else
/// those of the version, else those of the model. Where a key has one value, or a number, only the values of the best
/// source count among those of a level: measured, else extracted, declared, inferred.
package struct EffectiveContext: Sendable, Hashable {
    /// Row ids of `context_tag`.
    package private(set) var tags: Set<Int64> = []
    /// Of ``ContextFact/column``; a number at a board or dataset is also one of its key.
    package private(set) var numbers: Set<SearchNumber> = []

    /// - Parameters:
    ///   - model: The model's own facts.
    ///   - version: The own facts of the latest version.
    ///   - variants: Those of each of its variants. None counts as one without own facts.
    package init(model: [ContextFact], version: [ContextFact], variants: [[ContextFact]]) {
        let inherited = Self.values(of: model).merging(Self.values(of: version)) { $1 }
        for variant in variants.isEmpty ? [[]] : variants {
            for facts in inherited.merging(Self.values(of: variant), uniquingKeysWith: { $1 }).values {
                for fact in facts { add(fact) }
            }
        }
    }

    private mutating func add(_ fact: ContextFact) {
        if let tag = fact.tag { tags.insert(tag) }
        guard let number = fact.number else { return }
        numbers.insert(SearchNumber(column: fact.column, value: number))
        if fact.column != fact.key { numbers.insert(SearchNumber(column: fact.key, value: number)) }
    }

    /// The facts of one level that count, by their columns.
    private static func values(of facts: [ContextFact]) -> [String: [ContextFact]] {
        Dictionary(grouping: facts, by: \.column).mapValues { facts in
            guard let best = facts.map(\.source).max(), !facts.allSatisfy(\.isMultiple) else { return facts }
            return facts.filter { $0.source == best }
        }
    }
}

/// One thing that is said of a model, a version or a variant.
package struct ContextFact: Sendable, Hashable {
    /// Its row in `context_tag`; nil for what no tag says, such as the size of files.
    package let tag: Int64?
    /// As in `ContextTag`.
    package let key: String
    /// The key, with `@` and the board or dataset where the number belongs to one: as in ``NumberRange/column``.
    package let column: String
    /// In the unit of the key; nil for what is no number.
    package let number: Double?
    /// Whether several values hold at once.
    package let isMultiple: Bool
    package let source: ContextTagStore.Source

    /// A tag, its value in folded form. A value that reads as a number is one, whatever the key; it may name its board or
    /// dataset: `latency_ms:35@rpi5`.
    package init(tag: Int64, key: String, value: String, source: ContextTagStore.Source) {
        let parts = value.split(separator: "@", maxSplits: 1, omittingEmptySubsequences: false)
        let number = NumberUnit.parse(parts[0], key: key).flatMap(Self.finite)
        let at = number != nil && parts.count == 2 ? parts[1].drop { $0 == " " } : ""
        (self.tag, self.key, self.source) = (tag, key, source)
        self.number = number
        column = at.isEmpty ? key : "\(key)@\(at)"
        isMultiple = ContextRule.isMultiple(key)
    }

    /// A number that no tag says.
    package init(column: String, number: Double, source: ContextTagStore.Source) {
        (self.tag, self.number, self.source) = (nil, Self.finite(number), source)
        (self.column, isMultiple) = (column, false)
        key = String(column.prefix { $0 != "@" })
    }

    private static func finite(_ number: Double) -> Double? { number.isFinite ? number : nil }
}
