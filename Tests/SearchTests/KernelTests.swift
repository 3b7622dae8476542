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

    @Test func `selects the documents whose time lies between two`() {
        var random = IndexRandom(seed: 24)
        for round in 0..<200 {
            let block = Block(&random, start: 0)
            let end = [3, 1000, Int(UInt32.max)][round % 3]
            let times = (0..<4096).map { _ in UInt32(random.below(end + 1)) }
            let (lower, upper) = (UInt32(random.below(end)), round % 2 == 0 ? .max : UInt32(random.below(end)))
            var out = [UInt16](repeating: 0, count: 4096)
            let count = csearch_select_times(&out, block.bits, times, lower, upper)
            let expected = (0..<4096).filter { place in
                block.bits[place >> 6] >> UInt64(place & 63) & 1 == 1 && times[place] >= lower && times[place] <= upper
            }
            #expect(out.prefix(count).map(Int.init) == expected)
            #expect(csearch_latest(times, 4096) == times.max() ?? 0)
        }
        #expect(csearch_latest([], 0) == 0)
    }

    @Test func `counts postings whose bit is set`() {
        var random = IndexRandom(seed: 25)
        for round in 0..<200 {
            let blocks = 1 + random.below(4)
            var (starts, postings): ([UInt32], [UInt16]) = ([0], [])
            var (bits, expected): ([UInt64], UInt64) = ([], 0)
            for _ in 0..<blocks {
                let own = Block(&random, start: 0).bits
                let rare = random.below(random.below(4000) + 1)
                for place in 0..<4096 where random.below(4096) < rare {
                    postings.append(UInt16(place << 4 | random.below(16)))
                    expected += own[place >> 6] >> UInt64(place & 63) & 1
                }
                starts.append(UInt32(postings.count))
                bits += own
            }
            // No longer than it has to be: a loop that reads further would read what is not its own.
            let exact = Array(postings)
            #expect(csearch_count_blocks(starts, exact, blocks, bits) == expected, "round \(round)")
        }
    }

    @Test func `sums up, and tells no less than the greatest sum`() {
        var random = IndexRandom(seed: 26)
        for round in 0..<200 {
            let bits = Block(&random, start: 0).bits.map { random.below(3) == 0 ? 0 : $0 }
            var sums = (0..<4096).map { _ in Int32(random.below(1 << 20)) }
            let values = (0..<4096).map { _ in UInt8(truncatingIfNeeded: random.next()) }
            if round % 2 == 0 { csearch_clear(&sums, bits) }
            let places = (0..<4096).filter { bits[$0 >> 6] >> UInt64($0 & 63) & 1 == 1 }
            let expected = places.map { (round % 2 == 0 ? 0 : sums[$0]) + 4096 * Int32(values[$0]) }
            csearch_accumulate(&sums, values, 4096, bits)
            #expect(places.map { sums[$0] } == expected)
            let greatest = csearch_greatest(sums, bits)
            #expect(greatest >= expected.max() ?? 0)
            #expect(greatest <= sums.max() ?? 0)
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
