/// What cmark would have to do for a source, judged from its bytes before it is parsed.
///
/// cmark visits every open container on every line, every column of a table on every row, copies the target of a
/// reference into every link, and looks through the rest of a word at every place where an automatic link may begin.
/// Each of these took between 1 and 20 seconds, or 200 MB and more, for 64 KB.
struct ParsingCost {
    private static let maximumVisits = 2_000_000
    private static let maximumCells = 50_000
    private static let maximumLookahead = 2_000_000
    private static let maximumCopies = 64_000_000

    /// Most containers that a line may be in, by its indentation and markers; times lines.
    private var visits = 0
    private var cells = 0
    /// For each word: places where a link may begin, times its length; added up.
    private var lookahead = 0
    /// Longest paragraph that may define references, times opening brackets.
    private var copies = 0

    init(of source: String) {
        var lines = Lines()
        for byte in source.utf8 { lines.add(byte) }
        // Closes the last line, word and paragraph.
        lines.add(UInt8(ascii: "\n"))
        lines.add(UInt8(ascii: "\n"))
        visits = lines.count * lines.mostContainers
        cells = lines.count * lines.mostPipes
        lookahead = lines.lookahead
        copies = lines.longestDefinitions * lines.brackets
    }

    /// Whether the source may be parsed at all.
    var isBearable: Bool { visits <= Self.maximumVisits && copies <= Self.maximumCopies }

    /// Names of the extensions that it may be parsed with.
    var extensions: [String] {
        var names = ["strikethrough", "tasklist"]
        if cells <= Self.maximumCells { names.append("table") }
        if lookahead <= Self.maximumLookahead { names.append("autolink") }
        return names
    }

    private struct Lines {
        var count = 0
        var mostContainers = 0
        var mostPipes = 0
        var lookahead = 0
        var brackets = 0
        var longestDefinitions = 0

        private var previous: UInt8 = 0
        private var containers = 0
        private var indentation = 0
        private var isAtStart = true
        private var isBlank = true
        private var pipes = 0
        private var word = 0
        private var linkStarts = 0
        private var paragraph = 0
        private var hasDefinition = false

        mutating func add(_ byte: UInt8) {
            paragraph += 1
            switch byte {
            // The second half of CR LF is no line of its own.
            case UInt8(ascii: "\n") where previous == UInt8(ascii: "\r"): break
            case UInt8(ascii: "\n"), UInt8(ascii: "\r"): endLine()
            case UInt8(ascii: " "), UInt8(ascii: "\t"):
                endWord()
                if isAtStart { indentation += byte == UInt8(ascii: "\t") ? 4 : 1 }
            default: addToWord(byte)
            }
            previous = byte
        }

        private mutating func addToWord(_ byte: UInt8) {
            isBlank = false
            word += 1
            switch byte {
            case UInt8(ascii: ">"), UInt8(ascii: "-"), UInt8(ascii: "*"), UInt8(ascii: "+"), UInt8(ascii: ")"):
                addMarker()
            case UInt8(ascii: "."):
                addMarker()
                if previous == UInt8(ascii: "w") { linkStarts += 1 }
            case UInt8(ascii: "0")...UInt8(ascii: "9"): break
            case UInt8(ascii: ":"):
                isAtStart = false
                linkStarts += 1
                if previous == UInt8(ascii: "]") { hasDefinition = true }
            case UInt8(ascii: "@"):
                isAtStart = false
                linkStarts += 1
            case UInt8(ascii: "|"):
                isAtStart = false
                pipes += 1
            case UInt8(ascii: "["):
                isAtStart = false
                brackets += 1
            default: isAtStart = false
            }
        }

        /// A list inside of a list is at least two columns further in.
        private mutating func addMarker() {
            guard isAtStart else { return }
            containers += 1
            mostContainers = max(mostContainers, containers + indentation / 2)
        }

        private mutating func endWord() {
            lookahead += word * linkStarts
            (word, linkStarts) = (0, 0)
        }

        private mutating func endLine() {
            endWord()
            count += 1
            mostPipes = max(mostPipes, pipes)
            if isBlank {
                if hasDefinition { longestDefinitions = max(longestDefinitions, paragraph) }
                (paragraph, hasDefinition) = (0, false)
            }
            (pipes, containers, indentation, isAtStart, isBlank) = (0, 0, 0, true, true)
        }
    }
}
