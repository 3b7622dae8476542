import Glibc
import Registry

/// Makes the next tree of an ``InstallDirectory`` out of downloads, files of the old tree and what people put there.
struct InstallTree {
    let directory: InstallDirectory
    private var made: Set<String> = []

    init(_ directory: InstallDirectory) throws {
        self.directory = directory
        try makeDirectory("")
    }

    /// Puts the file at `source` under `path`; both names then share its bytes where the file system can do that.
    mutating func add(_ path: ArtifactPath, from source: String) throws {
        var outer = ""
        for part in path.parts.dropLast() {
            outer += outer.isEmpty ? String(part) : "/" + part
            try makeDirectory(outer)
        }
        try Self.link(source, directory.tree + "/\(path)")
    }

    /// Takes over what is in the old tree and was not put there by a pull.
    ///
    /// - Throws: ``Failure`` when such a file is where the new version has one.
    mutating func keepOthers(than record: InstallRecord?) throws {
        guard LocalFiles.status(of: directory.path) != nil else { return }
        let own = Set((record?.files ?? []).map { "\($0.path)" })
        try keep("", besides: own)
    }

    private mutating func keep(_ folder: String, besides own: Set<String>) throws {
        let prefix = folder.isEmpty ? "" : folder + "/"
        for name in try LocalFiles.names(in: directory.path + "/" + folder) {
            let path = prefix + name
            if path == InstallRecord.folder || own.contains(path) { continue }
            let source = directory.path + "/" + path
            guard let status = LocalFiles.status(of: source) else { continue }
            if status.st_mode & S_IFMT == S_IFDIR {
                let isOurs = own.contains { $0.hasPrefix(path + "/") }
                if !isOurs { try makeDirectory(path) }
                try keep(path, besides: own)
                continue
            }
            if let last = path.lastIndex(of: "/") { try makeDirectories(String(path[..<last])) }
            guard LocalFiles.status(of: directory.tree + "/" + path) == nil else {
                throw Failure(.failed, "\(source) is in the way of a file of the new version; move it away")
            }
            try Self.link(source, directory.tree + "/" + path)
        }
    }

    /// Writes the record and makes the whole tree durable.
    mutating func finish(_ record: InstallRecord) throws {
        try makeDirectory(InstallRecord.folder)
        try LocalFiles.replace(directory.tree + "/" + InstallRecord.path, with: record.bytes, mode: 0o644)
        for path in made.sorted(by: { $0.utf8.count > $1.utf8.count }) {
            try LocalFiles.sync(directory: directory.tree + (path.isEmpty ? "" : "/" + path))
        }
    }

    private mutating func makeDirectories(_ path: String) throws {
        var outer = ""
        for part in path.split(separator: "/") {
            outer += outer.isEmpty ? String(part) : "/" + part
            try makeDirectory(outer)
        }
    }

    private mutating func makeDirectory(_ path: String) throws {
        guard made.insert(path).inserted else { return }
        let place = directory.tree + (path.isEmpty ? "" : "/" + path)
        guard mkdir(place, 0o777) == 0 else { throw LocalFiles.failure(place) }
    }

    /// A hard link, or a copy where there are none (FAT, some network file systems).
    private static func link(_ source: String, _ place: String) throws {
        if Glibc.link(source, place) == 0 { return }
        guard errno == EPERM || errno == ENOTSUP || errno == EMLINK || errno == EXDEV else {
            throw LocalFiles.failure(place)
        }
        let file = open(place, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
        guard file >= 0 else { throw LocalFiles.failure(place) }
        defer { close(file) }
        try LocalFiles.forEachPiece(of: source) { piece in
            guard write(file, piece.baseAddress, piece.count) == piece.count else { throw LocalFiles.failure(place) }
        }
        guard fsync(file) == 0 else { throw LocalFiles.failure(place) }
    }
}
