import Glibc
import Registry
import Search

/// A snapshot and what plans queries for it.
struct Searching: Sendable {
    private let view: SearchView
    private let vocabulary: ContextVocabulary
    private let facets: [String]
    private let isPlanned: Bool

    /// Bytes of the server's own before the segment: `SearchSnapshotFile` in Sources/Services.
    private static let fileHeader = 64

    init(snapshot: String, vocabulary: String, facets: [String], isPlanned: Bool) throws {
        let descriptor = open(snapshot, O_RDONLY)
        defer { close(descriptor) }
        lseek(descriptor, off_t(Self.fileHeader), SEEK_SET)
        let (segment, stamp) = try SearchSegment.read(from: descriptor)
        view = SearchView(main: segment, sequence: stamp.sequence)
        self.vocabulary = try ContextVocabulary(
            Self.files(in: vocabulary).map { VocabularyFile(name: $0, text: Engine.text(of: "\(vocabulary)/\($0)") ?? "") })
        (self.facets, self.isPlanned) = (facets, isPlanned)
    }

    func plan(_ query: AskedQuery) throws -> SearchPlan { isPlanned ? try planned(query) : words(query) }

    func find(_ plan: SearchPlan) -> SearchFound {
        // What has no words comes by time.
        let order = plan.units.isEmpty && plan.named.isEmpty ? SearchOrder.updated : .relevance
        return view.find(SearchRequest(plan, for: .anonymous, order: order, limit: 20, facets: facets))
    }

    private func planned(_ query: AskedQuery) throws -> SearchPlan {
        let parsed = QueryParser.parse(query.text) { key in
            vocabulary.key(key) != nil || view.isKey(key, for: .anonymous)
        }
        return try Planner(vocabulary: vocabulary, index: view, readers: .anonymous)
            .plan(parsed, of: query.text, filters: query.filters).plan
    }

    private func words(_ query: AskedQuery) -> SearchPlan {
        var plan = SearchPlan()
        for word in SearchText.words(query.text) {
            let terms = SearchText.terms(asking: [word])
            let count = terms.map { view.publicCount(term: $0) }.min() ?? 0
            let rarity = log2(Double(view.publicCount + 1) / Double(count + 1)) * 200
            plan.units.append(
                PlanUnit(text: word.text, alternatives: [PlanAlternative(.terms(terms))], rarity: min(max(Int(rarity), 1), 4096)))
        }
        plan.condition = .all(plan.units.indices.map { .unit($0) })
        plan.filters = query.filters.map { filter in
            let tags = view.tags(key: filter.key, values: filter.values, for: .anonymous)
            return PlanFilter(key: filter.key, condition: .tags(tags))
        }
        return plan
    }

    private static func files(in directory: String) throws -> [String] {
        guard let folder = opendir(directory) else { return [] }
        defer { closedir(folder) }
        var names: [String] = []
        while let entry = readdir(folder) {
            let name = withUnsafePointer(to: entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name.hasSuffix(".txt") { names.append(name) }
        }
        return names.sorted()
    }
}
