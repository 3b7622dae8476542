import Search
import Testing

@Suite struct `A set of models` {
    @Test func `is the same as a set of numbers, in memory and as rows`() {
        var generator = SplitMix(state: 4096)
        for width in [100, 4096, 20_000] {
            var numbers: Set<Int> = []
            var rows: [Int: [UInt8]] = [:]
            for _ in 0..<2000 {
                let id = Int.random(in: 0..<width, using: &generator)
                let isMember = Bool.random(using: &generator) || Bool.random(using: &generator)
                if isMember { numbers.insert(id) } else { numbers.remove(id) }
                rows[id / 4096] = ModelSet.row(rows[id / 4096] ?? [], setting: id % 4096, to: isMember)
            }
            var set = ModelSet()
            for (chunk, row) in rows {
                #expect(row.count <= 512)
                row.withUnsafeBytes { set.insert(chunk: chunk, $0) }
            }
            let others = Set((0..<500).map { _ in Int.random(in: 0..<width, using: &generator) })
            let otherSet = ModelSet(others)
            #expect(members(set) == numbers && set.count == numbers.count)
            #expect(
                rows.reduce(0) { $0 + commonCount(otherSet, $1.key, $1.value) }
                    == numbers.intersection(others).count)
            var (union, common, rest) = (set, set, set)
            union.formUnion(otherSet)
            common.formIntersection(otherSet)
            rest.subtract(otherSet)
            #expect(members(union) == numbers.union(others))
            #expect(members(common) == numbers.intersection(others))
            #expect(members(rest) == numbers.subtracting(others))
        }
    }

    @Test func `is no row any more when its last model goes, however many there were`() {
        var row: [UInt8] = []
        for place in 0..<400 { row = ModelSet.row(row, setting: place, to: true) }
        #expect(row.count == 512)
        for place in 0..<400 {
            #expect(!row.isEmpty)
            row = ModelSet.row(row, setting: place, to: false)
        }
        #expect(row.isEmpty)
    }

    private func commonCount(_ set: ModelSet, _ chunk: Int, _ row: [UInt8]) -> Int {
        row.withUnsafeBytes { set.commonCount(chunk: chunk, $0) }
    }

    private func members(_ set: ModelSet) -> Set<Int> {
        var members: Set<Int> = []
        set.forEach { members.insert($0) }
        return members
    }
}
