/// Divides a query into tokens. Quotes and brackets that have no other half are left out, with a problem.
struct QueryLexer {
    private let scalars: QueryScalars
    /// Per place the place of the next quote behind it.
    private var nextQuote: [Int?] = []
    private var tokens: [QueryToken] = []
    private var problems: [QueryProblem] = []
    /// Open brackets as places among the tokens.
    private var open: [Int] = []

    static func tokens(of scalars: QueryScalars) -> ([QueryToken], [QueryProblem]) {
        var lexer = QueryLexer(scalars)
        lexer.read()
        lexer.dropBrackets()
        return (lexer.tokens, lexer.problems)
    }

    private init(_ scalars: QueryScalars) {
        self.scalars = scalars
        nextQuote = Array(repeating: nil, count: scalars.count)
        var next: Int?
        for place in nextQuote.indices.reversed() {
            nextQuote[place] = next
            if scalars[place] == "\"" { next = place }
        }
    }

    private mutating func read() {
        var place = 0
        while place < scalars.count {
            switch scalars[place] {
            case " ":
                place += 1
            case "\"":
                if let end = nextQuote[place] {
                    append(.phrase, place..<end + 1)
                    place = end
                } else {
                    problems.append(.quoteUnclosed(place))
                }
                place += 1
            case "(":
                open.append(tokens.count)
                append(.open, place..<place + 1)
                place += 1
            case ")":
                close(place)
                place += 1
            case "|":
                let end = scalars[place + 1] == "|" ? place + 2 : place + 1
                append(.or, place..<end)
                place = end
            case "-" where ![" ", "-", ")", "|"].contains(scalars[place + 1]):
                append(.minus, place..<place + 1)
                place += 1
            default:
                place = readRun(from: place)
            }
        }
    }

    private mutating func append(_ kind: QueryToken.Kind, _ range: Range<Int>) {
        tokens.append(QueryToken(kind: kind, range: range))
    }

    private mutating func close(_ place: Int) {
        if open.popLast() == nil {
            problems.append(.bracketExtra(place))
        } else {
            append(.close, place..<place + 1)
        }
    }

    /// Reads a run and returns the place behind it.
    private mutating func readRun(from start: Int) -> Int {
        var place = start
        var ownBrackets = 0
        var takesQuotes = false
        scan: while place < scalars.count {
            switch scalars[place] {
            case " ", "|": break scan
            case "(": ownBrackets += 1
            case ")":
                if ownBrackets == 0 { break scan }
                ownBrackets -= 1
            case ":", "=": takesQuotes = true
            case "\"":
                guard takesQuotes, ownBrackets == 0, [":", "=", ","].contains(scalars[place - 1]),
                    let end = nextQuote[place]
                else {
                    break scan
                }
                place = end
                if scalars[place + 1] != "," {
                    place += 1
                    break scan
                }
            default: break
            }
            place += 1
        }
        let isOr = scalars[start..<place] == "OR" && tokens.last.map { $0.kind == .minus } != true
        append(isOr ? .or : .run, start..<place)
        // A quote behind a digit means inches.
        let isInch = scalars[place] == "\"" && (scalars[place - 1].properties.numericType == .decimal)
        return isInch ? place + 1 : place
    }

    /// Leaves out brackets that are not closed, and those of groups too deep inside of others.
    private mutating func dropBrackets() {
        var dropped = Set(open)
        for index in open { problems.append(.bracketUnclosed(tokens[index].range.lowerBound)) }
        var depth = 0
        for (index, token) in tokens.enumerated() where !dropped.contains(index) {
            switch token.kind {
            case .open:
                depth += 1
                guard depth > QueryParser.maximumDepth else { continue }
                dropped.insert(index)
                if depth == QueryParser.maximumDepth + 1 { problems.append(.groupTooDeep(token.range.lowerBound)) }
            case .close:
                if depth > QueryParser.maximumDepth { dropped.insert(index) }
                depth -= 1
            default: continue
            }
        }
        guard !dropped.isEmpty else { return }
        tokens = tokens.indices.filter { !dropped.contains($0) }.map { tokens[$0] }
    }
}
