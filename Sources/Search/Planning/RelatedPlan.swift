/// What finds the models that are like one: those that share its tags, the rare ones most.
package enum RelatedPlan {
    /// As many tags of a model are looked at, the rarest first.
    private static let maximumTags = 24
    /// Keys that say little of what a model is for.
    private static let leftOut: Set<String> = ["license", "opset", "region", "lang", "language"]

    /// The plan for a model with these effective tags. It finds the model itself too; nil when no public model has any
    /// of the tags.
    package static func plan(tags: [KnownTag], lexicon: some SearchLexicon) throws -> SearchPlan? {
        let all = lexicon.publicCount
        var units: [PlanUnit] = []
        for tag in tags where !leftOut.contains(tag.key) && tag.folded != "other" {
            let count = try lexicon.publicCount(tag: tag.id)
            if count == 0 { continue }
            let name = "\(tag.key):\(tag.folded)"
            units.append(
                PlanUnit(
                    text: name, alternatives: [PlanAlternative(.tags([tag.id]))],
                    rarity: Rarity.of(count, among: all)))
        }
        guard !units.isEmpty else { return nil }
        units.sort { ($1.rarity, $0.text) < ($0.rarity, $1.text) }
        var plan = SearchPlan()
        plan.units = Array(units.prefix(maximumTags))
        plan.condition = .any(plan.units.indices.map(PlanCondition.unit))
        return plan
    }
}
