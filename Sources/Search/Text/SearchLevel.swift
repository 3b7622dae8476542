/// How strongly a model's words speak of a term: 1 to 15, made of how often it stands in which field.
///
/// Field-weighted BM25 (BM25F: Robertson, Zaragoza, "The Probabilistic Relevance Framework", 2009, section 3.6) without
/// the rarity of the term, in steps of equal size. The average lengths are constants, so that a level depends on its
/// model alone.
package enum SearchLevel {
    package static let maximum = 15

    /// What a level is worth, 0 to 255; level 0 is a term that is not there.
    package static let strengths: [UInt8] = (0...maximum).map { UInt8($0 * 17) }

    /// A field that words stand in.
    package enum Field: Int, CaseIterable, Sendable {
        case name, title, summary, readme

        /// What an occurrence is worth beside those in other fields.
        var boost: Double {
            switch self {
            case .name: 5
            case .title: 5
            case .summary: 2
            case .readme: 0.7
            }
        }

        /// Words that the field usually has.
        var typicalLength: Double {
            switch self {
            case .name: 4
            case .title: 6
            case .summary: 20
            case .readme: 400
            }
        }

        /// How much a longer field takes from an occurrence, 0 to 1 (`b` of BM25).
        var lengthShare: Double {
            switch self {
            case .name, .title: 0.3
            case .summary: 0.4
            case .readme: 0.6
            }
        }
    }

    /// How fast further occurrences stop counting (`k1` of BM25, in weighted occurrences).
    private static let saturation = 3.0

    /// What `count` occurrences in a field of `length` words add to the weighted number of occurrences.
    static func weighted(_ count: Int, in field: Field, length: Int) -> Double {
        let share = field.lengthShare
        return field.boost * Double(count) / (1 - share + share * Double(length) / field.typicalLength)
    }

    /// The level of a weighted number of occurrences.
    static func level(_ weighted: Double) -> Int {
        let part = weighted / (saturation + weighted)
        return min(max(Int((part * Double(maximum + 1)).rounded()), 1), maximum)
    }
}
