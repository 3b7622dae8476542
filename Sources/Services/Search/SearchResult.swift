public import Registry
package import Search
public import Storage

/// What a search answers.
public struct SearchResult: Sendable {
    public let page: Page<SearchHit>
    /// Per asked key the values that found models have, the commonest first, each key counted as if it had no filter;
    /// nil while the index is not in memory yet.
    public let facets: [String: [FacetValue]]?
    /// The text with mistyped words put right; nil when each word was found as it stands.
    public let corrected: String?
    /// nil when no text was asked for.
    package let understanding: Understanding?
    /// What would be found without a part of what was asked; only where nothing is found with all of it.
    package let without: FoundWithout?
    /// nil when it was not wanted.
    package let menu: Menu?
    package let times: SearchTimes

    /// How a text was understood.
    package struct Understanding: Sendable {
        /// Whether any word suffices, as too few models have all of them, and some were found so.
        package let isRelaxed: Bool
        /// How many models have all words.
        package let meetingAll: Int
        /// In the order of the text.
        package let items: [UnderstoodItem]
        /// Context that the words lead to.
        package let associations: [(association: Association, label: Label?)]
        /// Context that goes with what was asked for, to filter by.
        package let also: [(neighbour: TagNeighbour, label: Label?)]
    }
}

/// A found model.
public struct SearchHit: Sendable {
    public let summary: ModelSummary
    /// nil when nothing was asked for.
    public let why: SearchReason?
}
