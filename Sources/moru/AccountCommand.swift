import ArgumentParser
import JSON
import Registry
import RegistryClient

/// Shows and changes the caller's own account.
struct AccountCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "account",
        abstract: "Show your account, or change its name, language or password.",
        discussion: """
            Changes need a token with the scope admin, which allows what your role allows:
            moru login URL --user NAME --scopes admin
            """)

    @Option(help: "The name that others see.") var displayName: String?
    @Option(help: "The language of the portal: ko or en.") var language: String?
    @Flag(help: "Change the password; the old and the new one are asked for.") var password = false
    @Option(help: "A file with the new password, - for standard input.", completion: .file())
    var passwordFile: String?
    @Option(help: "A file with the password until now.", completion: .file())
    var currentPasswordFile: String?
    @OptionGroup var options: ClientOptions

    func validate() throws {
        guard currentPasswordFile == nil || changesPassword else {
            throw ValidationError("--current-password-file goes with --password or --password-file")
        }
    }

    func run() throws {
        let client = try options.client()
        var changes = AccountChanges()
        changes.displayName = displayName
        changes.language = language
        if changesPassword {
            changes.currentPassword =
                try currentPasswordFile.map { try Environment.secret(in: $0) }
                ?? Environment.askForSecret("Current password", orUse: "--current-password-file")
            let new = try Environment.newPassword(file: passwordFile)
            try Password.check(new)
            changes.password = new
        }
        guard let user = try changes.isEmpty ? client.currentUser() : client.editAccount(changes) else {
            throw Failure(.notAllowed, "nobody is signed in; sign in with: moru login URL --user NAME")
        }
        if options.json { return Output.json(user.json) }
        Output.line("\(user.username)\t\(user.role)\t\(user.json["language"]?.string ?? "-")\t\(user.displayName)")
        if changesPassword { Output.note("the password is changed; portal sessions have ended") }
    }

    private var changesPassword: Bool { password || passwordFile != nil }
}
