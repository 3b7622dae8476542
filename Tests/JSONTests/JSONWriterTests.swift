import JSON
import Testing

@Suite struct `The JSON writer` {
    func text(_ body: (inout JSONWriter) -> Void) -> String { String(decoding: JSONWriter.bytes(body), as: UTF8.self) }

    @Test func `sets the commas`() {
        let dynamic = "dyn\"amic"
        let written = text { json in
            json.object { json in
                json.member("name", "a")
                json.member("none", String?.none)
                json.member("count", 3)
                json.member("size", Int64.min)
                json.member("ratio", 0.5)
                json.member("draft", false)
                json.member("tags", ["x", "y"])
                json.member("any", ["k": [1, nil]] as JSONValue)
                json.object("empty") { _ in }
                json.array("list") { json in
                    json.array { _ in }
                    json.null()
                    json.object { $0.member("in", true) }
                    json.integer(0)
                }
                json.key(dynamic)
                json.raw(Array("[1]".utf8))
            }
        }
        #expect(
            written == """
                {"name":"a","none":null,"count":3,"size":-9223372036854775808,"ratio":0.5,"draft":false,"tags":["x","y"],\
                "any":{"k":[1,null]},"empty":{},"list":[[],null,{"in":true},0],"dyn\\"amic":[1]}
                """)
    }

    @Test(arguments: [
        ("", ""), ("plain and longer than eight", "plain and longer than eight"), ("가나다 라마바사", "가나다 라마바사"),
        ("\"\\/", #"\"\\/"#), ("\u{8}\t\n\u{C}\r\u{1F}\u{0}", #"\b\t\n\f\r\u001f\u0000"#),
        ("1234567\"890", #"1234567\"890"#), ("\u{7F}\u{2028}", "\u{7F}\u{2028}"),
    ])
    func `escapes what it must`(plain: String, escaped: String) {
        #expect(text { $0.string(plain) } == "\"\(escaped)\"")
    }

    @Test func `escapes each byte at each place`() throws {
        for scalar in (0..<256).compactMap({ Unicode.Scalar(UInt32($0)) }) {
            for place in 0..<17 {
                let plain = String(repeating: "x", count: place) + String(scalar) + "yyyyyyyyy"
                let value = JSONValue.string(plain)
                let back = try JSONValue(parsing: value.bytes)
                #expect(back == value)
            }
        }
    }

    @Test func `grows`() {
        var writer = JSONWriter(capacity: 1)
        let long = String(repeating: "\u{1}", count: 10_000)
        writer.string(long)
        #expect(writer.count == 60_002)
        #expect(writer.bytes.count == 60_002)
    }

    @Test func `writes null for what JSON has no number for`() {
        #expect(
            text { $0.array { json in for value in [Double.nan, .infinity, 1.5] { json.number(value) } } }
                == "[null,null,1.5]")
    }
}
