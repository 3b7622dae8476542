import Glibc

/// The file `setup-link` in a data directory: the link that makes the first user, for who may read the directory.
///
/// It is there only while its link works, with mode 0600. One rename brings it, so that nobody reads half a link.
public struct SetUpLinkFile: Sendable {
    /// `DATA_DIR/setup-link`.
    public let path: String

    /// Names the file; nothing is written yet.
    public init(in directory: DataDirectory) { path = directory.path + "/setup-link" }

    /// Replaces the file by one with `link` as its only line.
    ///
    /// - Throws: ``DataDirectoryError`` when it cannot be written; then there is no such file.
    public func write(_ link: String) throws(DataDirectoryError) {
        try remove()
        let draft = path + ".new"
        unlink(draft)
        let file = open(draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard file >= 0 else { throw failure() }
        let line = Array("\(link)\n".utf8)
        let isWritten = Glibc.write(file, line, line.count) == line.count
        close(file)
        guard isWritten, rename(draft, path) == 0 else {
            let failure = failure()
            unlink(draft)
            throw failure
        }
    }

    /// Removes the file; none is fine.
    ///
    /// - Throws: ``DataDirectoryError`` when it cannot be removed.
    public func remove() throws(DataDirectoryError) {
        guard unlink(path) == 0 || errno == ENOENT else { throw failure() }
    }

    private func failure() -> DataDirectoryError { .unusable(path: path, reason: String(cString: strerror(errno))) }
}
