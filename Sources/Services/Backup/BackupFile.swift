import Storage

/// Writes a backup as one file: under a name of its own beside the target, which only a finished one replaces.
public enum BackupFile {
    /// Bytes done and bytes in all.
    public typealias Progress = (_ done: Int64, _ total: Int64) -> Void

    /// Where the copy of the database lies while a backup into `target` is made.
    public static func copyPath(for target: String) -> String { "\(target).part.sqlite" }

    /// Writes all of `stream`.
    ///
    /// - Throws: ``BackupError``; then nothing of it is left, and what was at `target` is as it was.
    public static func write(_ stream: BackupStream, to target: String, progress: Progress = { _, _ in }) throws {
        try write(to: target, expecting: stream.length) { file in
            let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 20, alignment: 64)
            defer { buffer.deallocate() }
            var done: Int64 = 0
            while case let count = try stream.read(into: buffer), count > 0 {
                try file(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
                done += Int64(count)
                progress(done, stream.length)
            }
        }
    }

    /// Writes what `body` hands over to its argument, at most a whole backup, then makes it durable under its name.
    ///
    /// - Parameters:
    ///   - target: the file.
    ///   - length: bytes that will come; nil when unknown.
    ///   - check: looks at the file, whose path it is given, before it gets its name.
    ///   - body: hands over the bytes.
    /// - Throws: ``BackupError``, and what `body` and `check` throw.
    public static func write(
        to target: String, expecting length: Int64? = nil, check: (String) throws -> Void = { _ in },
        _ body: ((UnsafeRawBufferPointer) throws -> Void) throws -> Void
    ) throws {
        try BackupError.wording {
            if let status = try FileSystem.status(of: target), !status.isRegular {
                throw BackupError(.refused, "\(target) is no file that could be replaced")
            }
            let part = target + ".part"
            if let length { try requireRoom(for: length, target: target) }
            do {
                let file = try WritingFile(part)
                try body { try file.write($0) }
                try file.synchronise()
                try check(part)
                try file.install(as: target)
            } catch let failure as FileFailure where failure.isFull {
                throw full(target, length)
            } catch let failure as FileFailure where failure.isLocked {
                throw BackupError(.refused, "another backup is being written to \(target)")
            }
        }
    }

    /// - Throws: ``BackupError`` `full` when the disk of `target` has less than `bytes` left.
    public static func requireRoom(for bytes: Int64, target: String) throws {
        try requireRoom(for: bytes, at: FileSystem.parent(of: target), target)
    }

    static func requireRoom(for bytes: Int64, at directory: String, _ path: String) throws {
        guard let free = DiskSpace(of: directory)?.free else { throw FileFailure("look at", directory) }
        guard free >= bytes else {
            throw BackupError(.full, "there is no room for \(path): it takes \(bytes) bytes, \(free) are free")
        }
    }

    private static func full(_ path: String, _ length: Int64?) -> BackupError {
        BackupError(
            .full,
            "there is no room for \(path)"
                + (length.map { ": it takes \($0) bytes" } ?? ""))
    }
}
