import JSON
import Testing

@Suite struct `The JSON parser` {
    @Test(
        arguments: [
            ("null", nil), (" \t\r\n true \n", true), ("false", false), ("0", 0), ("-0", 0), ("-12", -12),
            ("9223372036854775807", .integer(.max)), ("-9223372036854775808", .integer(.min)), ("1.0", .number(1)),
            ("-0.5e1", .number(-5)), ("1E+2", .number(100)), ("1e-400", .number(0)), ("1e20", .number(1e20)),
            ("100000000000000000000", .number(1e20)), ("\"\"", ""), ("\"가\"", "가"),
            (#""\"\\\/\b\f\n\r\t""#, "\"\\/\u{8}\u{C}\n\r\t"), (#""\u0000\u00e9\uAC00""#, "\0é가"),
            (#""a\uD83D\uDE00b""#, "a😀b"), ("[]", []), ("[ ]", []), ("[1, [2]]", [1, [2]]), ("{}", [:]),
            (#"{"b" : 1 ,"a":{"b":[null]}}"#, ["b": 1, "a": ["b": [nil]]]), (#"{"":""}"#, ["": ""]),
        ] as [(String, JSONValue)])
    func `reads`(text: String, value: JSONValue) throws {
        #expect(try JSONValue(parsing: text.utf8) == value)
        #expect(try JSONValue(parsing: value.bytes).bytes == value.bytes)
    }

    @Test(
        arguments: [
            ("", .endOfInput, 0), ("  ", .endOfInput, 2), ("nul", .endOfInput, 3), ("nulx", .unexpectedByte(120), 3),
            ("true false", .trailingBytes, 5), ("[1,]", .unexpectedByte(93), 3), ("[1 2]", .unexpectedByte(50), 3),
            ("[", .endOfInput, 1), ("[1", .endOfInput, 2), ("{", .endOfInput, 1), ("{\"a\"", .endOfInput, 4),
            ("{a:1}", .unexpectedByte(97), 1), ("{\"a\" 1}", .unexpectedByte(49), 5),
            ("{\"a\":1,}", .unexpectedByte(125), 7), ("'a'", .unexpectedByte(39), 0), ("\"a", .endOfInput, 2),
            ("\"a\nb\"", .controlCharacter, 2), (#""a\x""#, .invalidEscape, 2), (#""\u12g4""#, .invalidEscape, 5),
            (#""\u12"#, .endOfInput, 5), (#""\"#, .endOfInput, 2), (#""ab\uD800""#, .loneSurrogate, 3),
            (#""\uDC00""#, .loneSurrogate, 1), (#""\uD800\u0041""#, .loneSurrogate, 1),
            (#""\uD800\n""#, .loneSurrogate, 1), ("01", .invalidNumber, 0), ("-", .endOfInput, 1),
            ("-a", .invalidNumber, 1), ("1.", .endOfInput, 2), ("1.e1", .invalidNumber, 2), ("1e", .endOfInput, 2),
            (".5", .unexpectedByte(46), 0), ("+1", .unexpectedByte(43), 0), ("1e400", .numberOutOfRange, 0),
            ("[9223372036854775808]", .numberOutOfRange, 1), ("NaN", .unexpectedByte(78), 0),
            ("\u{FEFF}1", .unexpectedByte(0xEF), 0), (#"{"a":1,"a":2}"#, .duplicateKey("a"), 7),
            (#"[{"x":{"b":1,"\u0062":2}}]"#, .duplicateKey("b"), 13), ("// no", .unexpectedByte(47), 0),
        ] as [(String, JSONError.Reason, Int)])
    func `refuses, saying where`(text: String, reason: JSONError.Reason, offset: Int) {
        let error = #expect(throws: JSONError.self) { try JSONValue(parsing: text.utf8) }
        #expect(error?.reason == reason)
        #expect(error?.offset == offset)
        #expect(error?.description.hasSuffix("at byte \(offset)") == true)
    }

    @Test(
        arguments: [
            ([0x22, 0x61, 0xFF, 0x22], 2), ([0x22, 0xC0, 0x80, 0x22], 1), ([0x22, 0xED, 0xA0, 0x80, 0x22], 1),
            ([0x22, 0x5C, 0x6E, 0xE3, 0x81, 0x22], 3), ([0x22, 0xF4, 0x90, 0x80, 0x80, 0x22], 1),
        ] as [([UInt8], Int)])
    func `refuses what is not UTF-8`(bytes: [UInt8], offset: Int) {
        let error = #expect(throws: JSONError.self) { try JSONValue(parsing: bytes) }
        #expect(error?.reason == .invalidUTF8)
        #expect(error?.offset == offset)
    }

    @Test(arguments: [("[", "]"), (#"{"a":"#, "}")])
    func `goes 64 deep and no deeper`(open: String, close: String) throws {
        func nested(_ depth: Int) -> String {
            String(repeating: open, count: depth - 1) + (open == "[" ? "[]" : "{}")
                + String(repeating: close, count: depth - 1)
        }
        #expect(throws: Never.self) { try JSONValue(parsing: nested(64).utf8) }
        let error = #expect(throws: JSONError.self) { try JSONValue(parsing: nested(65).utf8) }
        #expect(error?.reason == .tooDeep(maximum: 64))
        #expect(error?.offset == 64 * open.utf8.count)
        #expect(throws: JSONError.self) { try JSONValue(parsing: String(repeating: open, count: 1_000_000).utf8) }
        #expect(throws: Never.self) { try JSONValue(parsing: nested(3).utf8, maximumDepth: 3) }
    }

    @Test func `finds a duplicate among many keys`() {
        let keys = (0..<5000).map { "\"\($0)\":0" }.joined(separator: ",")
        #expect(throws: Never.self) { try JSONValue(parsing: "{\(keys)}".utf8) }
        let error = #expect(throws: JSONError.self) { try JSONValue(parsing: "{\(keys),\"17\":0}".utf8) }
        #expect(error?.reason == .duplicateKey("17"))
    }

    @Test func `tells keys apart that only look alike`() throws {
        let value = try JSONValue(parsing: "{\"\u{E9}\":1,\"e\u{301}\":2}".utf8)
        #expect(value["\u{E9}"] == 1)
        #expect(value["e\u{301}"] == 2)
    }

    @Test func `refuses a number that would keep it busy`() {
        let text = "0." + String(repeating: "1", count: 100_000)
        #expect(throws: JSONError.self) { try JSONValue(parsing: text.utf8) }
    }

    @Test func `ends on every cut and every flipped byte`() {
        let bytes = Array(#"{"a":[1,-2.5e3,true,null,"x\u00e9\ud83d\ude00가"],"b":{"c":""}}"#.utf8)
        for cut in 0..<bytes.count { #expect(throws: JSONError.self) { try JSONValue(parsing: bytes[..<cut]) } }
        for position in bytes.indices {
            for byte: UInt8 in [0, 0x22, 0x2C, 0x5C, 0x7B, 0x80, 0xFF] {
                var changed = bytes
                changed[position] = byte
                if let value = try? JSONValue(parsing: changed) {
                    #expect((try? JSONValue(parsing: value.bytes))?.bytes == value.bytes)
                }
            }
        }
    }
}
