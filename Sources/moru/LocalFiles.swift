import Cryptography
import Encoding
import Glibc
import Registry
import RegistryClient

/// Files of this machine.
enum LocalFiles {
    /// The bytes of a small file.
    static func read(_ path: String, maximum: Int) throws -> [UInt8] {
        var bytes: [UInt8] = []
        try forEachPiece(of: path) { piece in
            guard bytes.count + piece.count <= maximum else {
                throw Failure(.failed, "\(path): over \(ByteCount.text(Int64(maximum)))")
            }
            bytes += piece
        }
        return bytes
    }

    static func forEachPiece(of path: String, _ body: (UnsafeRawBufferPointer) throws -> Void) throws {
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { throw failure(path) }
        defer { close(file) }
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 20, alignment: 16)
        defer { buffer.deallocate() }
        while true {
            let count = Glibc.read(file, buffer.baseAddress, buffer.count)
            if count == 0 { return }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw failure(path) }
            try body(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
        }
    }

    /// A file with its size and digest.
    static func hashed(_ path: String, progress: (Int) -> Void = { _ in }) throws -> Publication.LocalFile {
        let hash = SHA256()
        var size: Int64 = 0
        try forEachPiece(of: path) { piece in
            hash.update(piece)
            size += Int64(piece.count)
            progress(piece.count)
        }
        guard let digest = Digest(hex: Hex.encode(hash.finish())) else { throw failure(path) }
        return Publication.LocalFile(location: path, size: size, digest: digest)
    }

    /// Writes a file as a whole or not at all, durably.
    static func replace(_ path: String, with bytes: [UInt8], mode: mode_t) throws {
        let next = path + ".new"
        unlink(next)
        let file = open(next, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, mode)
        guard file >= 0 else { throw failure(next) }
        defer { close(file) }
        var written = 0
        while written < bytes.count {
            let count = bytes[written...].withUnsafeBytes { Glibc.write(file, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw failure(next) }
            written += count
        }
        guard fsync(file) == 0, rename(next, path) == 0 else { throw failure(path) }
        try sync(directory: parent(of: path))
    }

    static func createDirectories(_ path: String, mode: mode_t = 0o777) throws {
        var path = path
        while path.count > 1, path.hasSuffix("/") { path.removeLast() }
        if mkdir(path, mode) == 0 || errno == EEXIST { return }
        guard errno == ENOENT, path != parent(of: path) else { throw failure(path) }
        try createDirectories(parent(of: path), mode: mode)
        guard mkdir(path, mode) == 0 || errno == EEXIST else { throw failure(path) }
    }

    static func sync(directory path: String) throws {
        let file = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard file >= 0 else { throw failure(path) }
        defer { close(file) }
        guard fsync(file) == 0 else { throw failure(path) }
    }

    /// The names in a directory, in the order of their bytes; `.` and `..` left out.
    static func names(in path: String) throws -> [String] {
        guard let directory = opendir(path) else { throw failure(path) }
        defer { closedir(directory) }
        var names: [String] = []
        while let entry = readdir(directory) {
            let name = withUnsafeBytes(of: entry.pointee.d_name) {
                String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
            }
            if name != ".", name != ".." { names.append(name) }
        }
        return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }

    /// Removes a file, or a directory with all that is in it; links are not followed.
    static func remove(_ path: String) throws {
        guard let status = status(of: path) else { return }
        guard status.st_mode & S_IFMT == S_IFDIR else {
            guard unlink(path) == 0 || errno == ENOENT else { throw failure(path) }
            return
        }
        for name in try names(in: path) { try remove(path + "/" + name) }
        guard rmdir(path) == 0 || errno == ENOENT else { throw failure(path) }
    }

    /// What is at `path`, a link itself and not what it leads to; nil when there is nothing.
    static func status(of path: String) -> stat? {
        var status = stat()
        return lstat(path, &status) == 0 ? status : nil
    }

    /// Whether a directory is at `path`, links followed.
    static func isDirectory(_ path: String) -> Bool {
        var status = stat()
        return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
    }

    /// The absolute path without links; nil when there is nothing at `path`.
    static func resolved(_ path: String) -> String? {
        guard let resolved = realpath(path, nil) else { return nil }
        defer { free(resolved) }
        return String(cString: resolved)
    }

    static func parent(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }

    static func name(of path: String) -> String { path.split(separator: "/").last.map(String.init) ?? path }

    /// The last failure of the C library at `path`.
    static func failure(_ path: String) -> Failure {
        Failure(errno == ENOENT ? .usage : .failed, "\(path): \(String(cString: strerror(errno)))")
    }
}
