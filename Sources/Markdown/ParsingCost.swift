/// What cmark would have to do for a source, judged from its lines before it is parsed.
///
/// cmark visits every open container on every line, and every column of a table on every row.
struct ParsingCost {
    /// Most container visits that are allowed, about a tenth of a second.
    private static let maximumVisits = 2_000_000
    /// Most table cells. A wide table of 16 KB took over 8 seconds and 2 GB.
    private static let maximumCells = 50_000

    let allowsTables: Bool

    /// Nil when containers are nested too deep for the number of lines.
    init?(of source: String) {
        var lines = 1
        var mostPipes = 0
        var mostContainers = 0
        var pipes = 0
        var containers = 0
        var isAtStart = true
        for byte in source.utf8 {
            switch byte {
            case UInt8(ascii: "\n"), UInt8(ascii: "\r"):
                lines += 1
                mostPipes = max(mostPipes, pipes)
                mostContainers = max(mostContainers, containers)
                (pipes, containers, isAtStart) = (0, 0, true)
            case UInt8(ascii: "|"):
                pipes += 1
                isAtStart = false
            case UInt8(ascii: ">"), UInt8(ascii: "-"), UInt8(ascii: "*"), UInt8(ascii: "+"), UInt8(ascii: "."),
                UInt8(ascii: ")"):
                if isAtStart { containers += 1 }
            case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "0")...UInt8(ascii: "9"):
                break
            default:
                isAtStart = false
            }
        }
        mostPipes = max(mostPipes, pipes)
        mostContainers = max(mostContainers, containers)
        guard lines * mostContainers <= Self.maximumVisits else { return nil }
        allowsTables = lines * mostPipes <= Self.maximumCells
    }
}
