import CLinux
package import Glibc

/// Directories and names, for what looks after files outside of the blob store.
package enum FileSystem {
    /// The names in a directory, in the order of their bytes, `.` and `..` left out; empty when there is no directory.
    package static func names(in path: String) throws(FileFailure) -> [String] {
        guard let stream = opendir(path) else {
            if errno == ENOENT { return [] }
            throw FileFailure("list", path)
        }
        defer { closedir(stream) }
        var names: [String] = []
        while let entry = readdir(stream) {
            let name = entryName(entry)
            if name != ".", name != ".." { names.append(name) }
        }
        return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }

    /// What is at `path`, a link itself and not what it leads to; nil when there is nothing.
    package static func status(of path: String) throws(FileFailure) -> stat? {
        var status = stat()
        if lstat(path, &status) == 0 { return status }
        guard errno == ENOENT else { throw FileFailure("look at", path) }
        return nil
    }

    /// Makes a directory for its owner alone; one that is there, also by a link, is fine.
    ///
    /// - Returns: Whether it is new.
    @discardableResult
    package static func makeDirectory(_ path: String) throws(FileFailure) -> Bool {
        if mkdir(path, 0o700) == 0 { return true }
        guard errno == EEXIST else { throw FileFailure("create", path) }
        var status = stat()
        guard stat(path, &status) == 0 else { throw FileFailure("create", path) }
        guard status.isDirectory else { throw FileFailure("create", path, code: ENOTDIR) }
        return false
    }

    package static func rename(_ path: String, to destination: String) throws(FileFailure) {
        guard Glibc.rename(path, destination) == 0 else { throw FileFailure("rename to", destination) }
    }

    /// Removes a file, or a directory with all that is in it; links are not followed, and nothing there is fine.
    package static func remove(_ path: String) throws(FileFailure) {
        guard let status = try status(of: path) else { return }
        guard status.isDirectory else {
            guard unlink(path) == 0 || errno == ENOENT else { throw FileFailure("remove", path) }
            return
        }
        for name in try names(in: path) { try remove("\(path)/\(name)") }
        guard rmdir(path) == 0 || errno == ENOENT else { throw FileFailure("remove", path) }
    }

    /// Waits until the names in a directory are on the disk.
    package static func synchronise(directory path: String) throws(FileFailure) {
        let file = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard file >= 0 else { throw FileFailure("open", path) }
        defer { close(file) }
        guard fsync(file) == 0 else { throw FileFailure("synchronise", path) }
    }

    /// Waits until everything that was written to the file system of a directory is on the disk.
    ///
    /// One call for many files: each `fsync` of its own would wait for the disk's journal.
    package static func synchroniseAll(at path: String) throws(FileFailure) {
        let file = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard file >= 0 else { throw FileFailure("open", path) }
        defer { close(file) }
        guard syncfs(file) == 0 else { throw FileFailure("synchronise", path) }
    }

    /// The directory that a path lies in.
    package static func parent(of path: String) -> String {
        var path = path[...]
        while path.count > 1, path.hasSuffix("/") { path.removeLast() }
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }
}

extension stat {
    package var isDirectory: Bool { st_mode & S_IFMT == S_IFDIR }
    package var isRegular: Bool { st_mode & S_IFMT == S_IFREG }
}

/// The name of a directory's entry.
func entryName(_ entry: UnsafeMutablePointer<dirent>) -> String {
    withUnsafeBytes(of: &entry.pointee.d_name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
}
