import Search
import Testing

@Suite struct `Problems of a query` {
    @Test(arguments: [
        ("face \"license plate", ["face", "license", "plate"], 6, "not closed"),
        ("얼굴 “번호판", ["얼굴", "번호판"], 4, "not closed"),
        ("format:\"onnx", ["format:", "onnx"], 8, "quote"),
        ("a \"\" b", ["a", "b"], 3, "between the quotes"),
        ("a (b c", ["a", "b", "c"], 3, "not closed"),
        ("a -(b", ["a", "-b"], 4, "not closed"),
        ("a) b", ["a", "b"], 2, "no open bracket"),
        ("a () b", ["a", "b"], 3, "between the brackets"),
        ("OR a", ["or", "a"], 1, "two things"),
        ("a OR", ["a", "or"], 3, "two things"),
        ("a |", ["a"], 3, "two things"),
        ("a OR OR b", ["{a | b}"], 6, "two things"),
        ("(a OR) b", ["{a or}", "b"], 4, "two things"),
        ("a - b", ["a", "-", "b"], 3, "not wanted"),
        ("a -", ["a", "-"], 3, "not wanted"),
        ("- OR a", ["{- | a}"], 1, "not wanted"),
        ("*", ["*"], 1, "beginning"),
        ("a -** b", ["a", "-**", "b"], 4, "beginning"),
        ("format:", ["format:"], 8, "missing"),
        ("format:onnx,,tflite", ["[format:onnx,tflite]"], 13, "missing"),
        ("format:onnx, tflite", ["[format:onnx]", "tflite"], 13, "missing"),
        ("format: onnx", ["format:", "onnx"], 8, "missing"),
        ("has:", ["has:"], 5, "missing"),
        ("sort:", ["sort:"], 6, "missing"),
        ("size<", ["size<"], 6, "number"),
        ("face size<big", ["face", "size<big"], 11, "number"),
        ("latency_ms<=5MB", ["latency_ms<=5MB"], 13, "number"),
        ("size<1e999", ["size<1e999"], 6, "number"),
        ("size:5MB..big", ["size:5MB..big"], 6, "number"),
        ("format@x:onnx", ["format@x:onnx"], 10, "'@x'"),
        ("size:5MB,10MB", ["size:5MB,10MB"], 6, "not several"),
        ("latency_ms@rpi5:5,10", ["latency_ms@rpi5:5,10"], 17, "not several"),
        ("sort:price", ["sort:price"], 6, "sort takes"),
        ("-sort:new", [], 1, "sort takes"),
        ("fsp>=30", ["fsp>=30"], 1, "'fsp'"),
        ("a has:colour", ["a", "has:colour"], 7, "'colour'"),
    ])
    func `have a column, and the rest is still read`(text: String, items: [String], column: Int, words: String) throws {
        let query = parsed(text)
        #expect(query.tree == items)
        #expect(query.problems.count == 1)
        let problem = try #require(query.problems.first)
        #expect(problem.column == column)
        #expect(problem.en.contains(words))
        #expect(problem.ko.unicodeScalars.contains { (0xAC00...0xD7A3).contains($0.value) })
    }

    @Test func `stand in the order of their columns`() {
        #expect(parsed("(a size< \"b * fsp>3").problems.map(\.column) == [1, 9, 10, 13, 15])
    }

    @Test func `are orders by what has no numbers`() {
        func parsed(_ text: String) -> ParsedQuery {
            QueryParser.parse(text) {
                queryKeys.contains($0)
            } isNumber: {
                $0 != "task"
            }
        }
        #expect(parsed("face sort:task").tree == ["face", "sort:task"])
        #expect(parsed("face sort:task").problems.map(\.column) == [11])
        #expect(parsed("face sort:-top1@coco sort:size").problems.map(\.column) == [6])
    }

    @Test func `say where reading ended`() {
        let long = String(repeating: "낱말 ", count: 200)
        let query = parsed(long)
        #expect(query.items.count == 64)
        #expect(query.problems.map(\.column) == [193, 513])
        #expect(query.problems[1].range == 512..<600)
        #expect(parsed(String(repeating: "x", count: 512)).problems.isEmpty)
        #expect(parsed(String(repeating: "x", count: 513)).items.map(\.text.count) == [512])
    }

    @Test func `are too many items, wherever they stand`() {
        let words = Array(repeating: "a", count: 40).joined(separator: " ")
        let query = parsed("(\(words)) OR (\(words)) sort:new")
        #expect(query.tree == ["{\(words) | \(Array(repeating: "a", count: 24).joined(separator: " "))}"])
        #expect(query.sort == .new)
        #expect(query.problems.map(\.column) == [135])
    }

    @Test func `are groups too deep, which are read without their brackets`() {
        func nested(_ depth: Int) -> String {
            (0..<depth).map { "(x\($0) " }.joined() + "y" + String(repeating: ")", count: depth)
        }
        #expect(parsed(nested(8)).problems.isEmpty)
        let query = parsed(nested(10))
        #expect(query.problems.map(\.column) == [33])
        #expect(query.tree == ["{x0 {x1 {x2 {x3 {x4 {x5 {x6 {x7 x8 x9 y}}}}}}}}"])
    }

    @Test(arguments: [100_000, 200_000]) func `are found in a text of any length`(length: Int) {
        for piece in ["(", ")", "\"", "-", "*", "|", "a:", "OR ", "size<", "(a ", "a OR ", ",", "5MB "] {
            let query = parsed(String(repeating: piece, count: length / piece.count))
            #expect(query.items.count <= 64)
            #expect(query.problems.count <= 513)
        }
    }
}
