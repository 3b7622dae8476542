import Search

extension SearchFound {
    /// The first thing that another answer says otherwise; nil when they are the same.
    func difference(from expected: SearchFound) -> String? {
        if total != expected.total { return "total \(total), not \(expected.total)" }
        if meetingAll != expected.meetingAll { return "meetingAll \(meetingAll), not \(expected.meetingAll)" }
        if isRelaxed != expected.isRelaxed { return "isRelaxed \(isRelaxed)" }
        for (place, (one, other)) in zip(hits, expected.hits).enumerated() where one != other {
            return "hit \(place) is \(one), not \(other)"
        }
        if hits.count != expected.hits.count { return "\(hits.count) hits, not \(expected.hits.count)" }
        if hasMore != expected.hasMore { return "hasMore \(hasMore)" }
        for key in Set(facets.keys).union(expected.facets.keys).sorted() where facets[key] != expected.facets[key] {
            let (one, other) = (facets[key] ?? [], expected.facets[key] ?? [])
            let place = zip(one, other).enumerated().first { $1.0 != $1.1 }?.offset ?? min(one.count, other.count)
            return "facet \(key) has \(one.count) values, not \(other.count), and differs at \(place): "
                + "\(one.dropFirst(place).prefix(1)), not \(other.dropFirst(place).prefix(1))"
        }
        let (one, other) = (members(models), members(expected.models))
        if one != other { return "models \(one.symmetricDifference(other).sorted().prefix(5)) are in one only" }
        return nil
    }

    private func members(_ set: ModelSet?) -> Set<Int> {
        var members: Set<Int> = []
        set?.forEach { members.insert($0) }
        return members
    }
}
