import Cryptography
import Encoding
import Registry
import Synchronization

/// Writes one blob: hashed while it comes, synchronised, then renamed to its digest.
final class DirectoryBlobWriter: BlobWriter {
    private let store: DirectoryBlobStore
    private let sha256 = SHA256()
    /// git hashes the size before the bytes, so it has to be guessed.
    private let guessed: (size: Int64, sha1: SHA1)?
    /// nil once finished or cancelled.
    private let file: Mutex<SpoolFile?>
    /// Of the finished blob.
    private let pin = Mutex<BlobPin?>(nil)

    init(in store: DirectoryBlobStore, file: SpoolFile, expectedSize: Int64?) {
        self.store = store
        self.file = Mutex(file)
        guessed = expectedSize.map { ($0, Self.gitHash(size: $0)) }
    }

    var size: Int64 { file.withLock { $0?.size ?? 0 } }

    func write(_ bytes: UnsafeRawBufferPointer) throws {
        let file = try open()
        do { try file.write(bytes) } catch {
            cancel()
            throw error
        }
        sha256.update(bytes)
        guessed?.sha1.update(bytes)
    }

    func finish(expecting expected: Digest?) throws -> Blob {
        let file = try open()
        // Whatever goes wrong, the file goes; its bytes are never given a second try.
        defer { cancel() }
        let digest = try Digest(stored: sha256.finish())
        if let expected { try digest.require(expected) }
        let gitSHA1 = try gitSHA1(of: file)
        try file.synchronise()
        let pin = store.pin([digest])
        self.pin.withLock { $0 = pin }
        try store.install(file.path, as: digest)
        file.keep()
        return Blob(digest: digest, gitSHA1: Hex.encode(gitSHA1), size: file.size)
    }

    func cancel() { file.withLock { $0 = nil } }

    private func open() throws -> SpoolFile {
        guard let file = file.withLock({ $0 }) else {
            throw RegistryError(
                .storeUnavailable, "the upload has ended already", ko: "이미 끝난 업로드입니다")
        }
        return file
    }

    private func gitSHA1(of file: SpoolFile) throws -> [UInt8] {
        if let guessed, guessed.size == file.size { return guessed.sha1.finish() }
        let sha1 = Self.gitHash(size: file.size)
        try file.read { sha1.update($0) }
        return sha1.finish()
    }

    private static func gitHash(size: Int64) -> SHA1 {
        let hash = SHA1()
        hash.update(Array("blob \(size)\u{0}".utf8))
        return hash
    }
}
