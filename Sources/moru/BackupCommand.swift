import ArgumentParser
import JSON
import Registry
import RegistryClient
import Services
import Storage

/// `moru backup`: copies everything that is stored, beside a running server.
struct BackupCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "backup", abstract: "Copy everything that is stored to a file or a directory.",
        discussion: """
            A file is one tar. A directory – one that exists, or a name that ends with / – keeps blobs from one backup \
            to the next, so that only new ones are copied; it takes --data-dir.
            With --data-dir a data directory is read, also one that a server is using; else the server is asked, with a \
            token of an admin that has the scope admin.
            Only a whole backup takes the place of the one before. It holds password hashes and private models: keep it \
            as you keep the server. Exit code 5 when the repository is damaged.
            """)

    @Argument(help: "The file or directory to write.", completion: .file()) var target: String

    @Option(help: ArgumentHelp("The data directory to copy, instead of asking a server.", valueName: "path"))
    var dataDir: String?

    @Flag(help: "Hash the blobs that the directory has already, and copy damaged ones anew.") var verify = false

    @OptionGroup var options: ClientOptions

    func run() throws {
        let isDirectory = target.hasSuffix("/") || LocalFiles.isDirectory(target)
        guard isDirectory || !verify else {
            throw Failure(.usage, "--verify is about the blobs that a directory has already; \(target) is none")
        }
        switch (dataDir, isDirectory) {
        case (let dataDir?, true): try copyIntoDirectory(from: dataDir)
        case (let dataDir?, false): try copyIntoFile(from: dataDir)
        case (nil, false): try download()
        case (nil, true):
            throw Failure(.usage, "a directory is filled from the data directory: add --data-dir, or name a file")
        }
    }

    private func copyIntoDirectory(from dataDir: String) throws {
        let data = try DataDirectory.attach(dataDir)
        var path = target
        while path.count > 1, path.hasSuffix("/") { path.removeLast() }
        let progress = ByteProgress("copying")
        defer { progress.finish() }
        let outcome = try BackupDirectory(path).write(
            data, product: Product.version, now: SystemClock().now, verify: verify, progress: progress.update)
        report(
            outcome.description,
            ["copied": .integer(Int64(outcome.copied)), "reused": .integer(Int64(outcome.reused))],
            "\(Count.text(outcome.copied, "blob")) copied, \(outcome.reused) there already")
    }

    private func copyIntoFile(from dataDir: String) throws {
        let data = try DataDirectory.attach(dataDir)
        let source = try BackupSource(
            data, copyAt: BackupFile.copyPath(for: target), product: Product.version, now: SystemClock().now)
        let stream = try BackupStream(source)
        let progress = ByteProgress("copying")
        defer { progress.finish() }
        try BackupFile.write(stream, to: target, progress: progress.update)
        report(stream.description, ["bytes": .integer(stream.length)], ByteCount.text(stream.length))
    }

    private func download() throws {
        let client = try options.client()
        let progress = ByteProgress("downloading")
        var description: BackupDescription?
        var bytes: Int64 = 0
        try BackupFile.write(
            to: target,
            check: { part in
                progress.finish()
                let checking = ByteProgress("verifying")
                defer { checking.finish() }
                let backup = try ArchivedBackup(part)
                try Restoration.verify(backup, scratch: part + ".check", progress: checking.update)
                description = backup.description
            },
            { write in
                do {
                    try client.downloadBackup { piece, total in
                        if bytes == 0, let total { try BackupFile.requireRoom(for: total, target: target) }
                        try write(piece)
                        bytes += Int64(piece.count)
                        if let total { progress.update(bytes, total) }
                    }
                } catch ClientError.unreachable(_, let reason) where bytes > 0 {
                    progress.finish()
                    throw Failure(
                        .failed,
                        "the server ended the backup early (\(reason)): its log says why, and 'moru fsck' names "
                            + "what is damaged")
                }
            })
        guard let description else { return }
        report(description, ["bytes": .integer(bytes)], ByteCount.text(bytes))
    }

    private func report(_ description: BackupDescription, _ more: JSONObject, _ text: String) {
        if options.json {
            var object: JSONObject = ["target": .string(target), "backup": description.json]
            for (key, value) in more { object[key] = value }
            return Output.json(.object(object))
        }
        Output.line("\(target): the database and \(Count.text(Int(description.blobs), "blob")) (\(text)), verified")
    }
}

/// A ``Progress`` whose total is known only with the first bytes.
final class ByteProgress {
    private let verb: String
    private var progress: Progress?

    init(_ verb: String) { self.verb = verb }

    func update(_ done: Int64, _ total: Int64) {
        let progress = progress ?? Progress(verb, total: total)
        self.progress = progress
        progress.update(done)
    }

    func finish() {
        progress?.finish()
        progress = nil
    }
}
