import Registry
import Search
import TestSupport

/// The words and the context of a made-up repository: what the vocabulary knows, in both languages, and much that nobody
/// knows.
struct LargeWords: Sendable {
    /// The common ones first.
    let words: [String]
    /// What people call things, of one word or several: labels and synonyms of the vocabulary.
    let names: [String]
    /// Context keys with their values, the common ones first.
    let values: [(key: String, values: [String])]
    let services: [String]

    static let boards = ["rpi5", "rpi4", "jetson-nano", "coral"]
    static let numbers: [(key: String, units: [String])] = [
        ("size", ["MB", "kB", "MiB", "", "GB"]), ("params", ["M", "k", ""]), ("latency_ms", ["ms", "", "s"]),
        ("fps", ["fps", ""]), ("top1", ["%", ""]), ("mood", [""]),
    ]
    private static let particles = ["을", "를", "이", "은", "에서", "의", "용", "과", "으로"]

    init(seed: UInt64) {
        var random = SplitMix(state: seed)
        let vocabulary = ContextVocabulary.standard
        let names = vocabulary.entries.flatMap { [$0.label.ko, $0.label.en] + $0.synonyms }
            .filter { !$0.isEmpty }
        let known = names.flatMap { $0.split(separator: " ").map(String.init) }
        let latin = ["ka", "ro", "mi", "tel", "vun", "dor", "sen", "pi", "lax", "no", "ez", "qua", "st", "ing"]
        let hangul = Array("가로미텔분도센피락노별숲강늘봄결솔마루온")
        var made: Set<String> = ["yolov4", "v2", "int8", "3d", "re-id", "mobile_net", "ａｂｃ", "Straße", "中文"]
        for _ in 0..<1500 {
            made.insert((0...1 + random.below(3)).map { _ in random.pick(latin) }.joined())
            made.insert(String((0...1 + random.below(2)).map { _ in random.pick(hangul) }))
        }
        words = (Set(known).union(made)).sorted().shuffled(using: &random)
        self.names = names.sorted().shuffled(using: &random)
        services = vocabulary.entries.filter { $0.key == "service" }.map(\.value)
        var values: [(key: String, values: [String])] = []
        for key in ["task", "object", "env", "sensor", "format", "precision", "framework", "board", "accel", "license"]
        {
            let known = vocabulary.entries.filter { $0.key == key }.map(\.value)
            let own = (0..<5 + random.below(40)).map { _ in random.pick(made.sorted()) }
            values.append((key, (known + own).shuffled(using: &random)))
        }
        values.append(("tag", words.prefix(400).shuffled(using: &random)))
        values.append(("domain", self.names.prefix(60).map { $0 }))
        values.append(("colour", ["red", "Red wine", "파랑", "RED", "deep blue", "blue-ish"]))
        self.values = values
    }

    func text(_ most: Int, _ random: inout SplitMix) -> String {
        (0..<random.below(most + 1)).map { _ in
            switch random.below(12) {
            case 0: return random.skewed(names)
            case 1: return random.skewed(words) + random.pick(Self.particles)
            default: return random.skewed(words)
            }
        }.joined(separator: " ")
    }

    /// A tag of some key, and seldom one that no other model has.
    func tag(_ random: inout SplitMix) -> String {
        if random.chance(2) { return "tag:only-\(random.below(5000))" }
        let (key, values) = random.skewed(values)
        return "\(key):\(random.skewed(values))"
    }

    /// A tag that is a number, with a unit or without.
    func number(_ random: inout SplitMix) -> String {
        let (key, units) = random.pick(Self.numbers)
        let value = ["1", "5", "7.5", "20", "35", "0.5", "100", "999", "-3", "70"]
        let at = random.chance(40) && key != "size" ? "@\(random.pick(Self.boards))" : ""
        return "\(key):\(random.pick(value))\(random.pick(units))\(at)"
    }
}
