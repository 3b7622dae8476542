import ArgumentParser
import Glibc

@main
struct Moru: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "moru",
        abstract: "An AI model repository for on-device AI.",
        discussion: """
            Which server: --server, else MORU_SERVER, else the last 'moru login', else http://127.0.0.1:8080.
            Who asks: --token-file, else MORU_TOKEN, else MORU_TOKEN_FILE, else what 'moru login' stored for the server.
            Results go to standard output (one JSON document with --json), everything else to standard error.

            Exit codes: 0 done, 1 failed, 2 usage, 3 not found, 4 not allowed, 5 digest mismatch, 6 unreachable.

            Shell completions: moru --generate-completion-script bash (or zsh, fish).
            """,
        version: "moru \(Product.version)",
        subcommands: [
            ServeCommand.self, LoginCommand.self, PushCommand.self, PullCommand.self, SearchCommand.self,
            VersionCommand.self, AliasCommand.self, UserCommand.self, NamespaceCommand.self, TokenCommand.self,
            AccountCommand.self, GarbageCollectCommand.self, ReindexCommand.self, FsckCommand.self, BackupCommand.self,
            RestoreCommand.self,
        ]
    )

    static func main() {
        do {
            var command = try parseAsRoot()
            try command.run()
        } catch {
            end(with: error)
        }
    }

    /// Says on standard error what went wrong and ends the process with the code that scripts rely on.
    private static func end(with error: any Error) -> Never {
        if let failure = Failure(error) {
            Output.note("moru: \(failure.message)")
            Glibc.exit(failure.status.rawValue)
        }
        let code = exitCode(for: error)
        // Help and completion scripts arrive as errors too, and so does an exit code without a text.
        if code.isSuccess || error is ExitCode { exit(withError: error) }
        Output.note(fullMessage(for: error))
        Glibc.exit(code == .validationFailure ? ExitStatus.usage.rawValue : ExitStatus.failed.rawValue)
    }
}
