import Cryptography
import Encoding

/// Random texts that prove who somebody is. Only their SHA-256 is stored: they are too long to be guessed, so no slow
/// hash is needed.
enum Secret {
    private static let tokenPrefix = "mr_"

    /// A session, a link or a CSRF token: 32 random bytes.
    static func make() -> String { Base64.encode(SecureRandom.bytes(32), alphabet: .urlSafe) }

    /// A token: `mr_`, 32 random bytes and the CRC-32 of what is before, by which scanners know one and a wrong one is
    /// refused without a look at the database.
    static func makeToken() -> String {
        let text = tokenPrefix + make()
        return text + check(text)
    }

    /// Whether `text` could be a token.
    static func isToken(_ text: String) -> Bool {
        guard text.utf8.count == tokenPrefix.utf8.count + 43 + 6, text.hasPrefix(tokenPrefix) else { return false }
        return check(String(text.dropLast(6))) == text.suffix(6)
    }

    /// What is stored of a secret.
    static func hash(_ text: String) -> [UInt8] { SHA256.digest(of: text) }

    private static func check(_ text: String) -> String {
        let value = CRC32.value(of: Array(text.utf8))
        return Base64.encode((0..<4).map { UInt8(truncatingIfNeeded: value >> (24 - 8 * $0)) }, alphabet: .urlSafe)
    }
}
