/// SplitMix64 (Steele, Lea, Flood: "Fast Splittable Pseudorandom Number Generators", 2014).
struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var word = state
        word = (word ^ word >> 30) &* 0xBF58_476D_1CE4_E5B9
        word = (word ^ word >> 27) &* 0x94D0_49BB_1331_11EB
        return word ^ word >> 31
    }

    mutating func below(_ end: Int) -> Int { Int(next() % UInt64(max(end, 1))) }

    /// True `percent` times of a hundred.
    mutating func chance(_ percent: Int) -> Bool { below(100) < percent }

    mutating func pick<T>(_ from: [T]) -> T { from[below(from.count)] }

    /// The first ones far more often than the last: a tenth of them half of the time.
    mutating func skewed<T>(_ from: [T]) -> T {
        let share = Double(next() >> 11) / Double(1 << 53)
        return from[min(Int(Double(from.count) * share * share * share), from.count - 1)]
    }
}
