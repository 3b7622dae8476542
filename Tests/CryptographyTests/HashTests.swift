import Cryptography
import Encoding
import Foundation
import Testing

@Suite struct `A hash` {
    static let known: [(String, String, String)] = [
        (
            "", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
            "da39a3ee5e6b4b0d3255bfef95601890afd80709"
        ),
        (
            "abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
            "a9993e364706816aba3e25717850c26c9cd0d89d"
        ),
        (
            "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1",
            "84983e441c3bd26ebaae4aa1f95129e5e54670f1"
        ),
    ]

    @Test(arguments: known)
    func `is the one that FIPS 180 gives`(text: String, sha256: String, sha1: String) {
        #expect(Hex.encode(SHA256.digest(of: text)) == sha256)
        #expect(Hex.encode(SHA1.digest(of: text)) == sha1)
        #expect(Hex.encode(SHA256.digest(of: Array(text.utf8))) == sha256)
    }

    @Test(arguments: [1, 3, 63, 64, 65, 4096])
    func `does not depend on the pieces`(size: Int) {
        let bytes = (0..<10_000).map { UInt8(truncatingIfNeeded: $0 &* 31) }
        let (sha256, sha1) = (SHA256(), SHA1())
        for start in stride(from: 0, to: bytes.count, by: size) {
            let piece = Array(bytes[start..<min(start + size, bytes.count)])
            sha256.update(piece)
            sha1.update(piece)
        }
        #expect(sha256.finish() == SHA256.digest(of: bytes))
        #expect(sha1.finish() == SHA1.digest(of: bytes))
    }

    @Test func `may be asked on the way, from any thread`() async {
        let hash = SHA256()
        hash.update(Array("ab".utf8))
        let half = hash.finish()
        await Task.detached { hash.update(Array("c".utf8)) }.value
        #expect(half == SHA256.digest(of: "ab"))
        #expect(hash.finish() == SHA256.digest(of: "abc"))
    }
}
