import Encoding
import Testing

@Suite struct `Bytes as text` {
    @Test(
        arguments: [("", []), ("00ff10", [0, 255, 16]), ("deadbeef", [0xDE, 0xAD, 0xBE, 0xEF])] as [(String, [UInt8])])
    func `are hexadecimal`(text: String, bytes: [UInt8]) {
        #expect(Hex.encode(bytes) == text)
        #expect(Hex.decode(text) == bytes)
        #expect(Hex.decode(text.uppercased()) == bytes)
    }

    @Test(arguments: ["0", "0g", "é", "00 ", "-1", "0x", "/0", ":0", "@0", "`0"])
    func `are not hexadecimal`(text: String) { #expect(Hex.decode(text) == nil) }

    /// The vectors of RFC 4648 §10.
    @Test(arguments: [
        ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="), ("fooba", "Zm9vYmE="),
        ("foobar", "Zm9vYmFy"),
    ])
    func `are base64`(plain: String, text: String) {
        #expect(Base64.encode(Array(plain.utf8)) == text)
        let bare = String(text.prefix { $0 != "=" })
        #expect(Base64.encode(Array(plain.utf8), alphabet: .urlSafe) == bare)
        #expect(Base64.decode(text) == Array(plain.utf8))
    }

    @Test(arguments: [
        "Zg", "Zg=", "Zg===", "Zh==", "Zm9=", "====", "=", "Z", "Zm9v=", "Zm9vYg=A", "Zm9v\n", "-__-", "é===",
    ])
    func `are not base64`(text: String) { #expect(Base64.decode(text) == nil) }

    @Test func `are base64 in two alphabets`() {
        let bytes: [UInt8] = [0xFB, 0xFF, 0xFE]
        #expect(Base64.encode(bytes) == "+//+" && Base64.decode("+//+") == bytes)
        #expect(Base64.encode(bytes, alphabet: .urlSafe) == "-__-")
    }
}
