import Registry
import Search
import TestSupport
import Testing

@Suite struct `A plan` {
    /// 100 models: 30 hold each of some words, 25 both of the first two.
    private let index: MemoryIndex

    init() throws {
        index = try MemoryIndex.holding(
            (0..<100).map { number in
                let words = [
                    number < 30 ? "quilt" : "", (5..<35).contains(number) ? "stroller" : "", number >= 70 ? "lamp" : "",
                    number == 0 ? "tent" : "",
                ]
                let tags = [1: ["file-format:tflite"], 2: ["format:onnx"], 4: ["size:500"]][number] ?? []
                let name = number == 3 ? "zebra-giraffe-elephant-crocodile-hippopotamus" : "m\(number)"
                return ("acme/\(name)", tags, words.joined(separator: " "))
            })
    }

    private func plan(_ text: String) throws -> PlannedQuery {
        try Planner(vocabulary: .standard, index: index, readers: .anonymous).plan(parsed(text), of: text)
    }

    private func found(_ text: String) throws -> SearchFound {
        index.find(SearchRequest(try plan(text).plan, for: .anonymous))
    }

    @Test(arguments: [
        ("quilt", ["quilt"]), ("quilt stroller", ["quilt", "stroller"]), ("quilt tent", ["tent"]),
        ("-tent quilt", ["quilt"]), ("quilt -tent", ["quilt"]), ("(tent OR lamp) quilt", ["quilt"]),
        ("quilt \"tent\" lamp", ["quilt", "lamp"]), ("quilt (tent) tent", ["tent"]), ("-quilt", []),
    ])
    func `wants the words, those that tell little only where no other is there`(text: String, wanted: [String]) throws {
        let plan = try plan(text).plan
        #expect(plan.wanted.map { plan.units[$0].text } == wanted)
    }

    @Test func `takes two words that tell little for both`() throws {
        let both = try found("quilt stroller")
        #expect((both.total, both.meetingAll, both.isRelaxed) == (25, 25, false))
        #expect(try found("-stroller quilt").total == 5)
    }

    @Test(arguments: [
        ("tent", 1), ("-\"!!\" tent", 1), ("(\"!!\" OR tent)", 1), ("(\"!!\" tent)", 1), ("\"!!\"", 100),
        ("-\"!!\"", 100),
        ("-(\"!!\" tent)", 99), ("has:format", 2), ("-has:format", 98), ("format:tflite", 1),
    ])
    func `asks nothing of signs, and of a key by all of its names`(text: String, total: Int) throws {
        #expect(try found(text).total == total)
    }

    @Test func `puts a few mistyped words right`() throws {
        #expect(
            try plan("zebrra girafffe elephnt crocodle hippopotamos").corrected
                == "zebra giraffe elephant crocodile hippopotamos")
    }

    private static func joined(_ count: Int, _ separator: String = " ", _ piece: (Int) -> String) -> String {
        (0..<count).map(piece).joined(separator: separator)
    }

    /// A query within a bound and one beyond it, with what is left out of that.
    @Test(
        arguments: [
            (joined(12) { "word\($0)x" }, joined(14) { "word\($0)x" }, "word12x word13x"),
            (joined(8) { "size>\($0)" }, joined(9) { "size>\($0)" }, "size>8"),
            (
                joined(8) { "-has:size size>\($0)" }.split(separator: " ").prefix(8).joined(separator: " "),
                joined(8) { "size>\($0)" } + " -has:size", "-has:size"
            ),
            (joined(8) { "pre\($0)x*" }, joined(9) { "pre\($0)x*" }, "pre8x*"),
            (joined(40, " OR ") { "word\($0)x" }, "(\(joined(41, " OR ") { "word\($0)x" }))", nil),
            ("\"a\"", joined(41) { "\"word\($0)x y\"" }, "\"word40x y\""),
            (joined(12, ".") { "a\($0)x" }, joined(70, ".") { "a\($0)x" }, nil),
        ] as [(String, String, String?)])
    func `leaves out what is too much, and says so`(within: String, beyond: String, leftOut: String?) throws {
        #expect(try plan(within).understood.allSatisfy { $0.problem == nil })
        let planned = try plan(beyond)
        let told = planned.understood.filter { $0.problem != nil }
        #expect(!told.isEmpty)
        if let leftOut { #expect(told.map(\.text) == [leftOut]) }
        for item in told { #expect(cut(item.range, of: beyond) == item.text) }
        #expect(planned.plan.units.count <= 41)
        #expect(planned.plan.wanted.count <= 12)
    }
}
