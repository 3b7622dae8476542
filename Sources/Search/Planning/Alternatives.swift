/// Alternatives by words, each list of terms once, the first one as it was added.
struct Alternatives {
    private(set) var list: [PlanAlternative] = []
    private var seen: Set<[String]> = []

    mutating func add(_ terms: [String], weight: Int, isStrong: Bool = true, path: [String] = []) {
        guard !terms.isEmpty, seen.insert(terms).inserted else { return }
        list.append(PlanAlternative(.terms(terms), weight: weight, isStrong: isStrong, path: path))
    }
}
