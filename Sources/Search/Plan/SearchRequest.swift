/// A plan, for whom it runs, and what is to be told of the found models.
///
/// The score of a model: for each unit, (the best `SearchLevel.strengths[level] * weight / 255` of its alternatives by
/// words + the best weight of its alternatives by tags) * rarity, integers rounded down; summed up; times
/// (10 * met + 3) / (10 * wanted + 3) where `met` counts the wanted units that a strong alternative meets; then times 64
/// plus the popularity. Named models come first, then those that meet all wanted units, then by score; of equal ones
/// the greater row id comes first.
package struct SearchRequest: Sendable {
    package var plan: SearchPlan
    package var readers: SearchReaders
    package var order: SearchOrder
    /// The place of the last model of the page before.
    package var after: SearchPlace?
    package var limit: Int
    /// Context keys to count the values of.
    package var facets: [String]
    /// The most values to tell of each facet, the commonest first, then by row id of the tag.
    package var facetLimit: Int

    package init(
        _ plan: SearchPlan, for readers: SearchReaders, order: SearchOrder = .relevance, after: SearchPlace? = nil,
        limit: Int = 20, facets: [String] = [], facetLimit: Int = 100
    ) {
        (self.plan, self.readers, self.order, self.after) = (plan, readers, order, after)
        (self.limit, self.facets, self.facetLimit) = (limit, facets, facetLimit)
    }
}

extension SearchRequest {
    /// Whether models match too that do not meet all wanted units, where so many meet all: with all filters, and without
    /// those that were chosen.
    ///
    /// By relevance they come behind the others. In any other order they would stand among them, so that they match only
    /// where there is nothing else. Filters that are chosen leave it as it is while anything meets all, so that choosing
    /// one brings just what its facet counted.
    package func isRelaxed(meetingAll: Int, beforeChosen: Int) -> Bool {
        !plan.wanted.isEmpty && (meetingAll < 1 || order == .relevance && beforeChosen < SearchPlan.enough)
    }
}

/// The models that exist for somebody: the public ones, and these private ones.
package struct SearchReaders: Sendable, Hashable {
    package var everything: Bool
    /// Row ids of namespaces.
    package var namespaces: [Int64]
    /// Row ids of single models.
    package var models: [Int64]

    package static let anonymous = SearchReaders(everything: false, namespaces: [], models: [])

    package init(everything: Bool, namespaces: [Int64], models: [Int64]) {
        (self.everything, self.namespaces, self.models) = (everything, namespaces, models)
    }
}

package enum SearchOrder: Sendable, Hashable {
    case relevance
    /// By the least (or greatest) number of a column; models without one come last.
    case number(String, ascending: Bool)
    /// What was changed last first.
    case updated
    /// In no order: the request wants ``SearchFound/models`` and gets no hits.
    case unordered
}

/// The place of a model in the order of relevance, of a number or of time: greatest first, then the greater row id.
package struct SearchPlace: Sendable, Hashable {
    /// The score, with 1 << 48 added for meeting all wanted units and 1 << 49 for being named. Of a number: the order of
    /// its bits (see ``init(number:ascending:model:)``). Of time: seconds (see ``SearchDocument/updated``).
    package let value: Int64
    package let model: Int64

    package init(value: Int64, model: Int64) { (self.value, self.model) = (value, model) }

    /// Numbers in an order of integers; nil is behind all.
    package init(number: Double?, ascending: Bool, model: Int64) {
        guard let number else {
            self.init(value: .min, model: model)
            return
        }
        let bits = Int64(bitPattern: (number + 0).bitPattern)
        let ordered = bits < 0 ? bits ^ .max : bits
        self.init(value: ascending ? ~ordered : ordered, model: model)
    }

    package func precedes(_ other: SearchPlace) -> Bool { (value, model) > (other.value, other.model) }
}

/// What a request found.
package struct SearchFound: Sendable {
    /// A page of models in order.
    package var hits: [Hit]
    /// How many models match, exactly.
    package var total: Int
    /// How many of them meet all wanted units.
    package var meetingAll: Int
    /// Whether models that do not meet all wanted units match too, as ``meetingAll`` is less than ``SearchPlan/enough``.
    package var isRelaxed: Bool
    /// Whether models come after the page.
    package var hasMore: Bool
    /// Per asked key the tags of the matching models, counted without the filters of the key itself.
    package var facets: [String: [TagCount]]
    /// All matching models; only of an unordered request.
    package var models: ModelSet?

    package struct Hit: Sendable, Hashable {
        package let place: SearchPlace
        /// The units that it meets, a bit each; and those it has something to do with.
        package let met: UInt64
        package let touched: UInt64

        package init(place: SearchPlace, met: UInt64, touched: UInt64) {
            (self.place, self.met, self.touched) = (place, met, touched)
        }
    }

    package struct TagCount: Sendable, Hashable {
        package let tag: Int64
        package let count: Int

        package init(tag: Int64, count: Int) { (self.tag, self.count) = (tag, count) }
    }

    package init(
        hits: [Hit], total: Int, meetingAll: Int, isRelaxed: Bool, hasMore: Bool, facets: [String: [TagCount]],
        models: ModelSet?
    ) {
        (self.hits, self.total, self.meetingAll, self.isRelaxed) = (hits, total, meetingAll, isRelaxed)
        (self.hasMore, self.facets, self.models) = (hasMore, facets, models)
    }
}

/// What answers requests: the snapshot in memory, or SQL.
package protocol SearchIndex: SearchLexicon {
    func find(_ request: SearchRequest) throws -> SearchFound

    /// Which units of a plan some models meet and touch, in the order of the models; their places are worth nothing.
    func hits(of models: [Int64], by plan: SearchPlan) throws -> [SearchFound.Hit]
}
