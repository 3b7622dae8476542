import Registry
import SQLite
import Search
import Storage

/// Finds of each model the variant that a query asks for by its size, or by context that not all variants have: "int8
/// under 5 MB".
struct MetVariant {
    private static let size = "size"
    private var sizes: [NumberRange] = []
    /// Of each part of the query the tags that meet it.
    private var wanted: [Set<Int64>] = []

    init(_ plan: SearchPlan) {
        let units = plan.wanted.map { PlanCondition.unit($0) }
        read(.all([plan.condition] + units + plan.filters.map(\.condition)), plan)
    }

    private mutating func read(_ condition: PlanCondition, _ plan: SearchPlan) {
        switch condition {
        case .all(let conditions): for condition in conditions { read(condition, plan) }
        case .number(let range) where range.column == Self.size: sizes.append(range)
        case .tags(let tags): wanted.append(Set(tags))
        case .unit(let index):
            let tags = plan.units[index].alternatives.flatMap { alternative in
                guard alternative.isStrong, case .tags(let tags) = alternative.match else { return [Int64]() }
                return tags
            }
            wanted.append(Set(tags))
        default: break
        }
    }

    /// Adds to the reasons, by row id of the model, the variant that the query asks for.
    func add(to reasons: inout [Int64: SearchReason], in db: borrowing Connection) throws {
        guard !sizes.isEmpty || wanted.contains(where: { !$0.isEmpty }) else { return }
        var models = Array(reasons.keys)
        if sizes.isEmpty {
            // Few models have variants that the query tells apart.
            let tags = try FoundVariantStore.tags(of: models, in: db)
            models = models.filter { Set(tags[$0, default: []].map(met)).count > 1 }
        }
        guard !models.isEmpty else { return }
        for (model, variants) in try FoundVariantStore.variants(of: models, in: db) {
            guard let variant = chosen(of: variants) else { continue }
            reasons[model]?.variant = SearchReason.Variant(
                name: variant.name, size: variant.size, precision: variant.precision)
        }
    }

    /// The smallest variant of those that meet most; nil where nothing that is asked tells them apart. A condition on
    /// `size` always has one named, if any fits it.
    private func chosen(of variants: [FoundVariant]) -> FoundVariant? {
        let fitting = variants.filter { variant in sizes.allSatisfy { $0.contains(Double(variant.size)) } }
        let most = fitting.map { met($0.tags) }.max() ?? 0
        guard !sizes.isEmpty || variants.contains(where: { met($0.tags) < most }) else { return nil }
        return fitting.first { met($0.tags) == most }
    }

    /// How many parts of the query the tags meet.
    private func met(_ tags: Set<Int64>) -> Int { wanted.count { !$0.isDisjoint(with: tags) } }
}
