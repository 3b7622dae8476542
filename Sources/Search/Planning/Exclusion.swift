import Registry

/// What a query leaves out in words: "사람과 동물 말고", "except trucks and buses".
///
/// The words that say so are the names of `except` in the vocabulary. A Korean one stands behind what it leaves out, an
/// English one before. "without" and 없이 are none of them: who looks for people without helmets looks for helmets.
struct Exclusion {
    /// Each is left out; of several units only where a model has all of them.
    private(set) var groups: [[ReadUnit]]
    /// With the words that say that it is left out.
    let range: Range<Int>

    /// Takes what is left out, and the words that say so, out of what was read; `typed` gives what stands at a place of the
    /// query.
    static func taken(from read: inout [ReadUnit], typed: (Range<Int>) -> String) -> [Exclusion] {
        guard read.contains(where: \.saysExcept) else { return [] }
        // The 랑 of "tflite랑" is a word of its own.
        for place in read.indices.dropFirst().reversed()
        where joiners.contains(read[place].text) && read[place - 1].range.upperBound == read[place].range.lowerBound {
            read.remove(at: place)
        }
        var found: [Exclusion] = []
        var place = 0
        while let mark = read[place...].firstIndex(where: \.saysExcept) {
            let isBehind = read[mark].words.contains { $0.word.isGrammed }
            let taken = isBehind ? units(before: mark, in: read, typed) : units(behind: mark, in: read, typed)
            guard let (first, groups) = taken, let last = groups.last?.last, let named = groups.first?.first else {
                place = mark + 1
                continue
            }
            let (start, end) = (
                min(named.range.lowerBound, read[mark].range.lowerBound),
                max(last.range.upperBound, read[mark].range.upperBound)
            )
            found.append(Exclusion(groups: groups.map(withoutFillers), range: start..<end))
            read.removeSubrange(min(first, mark)...max(first + groups.joined().count - 1, mark))
            place = min(first, mark)
        }
        // Such a word beside nothing that it could mean says nothing.
        if read.contains(where: { !$0.saysExcept }) { read.removeAll(where: \.saysExcept) }
        return found
    }

    private typealias Units = (first: Int, groups: [[ReadUnit]])

    /// The name before the mark, with fillers between, and those that 와, 과 or a comma join to it.
    private static func units(before mark: Int, in read: [ReadUnit], _ typed: (Range<Int>) -> String) -> Units? {
        var first = mark - 1
        while first > 0, fillers.contains(read[first].text), !read[first - 1].saysExcept { first -= 1 }
        guard first >= 0, !read[first].saysExcept else { return nil }
        var groups = [Array(read[first..<mark])]
        while first > 0, !read[first - 1].saysExcept, joins(read[first - 1], read[first], typed) {
            first -= 1
            groups.insert([read[first]], at: 0)
        }
        return (first, groups)
    }

    /// The name behind the mark, of several words where they are of one kind, and those that "and" or a comma joins to it.
    private static func units(behind mark: Int, in read: [ReadUnit], _ typed: (Range<Int>) -> String) -> Units? {
        guard mark + 1 < read.count, !read[mark + 1].saysExcept else { return nil }
        var groups = [[read[mark + 1]]]
        for place in (mark + 2)..<max(mark + 2, read.count) {
            let (unit, last) = (read[place], read[place - 1])
            if unit.saysExcept { break }
            if joins(last, unit, typed) {
                groups.append([unit])
            } else if typed(last.range.upperBound..<max(last.range.upperBound, unit.range.lowerBound)).allSatisfy(
                \.isWhitespace),
                fillers.contains(unit.text) || unit.isOfUse == last.isOfUse
            {
                groups[groups.count - 1].append(unit)
            } else {
                break
            }
        }
        return (mark + 1, groups)
    }

    private static func joins(_ left: ReadUnit, _ right: ReadUnit, _ typed: (Range<Int>) -> String) -> Bool {
        guard left.range.upperBound <= right.range.lowerBound else { return false }
        let gap = typed(left.range.upperBound..<right.range.lowerBound).folded
        let words = gap.filter { $0.isLetter || $0 == "&" }
        return words.isEmpty ? gap.contains { ",/·、".contains($0) } : joiners.contains(words)
    }

    private static func withoutFillers(_ group: [ReadUnit]) -> [ReadUnit] {
        let rest = group.filter { !fillers.contains($0.text) }
        return rest.isEmpty ? Array(group.prefix(1)) : rest
    }

    private static let joiners: Set<String> = [
        "와", "과", "랑", "이랑", "하고", "나", "이나", "및", "또는", "혹은", "and", "or", "&",
    ]
    /// Words beside a name that add nothing to it.
    private static let fillers: Set<String> = [
        "계열", "모델", "종류", "형식", "제품", "것", "model", "models", "format", "formats", "family", "families", "one", "ones",
        "type", "types", "kind", "kinds", "stuff",
    ]
}

extension ReadUnit {
    /// Whether it says that something is left out; a mistyped word may have meant another thing.
    fileprivate var saysExcept: Bool { entries.contains(where: \.saysExcept) && words.allSatisfy { $0.typed == nil } }

    /// Whether it is about what a model does, and not about where it runs and what it is made of.
    fileprivate var isOfUse: Bool { entries.isEmpty || entries.contains { !Self.keysOfForm.contains($0.key) } }

    private static let keysOfForm: Set<String> = [
        "format", "precision", "board", "accel", "runtime", "framework", "os", "license", "lang", "dataset", "arch",
    ]
}

extension ContextVocabulary.Entry {
    /// Whether its names say that something is left out.
    var saysExcept: Bool { key.isEmpty && value == "except" }
}
