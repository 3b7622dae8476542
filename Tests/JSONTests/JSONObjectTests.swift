import JSON
import Testing

@Suite struct `A JSON object` {
    @Test(arguments: [3, 24, 25, 26, 90])
    func `keeps its order through changes`(count: Int) {
        var object = JSONObject((0..<count).map { ("k\($0)", .integer(Int64($0))) })
        object["k1"] = "changed"
        object["k0"] = nil
        object["new"] = true
        object["nothing"] = nil
        #expect(object.keys == (1..<count).map { "k\($0)" } + ["new"])
        #expect(object["k1"] == "changed")
        #expect(object["k2"] == 2)
        #expect(object["k0"] == nil)
        #expect(object.count == count)
    }

    /// `é` and `e` with an accent are equal as strings, and as hashes of strings. Found by comparing each with all, these
    /// keys would take hours.
    @Test func `tells keys apart that are equal to the eye`() throws {
        let keys = (0..<20_000).map { index in
            (0..<15).map { index >> $0 & 1 == 0 ? "\u{E9}" : "e\u{301}" }.joined()
        }
        let text = "{" + keys.enumerated().map { "\"\($1)\":\($0)" }.joined(separator: ",") + "}"
        let object = try #require(try JSONValue(parsing: Array(text.utf8)).object)
        #expect(object.count == 20_000)
        let last = try #require(object.keys.last)
        #expect(object[last] == 19_999)
    }

    @Test func `gives typed values`() {
        let value: JSONValue = ["s": "x", "i": 3, "d": 0.5, "b": true, "a": [1], "o": ["k": nil], "n": nil]
        #expect(value["s"]?.string == "x")
        #expect(value["i"]?.integer == 3)
        #expect(value["i"]?.double == 3)
        #expect(value["d"]?.double == 0.5)
        #expect(value["d"]?.integer == nil)
        #expect(value["b"]?.bool == true)
        #expect(value["a"]?.array == [1])
        #expect(value["o"]?.object?.keys == ["k"])
        #expect(value["n"]?.isNull == true)
        #expect(value["missing"] == nil)
        #expect(value["s"]?["x"] == nil)
    }
}
