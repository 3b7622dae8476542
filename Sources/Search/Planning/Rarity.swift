import Glibc

/// What meeting a unit is worth, by how many public models do (the inverse document frequency of BM25).
enum Rarity {
    static let maximum = 4096

    /// The rarity of what `count` (an estimate) of `all` public models meet: up to ``maximum``, never nothing.
    static func of(_ count: Int, among all: Int) -> Int {
        let count = Double(min(max(count, 0), all))
        let most = log(1 + (Double(all) + 0.5) / 0.5)
        let rarity = log(1 + (Double(all) - count + 0.5) / (count + 0.5))
        return min(max(Int((rarity / most * Double(maximum)).rounded()), maximum / 100), maximum)
    }
}
