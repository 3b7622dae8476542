/// Which models are looked at where all would be too many: those whose row id has a hash that ends in some zeros.
///
/// It is the same choice in the snapshot and in SQL, and the same models again for the next query.
package enum ModelSample {
    /// The most models that are all looked at; of more, between half as many and as many are, give or take chance.
    package static let most = 2048

    /// How many zeros are asked for where so many models match.
    package static func level(of matching: Int) -> Int {
        var (level, rest) = (0, matching)
        while rest > most {
            rest /= 2
            level += 1
        }
        return level
    }

    /// With how many zeros the hash of a model ends.
    package static func level(ofModel id: Int64) -> Int {
        ((UInt64(bitPattern: id) &* 0x9E37_79B9_7F4A_7C15) >> 32 | 1 << 32).trailingZeroBitCount
    }
}
