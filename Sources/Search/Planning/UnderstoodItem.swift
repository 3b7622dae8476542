package import Registry

/// A stretch of a query, and what it was taken for.
package struct UnderstoodItem: Sendable, Hashable {
    package enum Kind: String, Sendable, CaseIterable {
        case word, phrase, prefix, key, number, has, group, sort
    }

    /// A context tag that is meant, or a condition on numbers.
    package struct Meaning: Sendable, Hashable {
        /// `key:value`, the value in folded form; of a condition what it is in the language of queries: `size<5MB`.
        package let tag: String
        /// What it is called; nil for a value that is not well known.
        package let label: Label?

        package init(key: String, value: String, label: Label?) {
            (self.tag, self.label) = ("\(key):\(value)", label)
        }

        package init(condition: String, label: Label) { (self.tag, self.label) = (condition, label) }
    }

    /// As typed; of "사람 말고" only what is left out.
    package var text: String
    /// Its place in the query, in Unicode scalars.
    package var range: Range<Int>
    package var kind: Kind
    package var isNegated: Bool
    package var meanings: [Meaning]
    /// Why it finds nothing, or what of it could not be read as it may have been meant; nil when there is nothing to say.
    package var problem: Label?

    package init(
        text: String, range: Range<Int>, kind: Kind, isNegated: Bool = false, meanings: [Meaning] = [],
        problem: Label? = nil
    ) {
        (self.text, self.range, self.kind) = (text, range, kind)
        (self.isNegated, self.meanings, self.problem) = (isNegated, meanings, problem)
    }
}
