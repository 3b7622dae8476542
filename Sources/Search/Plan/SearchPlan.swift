/// A query made ready to run: which models match and what each match is worth, in terms and tags of the index.
///
/// It is the same for the snapshot and for SQL, and both must answer it alike: the rules of ``SearchRequest`` are exact,
/// in integers.
package struct SearchPlan: Sendable, Hashable {
    /// What the query asks for, each worth a score of its own. At most 60.
    package var units: [PlanUnit] = []
    /// The units of plain words, as places in ``units``. A model matches when it meets all of them; where few do, any
    /// model that meets one of them or has something to do with one matches too
    /// (``SearchRequest/isRelaxed(meetingAll:beforeChosen:)``).
    package var wanted: [Int] = []
    /// What must hold besides: phrases, groups, negations, numbers.
    package var condition = PlanCondition.everything
    /// Filters that belong to one context key. They must hold too; the facet of a key is counted without its own.
    package var filters: [PlanFilter] = []
    /// Models (row ids) that the query names exactly, whatever separates the words of a name: they match and come
    /// first, if ``condition`` and ``filters`` let them through.
    package var named: [Int64] = []

    /// As many models with all words are a good answer: a page of 20.
    package static let enough = 20

    package init() {}
}

/// One thing that a query asks for: a word, or words that are known as one.
package struct PlanUnit: Sendable, Hashable {
    /// As it stands in the query.
    package var text: String
    /// What meets it. At most 64.
    package var alternatives: [PlanAlternative]
    /// What meeting it is worth, 0 to 4096; more for what is rare among public models. 0 for what is negated.
    package var rarity: Int

    package init(text: String, alternatives: [PlanAlternative], rarity: Int) {
        (self.text, self.alternatives, self.rarity) = (text, alternatives, rarity)
    }
}

/// One way to meet a unit.
package struct PlanAlternative: Sendable, Hashable {
    package enum Match: Sendable, Hashable {
        /// The words of the model hold all of these ``SearchTerm``s; the level is that of the weakest.
        case terms([String])
        /// The words of the model hold a `w` term that begins so (this includes the `w`); the level is the strongest.
        case prefix(String)
        /// The model has one of these tags (row ids of `context_tag`).
        case tags([Int64])
    }

    package var match: Match
    /// What it is worth beside the words themselves, 1 to 255.
    package var weight: Int
    /// Whether it meets the unit; false for what only has something to do with it.
    package var isStrong: Bool
    /// How one comes from the words of the query to it, such as `["불법주정차", "service:illegal-parking",
    /// "object:license-plate"]`; empty for the words themselves.
    package var path: [String]

    package init(_ match: Match, weight: Int = 255, isStrong: Bool = true, path: [String] = []) {
        (self.match, self.weight, self.isStrong, self.path) = (match, weight, isStrong, path)
    }
}

/// What must hold of a model.
package indirect enum PlanCondition: Sendable, Hashable {
    case everything
    case nothing
    /// It has one of these tags (row ids).
    case tags([Int64])
    /// It has any value of a context key, or a number of that name.
    case has(String)
    case number(NumberRange)
    /// It meets a unit: by a strong alternative.
    case unit(Int)
    case not(PlanCondition)
    case all([PlanCondition])
    case any([PlanCondition])
}

package struct PlanFilter: Sendable, Hashable {
    /// The context key, such as `format`.
    package var key: String
    package var condition: PlanCondition
    /// Whether it was chosen beside the text, as facets are.
    package var isChosen: Bool

    package init(key: String, condition: PlanCondition, isChosen: Bool = false) {
        (self.key, self.condition, self.isChosen) = (key, condition, isChosen)
    }
}

/// Numbers of one column that a model must have one of.
package struct NumberRange: Sendable, Hashable {
    /// The context key, with `@` and the board or dataset where it has one: `size`, `latency_ms@rpi5`.
    package var column: String
    package var lower: Double
    package var includesLower: Bool
    package var upper: Double
    package var includesUpper: Bool
    /// Whether a model without any number in the column is let through.
    package var allowsMissing: Bool

    package init(
        column: String, lower: Double = -.infinity, includesLower: Bool = true, upper: Double = .infinity,
        includesUpper: Bool = true, allowsMissing: Bool = false
    ) {
        (self.column, self.allowsMissing) = (column, allowsMissing)
        (self.lower, self.includesLower) = (lower, includesLower)
        (self.upper, self.includesUpper) = (upper, includesUpper)
    }

    package func contains(_ value: Double) -> Bool {
        (value > lower || includesLower && value == lower) && (value < upper || includesUpper && value == upper)
    }
}
