import Cryptography
import Testing

@Suite struct `A password` {
    @Test func `matches its own hash only`() throws {
        let hash = try PasswordHash.make("비밀번호 1")
        #expect(hash.hasPrefix("$y$"))
        #expect(PasswordHash.verify("비밀번호 1", hash))
        #expect(!PasswordHash.verify("비밀번호 2", hash))
        #expect(!PasswordHash.verify("", hash))
        #expect(!PasswordHash.verify("비밀번호 1\0", hash))
        #expect(try PasswordHash.make("비밀번호 1") != hash)
    }

    @Test(arguments: ["", "$y$", "$y$j9T$", "$1$salt$hash", "*0", "$y$j9T$!!!$hash", "plain", "ab0123456789"])
    func `matches no garbage`(hash: String) { #expect(!PasswordHash.verify("plain", hash)) }

    @Test(arguments: ["", "a\0b", String(repeating: "x", count: 512)])
    func `must be fit`(password: String) {
        #expect(throws: PasswordHashError.unfitPassword) { try PasswordHash.make(password) }
        #expect(!PasswordHash.verify(password, PasswordHash.dummy))
    }

    @Test func `may be long`() throws {
        let password = String(repeating: "x", count: PasswordHash.maximumLength)
        #expect(PasswordHash.verify(password, try PasswordHash.make(password)))
    }

    @Test func `never matches the dummy`() {
        #expect(PasswordHash.dummy.hasPrefix("$y$j"))
        #expect(!PasswordHash.verify("password", PasswordHash.dummy))
    }
}
