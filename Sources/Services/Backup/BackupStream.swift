import Archive
import Cryptography
import Encoding
import Registry
import Storage
import Synchronization

/// A backup as one tar, made while it is read: `backup.json`, `moru.sqlite`, `blobs/sha256/ab/ab12…` in the order of
/// their digests, and last `complete.json`, without which a backup is not whole.
///
/// Each blob is hashed on its way: one that is damaged fails the stream.
public final class BackupStream: Sendable {
    static let databaseName = "moru.sqlite"
    static let completeName = "complete.json"

    /// Bytes of the whole tar.
    public let length: Int64
    public let description: BackupDescription
    private let state: Mutex<State>

    private struct State: Sendable {
        /// Dropped at the end, which lets collection go on and removes the copy of the database.
        var source: BackupSource?
        var next = 0
        var pending: ArraySlice<UInt8> = []
        var file: (open: ReadingFile, left: Int64, hash: SHA256, digest: Digest)?
    }

    private let layout: TarLayout
    private let descriptionBytes: [UInt8]
    private let completeBytes: [UInt8]

    /// - Throws: ``BackupError``.
    public init(_ source: BackupSource) throws {
        description = source.description(databaseName: Self.databaseName)
        descriptionBytes = description.bytes
        layout = TarLayout(modifiedAt: description.createdAt)
        completeBytes = Self.completion(of: description, source.database.blobs)
        var length = Int64(TarLayout.end.count)
        let members = source.database.blobs.count + 3
        for index in 0..<members {
            let (path, size) = Self.member(index, source, descriptionBytes, completeBytes)
            length += Int64(try layout.header(path: path, size: size).count) + size
            length += Int64(TarLayout.padding(after: size).count)
        }
        self.length = length
        state = Mutex(State(source: source))
    }

    /// Fills `buffer`; 0 is the end.
    ///
    /// - Throws: ``BackupError``; then the stream cannot be completed.
    public func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
        try state.withLock { state in
            do {
                return try BackupError.wording { try fill(buffer, &state) }
            } catch {
                state = State(source: nil)
                throw error
            }
        }
    }

    /// Lets go of everything that is open. Reading afterwards gives nothing.
    public func cancel() { state.withLock { $0 = State(source: nil) } }

    private func fill(_ buffer: UnsafeMutableRawBufferPointer, _ state: inout State) throws -> Int {
        var filled = 0
        while filled < buffer.count {
            let rest = UnsafeMutableRawBufferPointer(rebasing: buffer[filled...])
            if !state.pending.isEmpty {
                let count = min(state.pending.count, rest.count)
                rest.copyBytes(from: state.pending.prefix(count))
                state.pending.removeFirst(count)
                filled += count
            } else if let file = state.file {
                let wanted = Int(min(Int64(rest.count), file.left))
                let count = try file.open.read(into: UnsafeMutableRawBufferPointer(rebasing: rest[..<wanted]))
                file.hash.update(UnsafeRawBufferPointer(rebasing: rest[..<count]))
                filled += count
                state.file?.left -= Int64(count)
                guard count == 0 || file.left == Int64(count) else { continue }
                state.file = nil
                guard try Digest(stored: file.hash.finish()) == file.digest else {
                    throw BackupSource.damaged(file.digest, "is damaged")
                }
                state.pending = TarLayout.padding(after: file.open.size)[...]
            } else if let source = state.source {
                try begin(&state, source)
            } else {
                break
            }
        }
        return filled
    }

    /// Goes on to the next member, or the end.
    private func begin(_ state: inout State, _ source: BackupSource) throws {
        let blobs = source.database.blobs
        guard state.next < blobs.count + 3 else {
            state = State(source: nil, pending: TarLayout.end[...])
            return
        }
        let (path, size) = Self.member(state.next, source, descriptionBytes, completeBytes)
        state.pending = try layout.header(path: path, size: size)[...]
        switch state.next {
        case 0: state.pending += descriptionBytes + TarLayout.padding(after: size)
        case blobs.count + 2: state.pending += completeBytes + TarLayout.padding(after: size)
        case 1:
            guard let file = try ReadingFile(source.database.path), file.size == size else {
                throw BackupError(.failed, "the copy of the database at \(source.database.path) is gone")
            }
            state.file = (file, size, SHA256(), source.database.digest)
        default:
            let digest = blobs.digest(state.next - 2)
            let file = try source.open(digest, size: size)
            if size == 0 {
                guard Digest(hex: Hex.encode(SHA256().finish())) == digest else {
                    throw BackupSource.damaged(digest, "is damaged")
                }
            } else {
                state.file = (file, size, SHA256(), digest)
            }
        }
        state.next += 1
    }

    private static func member(
        _ index: Int, _ source: BackupSource, _ description: [UInt8], _ complete: [UInt8]
    ) -> (path: String, size: Int64) {
        let blobs = source.database.blobs
        return switch index {
        case 0: (BackupDescription.fileName, Int64(description.count))
        case 1: (databaseName, source.database.size)
        case blobs.count + 2: (completeName, Int64(complete.count))
        default: (blobPath(blobs.digest(index - 2)), blobs.size(index - 2))
        }
    }

    static func blobPath(_ digest: Digest) -> String { "blobs/sha256/\(BlobList.path(of: digest))" }

    /// The bytes of `complete.json`: how many members are before it, and the SHA-256 of the lines `SHA-256 SIZE PATH`
    /// that say which.
    static func completion(of description: BackupDescription, _ blobs: BlobList) -> [UInt8] {
        let hash = SHA256()
        let bytes = description.bytes
        hash.update(
            Array("\(Hex.encode(SHA256.digest(of: bytes))) \(bytes.count) \(BackupDescription.fileName)\n".utf8))
        hash.update(Array("\(description.databaseDigest.hex) \(description.databaseSize) \(databaseName)\n".utf8))
        for index in 0..<blobs.count {
            let digest = blobs.digest(index)
            hash.update(Array("\(digest.hex) \(blobs.size(index)) \(blobPath(digest))\n".utf8))
        }
        return Array("{\"members\":\(blobs.count + 2),\"sha256\":\"\(Hex.encode(hash.finish()))\"}".utf8)
    }
}
