import Synchronization

/// What a search notes of each model while it runs: dense arrays by row id, lent again to the next search.
struct SearchScratch {
    /// How the unit at hand was found: two bits a field (``SearchField/shift``) with a ``Tier``.
    var levels: [UInt8] = []
    /// The units found so far, a bit each; and 16 bits higher those of them found as asked for or in other words.
    var units: [UInt32] = []
    var scores: [Float] = []

    /// How near to the words of the query a term is; 0 is not found.
    enum Tier: UInt8 {
        case related = 1
        case synonym
        case literal

        static let weights: [Float] = [0, 0.3, 0.8, 1]
    }

    /// What a level adds to the score of a model.
    static let contributions: [Float] = (0..<256).map { level in
        SearchField.allCases.reduce(0) { sum, field in
            sum + field.weight * Tier.weights[level >> Int(field.shift) & 3]
        }
    }

    /// Whether a level means more than that something related was found.
    static let isStrong: [Bool] = (0...UInt8.max).map { level in
        SearchField.allCases.contains { level >> $0.shift & 3 >= Tier.synonym.rawValue }
    }

    /// Lends cleared arrays for ids below `capacity`.
    static func lend<T>(capacity: Int, _ body: (inout SearchScratch) throws -> T) rethrows -> T {
        var scratch = pool.withLock { $0.popLast() } ?? SearchScratch()
        scratch.clear(capacity)
        defer { pool.withLock { if $0.count < maximumKept { $0.append(scratch) } } }
        return try body(&scratch)
    }

    private mutating func clear(_ capacity: Int) {
        levels = []
        guard units.count >= capacity else {
            levels = [UInt8](repeating: 0, count: capacity)
            units = [UInt32](repeating: 0, count: capacity)
            scores = [Float](repeating: 0, count: capacity)
            return
        }
        levels = [UInt8](repeating: 0, count: units.count)
        for index in units.indices { units[index] = 0 }
        for index in scores.indices { scores[index] = 0 }
    }

    private static let pool = Mutex<[SearchScratch]>([])
    private static let maximumKept = 4
}
