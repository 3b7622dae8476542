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
