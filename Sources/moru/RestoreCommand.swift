import ArgumentParser
import JSON
import Services

/// `moru restore`: makes a data directory from a backup.
struct RestoreCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "restore", abstract: "Make a data directory from a backup.",
        discussion: """
            Everything is verified before it says done: each blob and the database by their SHA-256, and the database as \
            'moru fsck' does. The data directory appears in one step, or not at all.
            Users, tokens and models are as they were; sessions and one-time links are not kept. 'moru serve' on the \
            directory brings the schema up to date. Exit code 5 when the backup is damaged.
            """)

    @Argument(
        help: "A file or directory that 'moru backup' made, or - for a file on standard input.", completion: .file())
    var source: String

    @Option(
        help: ArgumentHelp("The data directory to make: one that is not there yet, or empty.", valueName: "path"))
    var dataDir: String

    @Flag(help: "Write one JSON document to standard output.") var json = false

    func run() throws {
        if source != "-", LocalFiles.isDirectory(source) {
            try restore(DirectoryBackup(source))
        } else {
            try restore(ArchivedBackup(source))
        }
    }

    private func restore(_ backup: some BackupReader) throws {
        let progress = ByteProgress("restoring")
        defer { progress.finish() }
        let bytes = try Restoration.restore(backup, into: dataDir, progress: progress.update)
        progress.finish()
        if json {
            return Output.json([
                "data_dir": .string(dataDir), "backup": backup.description.json, "bytes": .integer(bytes),
            ])
        }
        let blobs = Count.text(Int(backup.description.blobs), "blob")
        Output.line("\(dataDir): the database and \(blobs) (\(ByteCount.text(bytes))), verified")
    }
}
