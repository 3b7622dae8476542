/// What finds the models that are like one: those that are for the same, and most of all those that share rare tags.
package enum RelatedPlan {
    /// As many tags of a model are looked at: what is worth most first, and of equals the rarest.
    private static let maximumTags = 24
    /// Keys that say little of what a model is for.
    private static let leftOut: Set<String> = ["license", "opset", "region", "lang", "language"]
    /// Keys that say what a model is for.
    private static let purposes: Set<String> = ["service", "task", "object", "scenario"]
    /// Keys that say how a file was made, which models for quite different things share: they only order those that have
    /// something else in common.
    private static let makings: Set<String> = [
        "format", "file-format", "platform", "precision", "quantization", "accel", "framework", "library_name", "size",
        "optimisation", "input.w", "input.h", "input.c", "input.fps", "input.hz", "sample-rate", "publisher", "domain",
    ]
    /// What sharing a tag is worth: of ``purposes``, of ``makings``, and of the other keys.
    private static let worth = (purpose: PlanWeights.tag, making: 30, other: 130)

    /// The plan for a model with these effective tags. It finds the model itself too; nil when no public model has any
    /// of the tags.
    package static func plan(tags: [KnownTag], lexicon: some SearchLexicon) throws -> SearchPlan? {
        let all = lexicon.publicCount
        var units: [(unit: PlanUnit, worth: Int)] = []
        for tag in tags where !leftOut.contains(tag.key) && tag.folded != "other" {
            let count = try lexicon.publicCount(tag: tag.id)
            if count == 0 { continue }
            let worth = worth(of: tag.key)
            let unit = PlanUnit(
                text: "\(tag.key):\(tag.folded)", alternatives: [PlanAlternative(.tags([tag.id]), weight: worth)],
                rarity: Rarity.of(count, among: all))
            units.append((unit, worth))
        }
        guard !units.isEmpty else { return nil }
        units.sort { ($1.worth, $1.unit.rarity, $0.unit.text) < ($0.worth, $0.unit.rarity, $1.unit.text) }
        units = Array(units.prefix(maximumTags))
        var plan = SearchPlan()
        plan.units = units.map(\.unit)
        let telling = units.indices.filter { units[$0].worth > worth.making }
        plan.condition = .any((telling.isEmpty ? Array(units.indices) : telling).map(PlanCondition.unit))
        return plan
    }

    private static func worth(of key: String) -> Int {
        purposes.contains(key) ? worth.purpose : makings.contains(key) ? worth.making : worth.other
    }
}
