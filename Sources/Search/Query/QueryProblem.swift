/// A place of a query that could not be read as it may have been meant.
package struct QueryProblem: Sendable, Hashable {
    /// What was not understood, counted as ``QueryItem/range``. Empty at the end of the query where something is missing.
    package let range: Range<Int>
    package let en: String
    package let ko: String

    package init(_ range: Range<Int>, en: String, ko: String) { (self.range, self.en, self.ko) = (range, en, ko) }

    /// In Unicode scalars from 1.
    package var column: Int { range.lowerBound + 1 }
}
