import ArgumentParser
import JSON
import RegistryClient
import Services
import Storage

/// `moru fsck`: checks everything that is stored.
struct FsckCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "fsck", abstract: "Check database and blobs, every digest.",
        discussion: """
            With --data-dir it reads a data directory, also one that a server is using; else it asks the server, with a \
            token of an admin that has the scope admin.
            Exit code 5 when something is lost or damaged; strays and foreign files, which lose nothing, leave it 0.
            """)

    @Option(help: ArgumentHelp("The data directory to check, instead of asking a server.", valueName: "path"))
    var dataDir: String?

    @OptionGroup var options: ClientOptions

    func run() throws {
        let tally = Tally(isJSON: options.json)
        if let dataDir {
            let check = RepositoryCheck(try DataDirectory.attach(dataDir), now: SystemClock().now)
            while let reports = check.next() { for report in reports { tally.take(report.json) } }
        } else {
            try options.client().checkStorage { tally.take($0) }
        }
        try tally.finish()
    }

    /// What the reports of a check add up to.
    private final class Tally {
        private let isJSON: Bool
        private var findings: [JSONValue] = []
        private var summary: JSONValue = .null
        private var progress: Progress?

        init(isJSON: Bool) { self.isJSON = isJSON }

        func take(_ report: JSONValue) {
            switch report["kind"]?.string {
            case "progress":
                guard let expected = report["bytes_expected"]?.integer, expected > 0 else { return }
                let progress = progress ?? Progress("checking", total: expected)
                self.progress = progress
                progress.update(report["bytes"]?.integer ?? 0)
            case "finding":
                findings.append(report)
                guard !isJSON else { return }
                progress?.finish()
                let name = [report["digest"]?.string, report["subject"]?.string].compactMap { $0 }
                let parts = [report["problem"]?.string ?? "?"] + name + [report["detail"]?.string ?? ""]
                Output.line(parts.joined(separator: "\t"))
            default: summary = report
            }
        }

        private func count(_ key: String, _ thing: String) -> String {
            Count.text(Int(summary[key]?.integer ?? 0), thing)
        }

        func finish() throws {
            progress?.finish()
            let faults = summary["faults"]?.integer ?? 0
            let notes = summary["notes"]?.integer ?? 0
            if isJSON {
                Output.json(["findings": .array(findings), "summary": summary])
            } else {
                let bytes = ByteCount.text(summary["bytes"]?.integer ?? 0)
                Output.note(
                    "\(count("versions", "version")), \(count("events", "event")), \(count("blobs", "blob")) (\(bytes)): "
                        + "\(Count.text(Int(faults), "fault")), \(Count.text(Int(notes), "note"))")
            }
            if faults > 0 {
                throw Failure(
                    .digestMismatch, "the repository is damaged: \(faults) faults; restore what they name from a backup"
                )
            }
        }
    }
}
