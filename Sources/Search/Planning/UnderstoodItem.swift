package import Registry

/// A stretch of a query, and what it was taken for.
package struct UnderstoodItem: Sendable, Hashable {
    package enum Kind: String, Sendable, CaseIterable {
        case word, phrase, prefix, key, number, has, group, sort
    }

    /// A context tag that is meant.
    package struct Meaning: Sendable, Hashable {
        package let key: String
        /// In folded form.
        package let value: String
        /// What it is called; nil for a value that is not well known.
        package let label: Label?

        package init(key: String, value: String, label: Label?) {
            (self.key, self.value, self.label) = (key, value, label)
        }

        /// `key:value`.
        package var tag: String { "\(key):\(value)" }
    }

    /// As typed.
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
