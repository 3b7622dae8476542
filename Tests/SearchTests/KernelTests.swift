import CSearchKernels
import Testing

/// Some loops are written twice, for processors of one kind and for all others; here stands what both must do.
@Suite struct `A loop of search` {
    /// A block of documents with bits of many densities, its levels from an odd or even place on, and what is wanted of it.
    private struct Block {
        var bits: [UInt64] = []
        var mask: [UInt64] = []
        let levels: [UInt8]
        let start: Int

        init(_ random: inout IndexRandom, start: Int) {
            self.start = start
            for _ in 0..<64 {
                var word = random.next()
                for _ in 0..<random.below(5) { word &= random.next() }
                bits.append(random.below(9) == 0 ? .max : word)
                mask.append(random.below(9) == 0 ? 0 : random.next() | random.next())
            }
            // No longer than it has to be: a loop that reads further would read what is not its own.
            let count = start + bits.reduce(0) { $0 + $1.nonzeroBitCount }
            levels = (0..<(count + 1) / 2).map { _ in UInt8(truncatingIfNeeded: random.next()) }
        }

        /// The places of the documents of the mask, with their levels.
        var wanted: [(place: Int, level: Int)] {
            var found: [(place: Int, level: Int)] = []
            var number = start
            for place in 0..<4096 where bits[place >> 6] >> UInt64(place & 63) & 1 == 1 {
                let level = Int(levels[number >> 1] >> UInt8((number & 1) * 4) & 15)
                if mask[place >> 6] >> UInt64(place & 63) & 1 == 1 { found.append((place, level)) }
                number += 1
            }
            return found
        }
    }

    @Test func `raises what the levels of some documents are worth`() {
        var random = IndexRandom(seed: 21)
        for start in 0..<300 {
            let block = Block(&random, start: start)
            let worth = (0..<16).map { _ in UInt8(truncatingIfNeeded: random.next()) }
            var best = (0..<4096).map { _ in UInt8(truncatingIfNeeded: random.next()) }
            var expected = best
            for (place, level) in block.wanted { expected[place] = max(expected[place], worth[level]) }
            csearch_raise_packed(&best, block.bits, block.levels, block.start, block.mask, worth)
            #expect(best == expected)
        }
    }

    @Test func `takes each document once`() {
        var random = IndexRandom(seed: 22)
        for round in 0..<300 {
            let block = Block(&random, start: 0)
            var (sums, left) = ([Int32](repeating: Int32(round), count: 4096), block.mask)
            csearch_take(&sums, block.bits, &left, 77)
            for place in 0..<64 { #expect(left[place] == block.mask[place] & ~block.bits[place]) }
            let taken = Set(block.wanted.map(\.place))
            #expect(sums.indices.allSatisfy { sums[$0] == Int32(round + (taken.contains($0) ? 77 : 0)) })
        }
    }

    @Test func `inserts the documents whose number lies between two`() {
        var random = IndexRandom(seed: 23)
        for _ in 0..<100 {
            var document = 0
            var (documents, codes): ([UInt32], [UInt16]) = ([], [])
            for _ in 0..<random.below(300) {
                document = min(4095, document + random.below(40))
                documents.append(UInt32(document))
                codes.append(UInt16(random.below(20)))
            }
            let (lower, upper) = (UInt32(random.below(20)), UInt32(random.below(22)))
            var bits = (0..<64).map { _ in random.next() & random.next() }
            var (wide, expected) = (bits, bits)
            for (document, code) in zip(documents, codes) where code >= lower && code < upper {
                expected[Int(document >> 6)] |= 1 << UInt64(document & 63)
            }
            csearch_insert_between(&bits, documents, codes, documents.count, lower, upper)
            csearch_insert_between_wide(&wide, documents, codes.map(UInt32.init), documents.count, lower, upper)
            #expect(bits == expected && wide == expected)
        }
    }
}
