import Search
import Storage
import Testing

@Suite struct `The effective context` {
    /// Tags of a text such as `env:day object:car!measured`; each tag has the row id of its place in ``names``.
    private func facts(_ text: String) throws -> [ContextFact] {
        try text.split(separator: " ").map { word in
            let parts = word.split(separator: "!")
            let tag = parts[0].split(separator: ":", maxSplits: 1)
            let source = try parts.count > 1 ? #require(ContextTagStore.Source(rawValue: String(parts[1]))) : .declared
            if tag[0] == "bytes" {
                return ContextFact(column: "size", number: try #require(Double(tag[1])), source: .extracted)
            }
            return ContextFact(
                tag: try #require(names.firstIndex(of: String(parts[0])).map(Int64.init)), key: String(tag[0]),
                value: tag[1].lowercased(), source: source)
        }
    }

    private let names = [
        "env:day", "env:night", "object:car", "object:person", "task:pose-estimation", "task:object-detection",
        "format:onnx", "format:tflite", "size:5", "size:7", "size:big", "latency_ms:35@rpi5", "latency_ms:20@rpi5",
        "latency_ms:90@rpi4", "latency_ms:12", "mood:calm", "mood:wild", "fps:@rpi5", "mood:7", "size:inf",
        "size:1.5MB", "latency_ms:5MB",
    ]

    static let cases: [(model: String, version: String, variants: [String], tags: String, numbers: String)] = [
        ("", "", [], "", ""),
        ("env:day object:car", "", [], "env:day object:car", ""),
        // The nearest level that says anything of a key says all of it.
        ("env:day object:car", "env:night", [], "env:night object:car", ""),
        ("env:day", "env:night", ["env:day env:night"], "env:day env:night", ""),
        ("env:day", "", ["env:night", ""], "env:day env:night", ""),
        ("env:day", "env:night", ["", ""], "env:night", ""),
        ("", "", ["format:onnx", "format:tflite"], "format:onnx format:tflite", ""),
        ("mood:calm mood:wild", "", [], "mood:calm mood:wild", ""),
        // Of one value: the best source at the level. Of many: all.
        ("task:pose-estimation task:object-detection", "", [], "task:object-detection task:pose-estimation", ""),
        ("task:pose-estimation!inferred task:object-detection", "", [], "task:object-detection", ""),
        ("task:pose-estimation!extracted task:object-detection", "", [], "task:pose-estimation", ""),
        ("task:pose-estimation!extracted task:object-detection!measured", "", [], "task:object-detection", ""),
        ("env:day!inferred env:night!measured", "", [], "env:day env:night", ""),
        ("", "format:onnx!measured", ["format:tflite!inferred"], "format:tflite", ""),
        // Numbers, also of a board or dataset.
        ("size:5", "", [], "size:5", "size 5"),
        ("size:5 size:7", "", [], "size:5 size:7", "size 5, size 7"),
        ("size:5!extracted size:7", "", [], "size:5", "size 5"),
        ("size:5", "size:7", [], "size:7", "size 7"),
        ("size:big", "", [], "size:big", ""),
        ("size:inf", "", [], "size:inf", ""),
        ("latency_ms:35@rpi5", "", [], "latency_ms:35@rpi5", "latency_ms 35, latency_ms@rpi5 35"),
        (
            "latency_ms:35@rpi5", "latency_ms:20@rpi5 latency_ms:90@rpi4", [],
            "latency_ms:20@rpi5 latency_ms:90@rpi4",
            "latency_ms 20, latency_ms 90, latency_ms@rpi4 90, latency_ms@rpi5 20"
        ),
        (
            "latency_ms:90@rpi4", "", ["latency_ms:35@rpi5", "latency_ms:12"],
            "latency_ms:12 latency_ms:35@rpi5 latency_ms:90@rpi4",
            "latency_ms 12, latency_ms 35, latency_ms 90, latency_ms@rpi4 90, latency_ms@rpi5 35"
        ),
        ("fps:@rpi5", "", [], "fps:@rpi5", ""),
        ("mood:7 mood:calm", "", [], "mood:7 mood:calm", "mood 7"),
        ("size:1.5MB", "", [], "size:1.5MB", "size 1500000"),
        ("latency_ms:5MB", "", [], "latency_ms:5MB", ""),
        // The size of a variant's files is nearer than what is said of the version.
        ("", "size:5", ["bytes:9", "size:7"], "size:7", "size 7, size 9"),
    ]

    @Test(arguments: cases)
    func `is what stands nearest to each variant`(
        model: String, version: String, variants: [String], tags: String, numbers: String
    ) throws {
        let context = EffectiveContext(
            model: try facts(model), version: try facts(version), variants: try variants.map { try facts($0) })
        #expect(context.tags.map { names[Int($0)] }.sorted().joined(separator: " ") == tags)
        let found = context.numbers.sorted { ($0.column, $0.value) < ($1.column, $1.value) }
        #expect(found.map { "\($0.column) \(Int($0.value))" }.joined(separator: ", ") == numbers)
    }

    @Test func `trusts what is measured most`() {
        #expect(ContextTagStore.Source.allCases.sorted() == [.inferred, .declared, .extracted, .measured])
    }
}
