import ArgumentParser
import JSON
import Registry
import RegistryClient
import Services
import Storage

/// `moru gc`: removes the blobs that nothing names.
struct GarbageCollectCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "gc",
        abstract: "Remove the bytes that no version names any more.",
        discussion: """
            A server does this by itself (moru serve --gc-interval, --gc-grace); this does it now. It asks the server, \
            which takes a token with the scope admin, or works on a data directory, whether a server uses it or not.

            With --dry-run each blob that would go is listed, with its bytes; a server names the first \
            \(CollectionReport.listed). Nothing goes while a backup runs.

            Example: moru gc --data-dir ./data --grace 1h --dry-run
            """)

    @Flag(help: "Only say what would go.")
    var dryRun = false

    @Option(
        help: ArgumentHelp("How long bytes stay after they were written, such as 30m or 7d.", valueName: "time"))
    var grace = TimeSpan.hours(GarbageCollector.defaultGrace / 3600)

    @Option(help: ArgumentHelp("Work on this data directory rather than asking a server.", valueName: "path"))
    var dataDir: String?

    @OptionGroup var options: ClientOptions

    func run() throws {
        if let dataDir { return try collect(in: dataDir) }
        let collection = try options.client().collect(grace: grace.seconds, isDryRun: dryRun)
        if options.json { return Output.json(collection.json) }
        if dryRun {
            for blob in collection.blobs { show(digest: blob.digest, size: blob.size) }
            let more = collection.removed - collection.blobs.count
            if more > 0 { Output.note("and \(more) more") }
        }
        summarise(
            collection.removed, collection.bytes, uploads: collection.uploads, collection.uploadBytes,
            kept: collection.keptInGrace)
    }

    private func collect(in path: String) throws {
        let report: CollectionReport
        do {
            let collector = try GarbageCollector(
                attachedTo: DataDirectory.attach(path), log: { Output.note("moru: \($0)") })
            report = try collector.collect(
                grace: grace.seconds, isDryRun: dryRun,
                each: { item in
                    if dryRun, !options.json { show(digest: "\(item.digest)", size: item.size) }
                })
        } catch let error as RegistryError {
            throw Failure(.failed, error.message.en)
        }
        if options.json { return Output.json(report.json) }
        summarise(
            report.removed, report.bytes, uploads: report.uploads, report.uploadBytes, kept: report.keptInGrace)
    }

    private func show(digest: String, size: Int64) { Output.line("\(digest)\t\(size)") }

    private func summarise(_ removed: Int, _ bytes: Int64, uploads: Int, _ uploadBytes: Int64, kept: Int) {
        var text = "\(dryRun ? "would remove" : "removed") \(Count.text(removed, "blob")), \(ByteCount.text(bytes))"
        if uploads > 0 {
            text += "; \(Count.text(uploads, "upload")) that nobody published, \(ByteCount.text(uploadBytes))"
        }
        // The list is the result of a dry run.
        if dryRun { Output.note(text) } else { Output.line(text) }
        if kept > 0 {
            Output.note(
                "\(Count.text(kept, "blob")) that nothing names will stay for now: younger than \(grace), or in use")
        }
    }
}
