/// What the index holds of one model.
package struct SearchDocument: Sendable, Hashable {
    /// The row id.
    package var model: Int64
    /// The row id of the namespace.
    package var namespace: Int64
    package var isPublic: Bool
    /// 0 to 63: log2 of the downloads of the last 30 days, in quarters of a step.
    package var popularity: Int
    /// When the model was changed last, in Unix seconds; from 0 to what 32 bits hold (the year 2106).
    package var updated: Int64
    /// As ``SearchWords/tokens(name:title:summary:readme:)`` gives them.
    package var words: String
    /// Row ids of its effective tags.
    package var tags: [Int64]
    package var numbers: [SearchNumber]

    package init(
        model: Int64, namespace: Int64, isPublic: Bool, popularity: Int = 0, updated: Int64 = 0, words: String,
        tags: [Int64], numbers: [SearchNumber] = []
    ) {
        (self.model, self.namespace, self.isPublic, self.popularity) = (model, namespace, isPublic, popularity)
        (self.updated, self.words, self.tags, self.numbers) = (updated, words, tags, numbers)
    }
}

/// A number that a model has in a column.
package struct SearchNumber: Sendable, Hashable {
    /// As in ``NumberRange/column``.
    package var column: String
    package var value: Double

    package init(column: String, value: Double) { (self.column, self.value) = (column, value) }
}
