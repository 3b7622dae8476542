import CLinux
import Glibc
import Registry

/// A directory that pulls keep up to date, and the hidden place beside it where the next tree is made.
///
///     parent/NAME/                what people and programs read
///     parent/NAME/.moru/pull.json what the last pull put there
///     parent/.NAME.moru/          only while a pull works, or after it was interrupted
///       lock                      held by the one pull that works
///       partial/HEX[.part]        downloads: verified, or on the way
///       tree/                     the next NAME; after the swap the old one, until it is removed
///       old/                      the old NAME for a moment, where the file system cannot exchange two directories
///
/// The swap exchanges NAME and tree in one step (renameat2(2), RENAME_EXCHANGE), so whoever opens a path below NAME gets
/// the old version or the new one. A crash before it leaves the old one, a crash after it the new one.
final class InstallDirectory {
    let path: String
    let workspace: String
    private let parent: String
    private var lock: CInt = -1

    var partial: String { workspace + "/partial" }
    var tree: String { workspace + "/tree" }
    private var old: String { workspace + "/old" }

    /// Takes the lock and tidies up after an interrupted pull.
    ///
    /// - Throws: ``Failure`` when another pull works on the directory, or it is none.
    init(_ text: String) throws {
        if LocalFiles.status(of: text) != nil {
            guard let resolved = LocalFiles.resolved(text) else { throw LocalFiles.failure(text) }
            path = resolved
        } else {
            let outer = LocalFiles.parent(of: text.hasSuffix("/") ? String(text.dropLast()) : text)
            try LocalFiles.createDirectories(outer)
            guard let resolved = LocalFiles.resolved(outer) else { throw LocalFiles.failure(outer) }
            path = (resolved == "/" ? "" : resolved) + "/" + LocalFiles.name(of: text)
        }
        parent = LocalFiles.parent(of: path)
        workspace = (parent == "/" ? "" : parent) + "/.\(LocalFiles.name(of: path)).moru"
        try checkPlace()
        try takeLock()
        try recover()
    }

    deinit { if lock >= 0 { close(lock) } }

    private func checkPlace() throws {
        if let status = LocalFiles.status(of: path), status.st_mode & S_IFMT != S_IFDIR {
            throw Failure(.usage, "\(path) is not a directory")
        }
        if let current = LocalFiles.resolved("."), current == path || current.hasPrefix(path + "/") {
            throw Failure(
                .usage,
                "the directory is swapped as a whole, so it cannot be the current one; use --into a directory in it")
        }
    }

    private func takeLock() throws {
        // The pull before may remove the workspace between two of these steps; then they begin anew.
        for _ in 0..<100 {
            guard mkdir(workspace, 0o700) == 0 || errno == EEXIST else { throw LocalFiles.failure(workspace) }
            // In a directory such as /tmp somebody else might have made it, to write into what is about to be installed.
            if let status = LocalFiles.status(of: workspace) {
                guard status.st_mode & S_IFMT == S_IFDIR, status.st_uid == geteuid() else {
                    throw Failure(.failed, "\(workspace) belongs to somebody else; remove it")
                }
            }
            let name = workspace + "/lock"
            let file = open(name, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
            if file < 0, errno == ENOENT { continue }
            guard file >= 0 else { throw LocalFiles.failure(name) }
            guard flock(file, LOCK_EX | LOCK_NB) == 0 else {
                close(file)
                throw Failure(.failed, "another pull works on \(path); wait for its end")
            }
            var held = stat()
            if fstat(file, &held) == 0, LocalFiles.status(of: name)?.st_ino == held.st_ino {
                lock = file
                return
            }
            close(file)
        }
        throw Failure(.failed, "\(workspace) cannot be locked")
    }

    private func recover() throws {
        if LocalFiles.status(of: path) == nil, LocalFiles.status(of: old) != nil {
            guard rename(old, path) == 0 else { throw LocalFiles.failure(path) }
        }
        try LocalFiles.remove(old)
        try LocalFiles.remove(tree)
    }

    // MARK: What is there

    /// What the last pull put there; nil when no pull has.
    ///
    /// - Throws: ``Failure`` when the directory holds something that no pull put there.
    func record() throws -> InstallRecord? {
        guard LocalFiles.status(of: path) != nil else { return nil }
        let file = path + "/" + InstallRecord.path
        if LocalFiles.status(of: file) != nil, let record = InstallRecord(try LocalFiles.read(file, maximum: 64 << 20))
        {
            return record
        }
        guard try LocalFiles.names(in: path).isEmpty else {
            throw Failure(.usage, "\(path) is not empty and was not made by 'moru pull'; use --into another directory")
        }
        return nil
    }

    /// Whether a file is as the pull left it.
    func isIntact(_ file: InstallRecord.File) -> Bool {
        guard let status = LocalFiles.status(of: "\(path)/\(file.path)"), status.st_mode & S_IFMT == S_IFREG else {
            return false
        }
        return Int64(status.st_size) == file.size && status.modified == file.modified
    }

    // MARK: The end

    /// Exchanges the directory and the tree, durably.
    func swap() throws {
        if let status = LocalFiles.status(of: path) {
            chmod(tree, status.st_mode & 0o7777)
            guard renameat2(AT_FDCWD, tree, AT_FDCWD, path, moru_rename_exchange) != 0 else { return try syncNames() }
            switch errno {
            case EINVAL, ENOSYS, ENOTSUP:
                guard rename(path, old) == 0 else { throw LocalFiles.failure(path) }
            case EBUSY, EXDEV:
                // An overlay file system moves no directory of a lower layer, but an empty one can go.
                guard rmdir(path) == 0 else {
                    throw Failure(
                        .failed,
                        "\(path) is a mount point, or a layer of a container, and cannot be swapped; "
                            + "use --into a directory in it")
                }
            default: throw LocalFiles.failure(path)
            }
        }
        guard rename(tree, path) == 0 else {
            let failure = LocalFiles.failure(path)
            rename(old, path)
            throw failure
        }
        try syncNames()
    }

    private func syncNames() throws {
        try LocalFiles.sync(directory: parent)
        try LocalFiles.sync(directory: workspace)
    }

    /// Removes everything beside the directory.
    func clean() throws {
        try LocalFiles.remove(old)
        try LocalFiles.remove(tree)
        try LocalFiles.remove(partial)
        // While the lock is held: who waits for it sees that its file is gone, and makes a new one.
        unlink(workspace + "/lock")
        rmdir(workspace)
    }

    /// Ends a pull that failed: what can be resumed stays.
    func leave() {
        try? LocalFiles.remove(tree)
        if (try? LocalFiles.names(in: partial).isEmpty) != false { try? clean() }
    }
}

extension stat {
    /// When the content was last changed, in nanoseconds since 1970.
    var modified: Int64 { Int64(st_mtim.tv_sec) &* 1_000_000_000 &+ Int64(st_mtim.tv_nsec) }
}
