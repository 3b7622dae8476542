import Search
import Testing

@Suite struct `A cache of neighbours` {
    private static func counts(_ tags: Int) -> NeighbourCache.Counts {
        NeighbourCache.Counts(
            matching: 1, keys: ["object"],
            tags: (0..<tags).map { .init(id: Int64($0), key: 0, count: 1, publicCount: 1) }, sampled: 1)
    }

    @Test func `counts once what is asked again`() {
        let cache = NeighbourCache()
        var counted = 0
        for _ in 0..<3 {
            _ = cache.counts(.tags([1])) {
                counted += 1
                return Self.counts(10)
            }
        }
        #expect(counted == 1)
        #expect(cache.tagCount == 10)
        cache.removeAll()
        #expect(cache.tagCount == 0)
    }

    @Test func `keeps what was asked last, and only so many tags`() {
        let cache = NeighbourCache()
        let many = NeighbourCache.mostTags / 10
        for place in 0..<100 {
            _ = cache.counts(.tags([Int64(place)])) { Self.counts(many) }
            #expect(cache.tagCount <= NeighbourCache.mostTags)
        }
        var counted: [Int] = []
        for place in [99, 0] {
            _ = cache.counts(.tags([Int64(place)])) {
                counted.append(place)
                return Self.counts(many)
            }
        }
        #expect(counted == [0])
    }

    @Test func `does not keep what would push all else out`() {
        let cache = NeighbourCache()
        _ = cache.counts(.prefix("a")) { Self.counts(10) }
        _ = cache.counts(.prefix("b")) { Self.counts(NeighbourCache.mostTags) }
        #expect(cache.tagCount == 10)
    }
}
