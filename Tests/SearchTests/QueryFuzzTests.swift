import Foundation
import Search
import Testing

/// What holds of every text, over texts made of the language's own pieces and of any characters. 20,000 of them; with
/// MORU_LONG_TESTS a million.
@Suite struct `Queries at random` {
    private static let rounds = 0..<(ProcessInfo.processInfo.environment["MORU_LONG_TESTS"] == nil ? 8 : 400)
    private static let textsPerRound = 2_500

    @Test(arguments: rounds) func `are understood somehow, in order, in bounds, and the same when read again`(
        round: Int
    ) {
        var random = QueryGenerator(seed: UInt64(round) + 1)
        for _ in 0..<Self.textsPerRound {
            let text = random.query()
            guard failure(of: text) != nil else { continue }
            let least = shortened(text)
            Issue.record("\(least.debugDescription): \(failure(of: least) ?? "")")
            return
        }
    }

    /// Texts that were once read otherwise again.
    @Test(arguments: [
        "-(-", "(B(|)", "(n( )", "format:\u{0653}:", "(z>5(:\" \", )", ".(:\"\",)", "-(-5~0MB", "-(-OR",
        "below 1 MB size!=5",
        "-(-0MB이하", "max 5 MB)size!=얼",
    ]) func `stay the same`(text: String) {
        #expect(failure(of: text) == nil)
    }

    /// A text that fails too, without characters that play no part in it.
    private func shortened(_ text: String) -> String {
        var scalars = Array(text.unicodeScalars)
        for width in [32, 8, 2, 1, 1] {
            var place = 0
            while place < scalars.count {
                var fewer = scalars
                fewer.removeSubrange(place..<min(place + width, fewer.count))
                var view = String.UnicodeScalarView()
                view.append(contentsOf: fewer)
                if failure(of: String(view)) == nil { place += width } else { scalars = fewer }
            }
        }
        var view = String.UnicodeScalarView()
        view.append(contentsOf: scalars)
        return String(view)
    }

    private func failure(of text: String) -> String? {
        let query = parsed(text)
        let length = text.unicodeScalars.count
        let scalars = Array(text.unicodeScalars)
        var leaves = 0
        if let wrong = wrong(query.items, in: scalars, within: 0..<min(length, QueryParser.maximumLength), &leaves) {
            return wrong
        }
        if leaves > QueryParser.maximumItems { return "too many items" }
        if query.items.map(\.depth).max() ?? 0 > QueryParser.maximumDepth { return "too deep" }
        if let range = query.sortRange, range.upperBound > length { return "sort is out of bounds" }
        if (query.sort == nil) != (query.sortRange == nil) { return "sort without its place" }
        for problem in query.problems {
            if problem.range.upperBound > length || problem.en.isEmpty || problem.ko.isEmpty { return "odd problem" }
        }
        if query.problems.map(\.column) != query.problems.map(\.column).sorted() { return "problems out of order" }
        let written = query.description
        guard written.unicodeScalars.count <= QueryParser.maximumLength else { return nil }
        let again = parsed(written)
        if again.items.map(\.node.bare) != query.items.map(\.node.bare) || again.sort != query.sort {
            return "\(query.tree) \(query.sort as Any) written as \(written) is \(again.tree) \(again.sort as Any)"
        }
        return again.description == written ? nil : "written anew as \(again), not \(written)"
    }

    private func wrong(
        _ items: [QueryItem], in scalars: [Unicode.Scalar], within bounds: Range<Int>, _ leaves: inout Int
    ) -> String? {
        var place = bounds.lowerBound
        for item in items {
            guard item.range.lowerBound >= place, item.range.upperBound <= bounds.upperBound, !item.range.isEmpty else {
                return "\(item.range) is out of place"
            }
            place = item.range.upperBound
            if !item.text.unicodeScalars.elementsEqual(scalars[item.range]) { return "text of another place" }
            switch item.node {
            case .any(let lists):
                if lists.isEmpty || lists.contains(where: \.isEmpty) { return "an empty group" }
                if let wrong = wrong(lists.flatMap { $0 }, in: scalars, within: item.range, &leaves) { return wrong }
            case .not(let inner):
                if case .not = inner.node { return "a doubled negation" }
                if let wrong = wrong([inner], in: scalars, within: item.range, &leaves) { return wrong }
            case .word(let word) where word.isEmpty: return "an empty word"
            case .phrase(let words) where words.isEmpty: return "an empty phrase"
            case .prefix(let start) where start.isEmpty: return "an empty prefix"
            case .clause(let clause):
                if case .values(let values) = clause.test, values.isEmpty || values.contains("") { return "no value" }
                leaves += 1
            default: leaves += 1
            }
        }
        return nil
    }
}

extension QueryItem {
    fileprivate var depth: Int {
        switch node {
        case .any(let lists): 1 + (lists.joined().map(\.depth).max() ?? 0)
        case .not(let item): item.depth
        default: 0
        }
    }
}

extension QueryNode {
    /// Without texts and places.
    fileprivate var bare: QueryNode {
        func bare(_ item: QueryItem) -> QueryItem { QueryItem(item.node.bare, text: "", range: 0..<0) }
        return switch self {
        case .any(let lists): .any(lists.map { $0.map(bare) })
        case .not(let item): .not(bare(item))
        default: self
        }
    }
}
