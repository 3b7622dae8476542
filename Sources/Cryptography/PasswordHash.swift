import CCrypt
import Encoding
import Glibc

/// Passwords as yescrypt hashes (`$y$…`), made and checked by libcrypt.
///
/// One hash takes some ten milliseconds and 16 MB, on purpose: never call this on an event loop.
public enum PasswordHash {
    /// The longest password in bytes of UTF-8, a limit of libcrypt.
    public static let maximumLength = 511

    /// A new salt's hash of `password`.
    ///
    /// - Parameter password: Any text of 1 to ``maximumLength`` bytes without NUL.
    /// - Returns: The text to store.
    /// - Throws: ``PasswordHashError`` when the password has another form.
    public static func make(_ password: String) throws(PasswordHashError) -> String {
        guard !password.isEmpty, password.utf8.count <= maximumLength, !password.utf8.contains(0)
        else { throw .unfitPassword }
        guard let setting = makeSetting(), let hash = crypt(password, setting) else { throw .unavailable }
        return hash
    }

    /// Whether `password` is the one that `hash` was made of. A hash of another form matches nothing.
    public static func verify(_ password: String, _ hash: String) -> Bool {
        guard hash.hasPrefix(prefix), !password.isEmpty, password.utf8.count <= maximumLength,
            !password.utf8.contains(0),
            let made = crypt(password, hash)
        else { return false }
        return constantTimeEqual(made.utf8, hash.utf8)
    }

    /// A hash that no password matches. Verify against it when the user is unknown, so that the answer takes as long.
    public static let dummy: String = {
        let hash = try? make(Base64.encode(SecureRandom.bytes(32)))
        return hash ?? prefix
    }()

    private static let prefix = "$y$"

    private static func makeSetting() -> String? {
        let seed = SecureRandom.bytes(32)
        var output = [CChar](repeating: 0, count: Int(CRYPT_GENSALT_OUTPUT_SIZE))
        let made = seed.withUnsafeBytes { seed in
            seed.withMemoryRebound(to: CChar.self) { seed in
                crypt_gensalt_rn(prefix, 0, seed.baseAddress, Int32(seed.count), &output, Int32(output.count))
            }
        }
        return made.map { String(cString: $0) }
    }

    private static func crypt(_ password: String, _ setting: String) -> String? {
        // 32 KB: too much for the stack of a small thread.
        let size = MemoryLayout<crypt_data>.size
        let scratch = UnsafeMutableRawPointer.allocate(byteCount: size, alignment: MemoryLayout<crypt_data>.alignment)
        defer {
            explicit_bzero(scratch, size)
            scratch.deallocate()
        }
        memset(scratch, 0, size)
        return crypt_rn(password, setting, scratch, Int32(size)).map { String(cString: $0) }
    }
}

/// Why a password could not be hashed.
public enum PasswordHashError: Error, Sendable {
    /// It is empty, too long or has a NUL in it.
    case unfitPassword
    /// The system's libcrypt cannot make yescrypt hashes.
    case unavailable
}
