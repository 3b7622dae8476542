import Cryptography
import Glibc
public import Registry

extension BlobStore {
    /// All bytes of a small blob, such as a README.
    ///
    /// - Throws: ``StoreFailure``'s error when the blob is not there or cannot be read.
    public func bytes(of digest: Digest) throws -> [UInt8] {
        let file = open(path(of: digest), O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { throw StoreFailure.error(errno: errno) }
        defer { close(file) }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = read(file, &buffer, buffer.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw StoreFailure.error(errno: errno) }
            if count == 0 { return bytes }
            bytes += buffer.prefix(count)
        }
    }
}

extension SpoolFile {
    /// - Throws: `digest-mismatch` when the bytes are not those of `digest`.
    public func require(_ digest: Digest) throws {
        let sha256 = SHA256()
        try read { sha256.update($0) }
        try Digest(stored: sha256.finish()).require(digest)
    }
}

extension Digest {
    /// - Throws: `digest-mismatch` when this, the digest of what came, is not `expected`.
    package func require(_ expected: Digest) throws(RegistryError) {
        guard self != expected else { return }
        throw RegistryError(
            .digestMismatch, "the bytes have the digest \(self), not \(expected)",
            ko: "내용의 다이제스트는 \(self)이며 \(expected)이(가) 아닙니다")
    }
}
