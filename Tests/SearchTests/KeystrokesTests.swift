import Search
import Testing

@Suite struct `Keys of a Korean keyboard` {
    @Test(arguments: [
        ("방범", "qkdqja"), ("불법주정차", "qnfqjqwnwjdck"), ("과일", "rhkdlf"), ("닭", "ekfr"), ("값", "rkqt"),
        ("의자", "dmlwk"), ("야간", "dirks"), ("쓰레기", "tmfprl"), ("person", "person"),
    ])
    func `are those of the text, and write it`(text: String, keys: String) {
        #expect(String(decoding: Keystrokes.keys(of: text), as: UTF8.self) == keys)
        // Shift is left out, so that double consonants come back as single ones.
        if text != "person", text != "쓰레기" { #expect(Keystrokes.hangul(of: keys) == text) }
    }

    @Test(arguments: [("방ㅂ", "qkdq"), ("방버", "qkdqj"), ("ㅂㅏㅇ", "qkd"), ("ㅔㄷㄱ내ㅜ", "person"), ("불 법", "qnfqjq")])
    func `are the same however far a text is composed`(text: String, keys: String) {
        #expect(String(decoding: Keystrokes.keys(of: text), as: UTF8.self) == keys)
    }

    @Test(arguments: [("qkd", "방"), ("qkdq", "방ㅂ"), ("person", "ㅔㄷㄱ내ㅜ"), ("kk", "ㅏㅏ"), ("ekfrk", "달가")])
    func `leave letters alone that make no syllable`(keys: String, text: String) {
        #expect(Keystrokes.hangul(of: keys) == text)
    }

    @Test(arguments: ["", "a1", "Qk", "q k", "사람", "yolov4"])
    func `write nothing where one of them is no letter`(text: String) {
        #expect(Keystrokes.hangul(of: text) == nil)
    }

    @Test func `never write another text than they came from`() {
        for value in stride(from: UInt32(0xAC00), through: 0xD7A3, by: 7) {
            let text = Unicode.Scalar(value).map { String(Character($0)) } ?? ""
            let keys = Keystrokes.keys(of: text)
            let written = Keystrokes.hangul(of: String(decoding: keys, as: UTF8.self))
            #expect(written.map { Keystrokes.keys(of: $0) } == keys)
        }
    }
}
