/// What tags are worth to a unit, and how one comes to them.
struct TagWeights {
    private struct Worth: Hashable {
        var weight: Int
        var isStrong: Bool
        var path: [String]
    }

    private var worths: [Int64: Worth] = [:]

    /// Notes a tag; of several ways to it the strong one stays, then the one worth most, then the first.
    mutating func add(_ tag: Int64, weight: Int, isStrong: Bool, path: [String]) {
        if let known = worths[tag], (known.isStrong ? 1 : 0, known.weight) >= (isStrong ? 1 : 0, weight) { return }
        worths[tag] = Worth(weight: weight, isStrong: isStrong, path: path)
    }

    /// The tags that meet the unit.
    var strong: [Int64] { worths.filter { $0.value.isStrong }.keys.sorted() }

    /// An alternative for the tags of each worth, those worth most first.
    var alternatives: [PlanAlternative] {
        var tags: [Worth: [Int64]] = [:]
        for (tag, worth) in worths { tags[worth, default: []].append(tag) }
        return tags.map { worth, tags in
            PlanAlternative(.tags(tags.sorted()), weight: worth.weight, isStrong: worth.isStrong, path: worth.path)
        }.sorted { left, right in
            (right.isStrong ? 1 : 0, right.weight, right.path.joined(separator: " "))
                < (left.isStrong ? 1 : 0, left.weight, left.path.joined(separator: " "))
        }
    }
}
