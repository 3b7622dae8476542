import JSON
import Testing

@Suite struct `The canonical form` {
    func canonical(_ text: String) throws -> String {
        String(decoding: try JSONValue(parsing: text.utf8).canonicalBytes, as: UTF8.self)
    }

    @Test(arguments: [
        (#" { "b" : 1.0 , "a" : [ true , null ] } "#, #"{"a":[true,null],"b":1}"#),
        (
            #"{"numbers":[333333333.33333329,1E30,4.50,2e-3,0.000000000000000000000000001]}"#,
            #"{"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27]}"#
        ),
        (#"{"s":"\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/"}"#, #"{"s":"€$\u000f\nA'B\"\\\\\"/"}"#),
        (#"{"z":{"b":2,"a":1},"":0}"#, #"{"":0,"z":{"a":1,"b":2}}"#),
        ("9007199254740993", "9007199254740993"), ("-0.0", "0"), ("1e2", "100"),
    ])
    func `is that of RFC 8785`(text: String, expected: String) throws { #expect(try canonical(text) == expected) }

    @Test func `sorts keys by their UTF-16`() throws {
        // U+1F600 begins with the surrogate D83D, which comes before U+FB33, though its scalar comes after.
        let keys = ["\r", "1", "\u{80}", "\u{F6}", "\u{20AC}", "\u{1F600}", "\u{FB33}"]
        let object = JSONObject(keys.reversed().map { ($0, JSONValue.null) })
        let sorted = try JSONValue(parsing: JSONValue.object(object).canonicalBytes)
        #expect(sorted.object?.keys == keys)
    }

    @Test func `does not depend on the order of members`() throws {
        let one = try JSONValue(parsing: #"{"a":1,"b":{"c":2,"d":3}}"#.utf8)
        let other = try JSONValue(parsing: #"{"b":{"d":3,"c":2},"a":1}"#.utf8)
        #expect(one == other)
        #expect(one.hashValue == other.hashValue)
        #expect(one.canonicalBytes == other.canonicalBytes)
        #expect(one.bytes != other.bytes)
    }
}
