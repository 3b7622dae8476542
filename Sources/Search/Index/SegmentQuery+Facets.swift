/// How many documents of a segment have each of its tags, of some keys.
struct TagCounts {
    /// By ordinal; only what belongs to the keys that were asked for is true.
    let counts: UnsafeMutablePointer<Int32>
}

extension SegmentQuery {
    /// Counts the tags of the matching documents.
    ///
    /// It may be done beside what else is done with the query, in a scratch of its own.
    ///
    /// - Returns: By key, as keys may leave out different filters.
    func facets(_ keys: [String], in scratch: SegmentScratch) -> [String: TagCounts] {
        var result: [String: TagCounts] = [:]
        let common = keys.filter { allowedWithout[$0] == nil }
        if !common.isEmpty {
            let set = DocumentSet(copying: matching, in: scratch)
            set.form(intersectionWith: allowed.words)
            let counts = segment.tagCounts(in: set, keys: common, scratch)
            for key in common { result[key] = counts }
        }
        for key in keys {
            guard let allowed = allowedWithout[key] else { continue }
            let set = DocumentSet(copying: matching, in: scratch)
            set.form(intersectionWith: allowed.words)
            result[key] = segment.tagCounts(in: set, keys: [key], scratch)
        }
        return result
    }
}
