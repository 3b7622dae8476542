package import Registry

/// One thing that a query asks for: a word, or words that the vocabulary knows as one.
package struct SearchUnit: Sendable, Hashable {
    /// As it stands in the query.
    package let text: String
    /// What a model may hold for it as written: each list of terms together.
    package var literal: [[String]]
    /// The same in other words, in both languages.
    package var synonyms: [[String]] = []
    /// What usually goes with it, and other words for it that also mean something else.
    package var related: [[String]] = []
    /// What the query names, as models are tagged with it: `service:crime-prevention`.
    package var tags: [SearchQuery.TagFilter] = []
    /// The tags that go with a service type that the query names.
    package var relatedTags: [SearchQuery.TagFilter] = []
    /// Not several words that the vocabulary knows as one.
    package var isOneWord = true
    /// A single Latin word that no vocabulary knows; it may be a typing error.
    package var isUnknownWord = false
}
