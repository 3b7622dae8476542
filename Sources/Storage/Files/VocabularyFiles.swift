import Glibc
public import Search

/// Reads the files of a vocabulary.
public enum VocabularyFiles {
    /// A vocabulary is written by people; a larger file is something else.
    private static let maximumSize = 16 << 20

    /// Reads all files of a folder that end in `.txt`, by name, then further files, which add to them.
    ///
    /// - Parameters:
    ///   - directory: The folder that comes with the program.
    ///   - optional: Files that need not be there, such as the repository's own.
    ///   - required: Files that must be there.
    /// - Returns: What all files say together.
    /// - Throws: ``VocabularyError`` for a file that cannot be read, or for a bad line.
    public static func read(
        directory: String, optional: [String] = [], required: [String] = []
    ) throws(VocabularyError) -> ContextVocabulary {
        let names: [String]
        do {
            names = try FileSystem.names(in: directory)
        } catch {
            throw VocabularyError(file: directory, line: 0, reason: error.reason)
        }
        var files: [VocabularyFile] = []
        for name in names where name.hasSuffix(".txt") { files.append(try file("\(directory)/\(name)")) }
        guard !files.isEmpty else {
            throw VocabularyError(file: directory, line: 0, reason: "there is no vocabulary in this folder")
        }
        for path in optional where access(path, F_OK) == 0 { files.append(try file(path)) }
        for path in required { files.append(try file(path)) }
        return try ContextVocabulary(files)
    }

    private static func file(_ path: String) throws(VocabularyError) -> VocabularyFile {
        func failure(_ reason: String) -> VocabularyError { VocabularyError(file: path, line: 0, reason: reason) }
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { throw failure(String(cString: strerror(errno))) }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw failure(String(cString: strerror(errno))) }
        guard status.st_mode & S_IFMT == S_IFREG else { throw failure("it is no file") }
        guard status.st_size <= maximumSize else { throw failure("it is larger than \(maximumSize >> 20) MiB") }
        var bytes = [UInt8](repeating: 0, count: Int(status.st_size))
        var count = 0
        while count < bytes.count {
            let read = bytes[count...].withUnsafeMutableBytes { Glibc.read(descriptor, $0.baseAddress, $0.count) }
            if read < 0, errno == EINTR { continue }
            guard read >= 0 else { throw failure(String(cString: strerror(errno))) }
            if read == 0 { break }
            count += read
        }
        guard let text = String(validating: bytes.prefix(count), as: UTF8.self) else {
            throw failure("it is not UTF-8")
        }
        return VocabularyFile(name: path, text: text)
    }
}
