import Foundation
import Search
import Testing

/// Documentation/search.md says what the parser does.
@Suite struct `The document on search` {
    private let examples: [(section: String, code: String)]
    /// What is said to be words, for all that it has a colon.
    private static let words = ["http://…", "3:4", "yolo:v4"]
    private let keys = queryKeys.union(["precision", "sensor", "tag"])

    init() throws {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let text = try String(contentsOf: root.appending(path: "Documentation/search.md"), encoding: .utf8)
        var section = ""
        var examples: [(String, String)] = []
        for line in text.split(separator: "\n") {
            if line.hasPrefix("## ") { section = String(line.dropFirst(3)) }
            guard section != "What is not understood" || line.hasPrefix("|") else { continue }
            for (index, code) in line.split(separator: "`", omittingEmptySubsequences: false).enumerated()
            where index % 2 == 1 {
                examples.append((section, String(code).replacing("\\|", with: "|")))
            }
        }
        self.examples = examples
    }

    @Test(arguments: ["In one look", "Keys and values", "Order", "From the field", "한국어"])
    func `shows queries that are read without a problem`(section: String) {
        let queries = examples.filter { $0.section == section && !["|", "sort:", "OR"].contains($0.code) }
        #expect(queries.count > 3)
        for query in queries {
            let found = QueryParser.parse(query.code) { keys.contains($0) }
            #expect(found.problems.isEmpty, "\(query.code)")
            let isClause = query.code.contains { ":<>≤≥".contains($0) } && !Self.words.contains(query.code)
            #expect(!isClause || found.sort != nil || found.items.contains { $0.node.holdsClause }, "\(query.code)")
        }
    }

    @Test func `shows problems that are problems`() {
        let queries = examples.filter { $0.section == "What is not understood" && $0.code.unicodeScalars.count > 1 }
        #expect(queries.count > 5)
        for query in queries {
            let found = QueryParser.parse(query.code) { keys.contains($0) }
            #expect(!found.problems.isEmpty, "\(query.code)")
        }
    }
}

extension QueryNode {
    /// Whether something of it is asked of a context key.
    fileprivate var holdsClause: Bool {
        switch self {
        case .clause: true
        case .not(let item): item.node.holdsClause
        case .any(let lists): lists.contains { $0.contains { $0.node.holdsClause } }
        case .word, .phrase, .prefix: false
        }
    }
}
