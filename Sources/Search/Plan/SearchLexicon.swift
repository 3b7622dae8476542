/// What is known of words and tags: planning asks it.
///
/// What it tells is true of public models only, so that no answer depends on a private model that the asker may not
/// see; the functions that take `readers` count all models that exist for them.
package protocol SearchLexicon {
    /// How many public models there are.
    var publicCount: Int { get }

    /// How many public models hold a ``SearchTerm``.
    func publicCount(term: String) throws -> Int

    /// How many public models have a tag.
    func publicCount(tag: Int64) throws -> Int

    /// Whether a model that exists for `readers` holds all terms of one of the lists, or a tag whose value does.
    func isKnown(_ alternatives: [[String]], to readers: SearchReaders) throws -> Bool

    /// The tags of a key with these folded values that models have which exist for `readers`, by row id.
    func tags(key: String, values: [String], for readers: SearchReaders) throws -> [Int64]

    /// Whether models that exist for `readers` have the key.
    func isKey(_ key: String, for readers: SearchReaders) throws -> Bool

    /// The context keys that tags of models that exist for `readers` have, by name.
    func keys(for readers: SearchReaders, limit: Int) throws -> [String]

    /// Tags whose value holds all terms and that models have which exist for `readers`, those in most public models
    /// first.
    func tags(holding terms: [String], limit: Int, for readers: SearchReaders) throws -> [KnownTag]

    /// Tags whose value or a word in it begins with a folded text, with how many models have it that exist for
    /// `readers`: the commonest first, none without any.
    func tags(beginning text: String, limit: Int, for readers: SearchReaders) throws -> [(tag: KnownTag, count: Int)]

    /// The tag with a row id.
    func tag(_ id: Int64) throws -> KnownTag?

    /// Words (without the `w`) of public models that may be meant by a mistyped one – those of names, titles, summaries
    /// and tags as they are written, and the stems of all –
    /// at most `distance` slips away (letter left out, added, changed, or two swapped; for Hangul letters are jamo),
    /// the nearest first, then those in most models.
    func words(near word: String, distance: Int, limit: Int) throws -> [(word: String, distance: Int, count: Int)]

    /// Tags that go with what an alternative matches, learnt from public models (a ``ModelSample`` where many match):
    /// by normalised pointwise mutual information (Bouma 2009) in thousandths, shrunk by c / (c + 10) where c is how
    /// many models have both; at least 5. Each pair of `seeds` counts as 20 more models that match and have the tag.
    /// Only tags of `keys`, the strongest first, equally strong ones by key and value.
    func neighbours(
        of match: PlanAlternative.Match, keys: [String], seeds: [Int64], limit: Int
    ) throws -> [TagNeighbour]
}

/// A context tag that models have.
package struct KnownTag: Sendable, Hashable {
    /// Its row in `context_tag`.
    package let id: Int64
    package let key: String
    /// As first written.
    package let value: String
    package let folded: String

    package init(id: Int64, key: String, value: String, folded: String) {
        (self.id, self.key, self.value, self.folded) = (id, key, value, folded)
    }
}

/// A tag that goes with something.
package struct TagNeighbour: Sendable, Hashable {
    package let tag: KnownTag
    /// 0 to 1000: never together (or as chance would have it) to always.
    package let strength: Int
    /// Public models that have both; an estimate where a sample was counted.
    package let support: Int

    package init(tag: KnownTag, strength: Int, support: Int) {
        (self.tag, self.strength, self.support) = (tag, strength, support)
    }
}
