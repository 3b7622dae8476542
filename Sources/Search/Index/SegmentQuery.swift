/// A request as it runs on one segment.
///
/// The sets of what may match are made first, for all documents; words and scores then go block by block, where the
/// numbers of a block fit in the nearest cache.
struct SegmentQuery {
    let segment: SearchSegment
    let scratch: SegmentScratch
    let layout: PostingLayout
    let plan: SearchPlan
    private(set) var units = UnsafeBufferPointer<SegmentUnit>(start: nil, count: 0)
    /// Whether a document's score has something beside its popularity.
    var isScored: Bool { units.contains { $0.rarity > 0 && !($0.words.isEmpty && $0.tags.isEmpty) } }
    /// What exists for the readers.
    let visible: DocumentSet
    /// What condition and all filters let through; and what they do without the filters of a key.
    private(set) var allowed: DocumentSet
    private(set) var allowedWithout: [String: DocumentSet] = [:]
    /// What condition and all filters but the chosen ones let through, where it matters.
    private(set) var allowedBeforeChosen: DocumentSet
    /// All of these together, in which is matched.
    private(set) var base: DocumentSet
    /// Of ``base``: the documents that meet all wanted units, then those that match.
    var meeting: DocumentSet
    var matching: DocumentSet
    /// Documents that the query names, among ``base``.
    private(set) var named: [Int] = []

    init(
        _ request: SearchRequest, on segment: SearchSegment, removed: [UInt64], in scratch: SegmentScratch
    ) {
        (self.segment, self.scratch, plan) = (segment, scratch, request.plan)
        layout = segment.layout
        visible = segment.documents(for: request.readers, removed: removed, in: scratch)
        (allowed, allowedBeforeChosen, base, meeting, matching) = (visible, visible, visible, visible, visible)
        units = scratch.copy(plan.units.map(unit))
        if plan.condition != .everything || !plan.filters.isEmpty { restrict(request) }
        named = Set(plan.named.compactMap(segment.document(of:))).filter(base.contains).sorted()
    }

    private mutating func restrict(_ request: SearchRequest) {
        let condition = set(plan.condition)
        condition.form(intersectionWith: visible.words)
        let filters = plan.filters.map { (filter: $0, set: set($0.condition)) }
        func restricted(_ isIncluded: (PlanFilter) -> Bool) -> DocumentSet {
            let result = DocumentSet(copying: condition, in: scratch)
            for (filter, set) in filters where isIncluded(filter) { result.form(intersectionWith: set.words) }
            return result
        }
        func widen(to wider: DocumentSet) {
            base = DocumentSet(copying: base, in: scratch)
            base.form(unionWith: wider.words)
        }
        allowed = restricted { _ in true }
        (allowedBeforeChosen, base) = (allowed, allowed)
        for key in Set(request.facets) where plan.filters.contains(where: { $0.key == key }) {
            let wider = restricted { $0.key != key }
            allowedWithout[key] = wider
            widen(to: wider)
        }
        if request.order == .relevance, !plan.wanted.isEmpty, plan.filters.contains(where: \.isChosen) {
            allowedBeforeChosen = restricted { !$0.isChosen }
            widen(to: allowedBeforeChosen)
        }
        (meeting, matching) = (base, base)
    }

    /// The documents for which a condition holds.
    func set(_ condition: PlanCondition) -> DocumentSet {
        let result = DocumentSet(layout, in: scratch)
        switch condition {
        case .everything: result.insertAll(layout)
        case .nothing: break
        case .tags(let tags):
            for list in segment.lists(tags: tags) { list.form(unionInto: result.words, blocks: layout.blocks) }
        case .has(let key):
            segment.list(key: key)?.form(unionInto: result.words, blocks: layout.blocks)
            for place in segment.numbers(ofColumn: key) { result.insert(Int(segment.numberDocuments[place])) }
        case .number(let range): insert(range, into: result)
        case .unit(let place):
            guard units.indices.contains(place) else { break }
            for words in units[place].words where words.isStrong {
                words.list.form(unionInto: result.words, blocks: layout.blocks)
            }
            for tags in units[place].tags where tags.isStrong {
                tags.list.form(unionInto: result.words, blocks: layout.blocks)
            }
        case .not(let condition):
            result.insertAll(layout)
            result.subtract(set(condition).words)
        case .all(let conditions):
            result.insertAll(layout)
            for condition in conditions { result.form(intersectionWith: set(condition).words) }
        case .any(let conditions):
            for condition in conditions { result.form(unionWith: set(condition).words) }
        }
        return result
    }

    private func insert(_ range: NumberRange, into result: DocumentSet) {
        let places = segment.numbers(ofColumn: range.column)
        if range.allowsMissing {
            result.insertAll(layout)
            for place in places { result.remove(Int(segment.numberDocuments[place])) }
        }
        // As places among the values of the column; a million comparisons are made.
        let values = segment.values(ofColumn: range.column)
        let lower = values.firstIndex { range.includesLower ? $0 >= range.lower : $0 > range.lower } ?? values.count
        let upper = values.firstIndex { range.includesUpper ? $0 > range.upper : $0 >= range.upper } ?? values.count
        segment.numberCodes.insert(
            places, from: lower, to: upper, of: segment.numberDocuments.base, into: result.words)
    }
}
