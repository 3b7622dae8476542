import ArgumentParser
import Glibc
import JSON
import Registry
import RegistryClient

/// Keeps a token for a server, so that the other commands need none.
struct LoginCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "login",
        abstract: "Sign in to a server and keep a token for it.",
        discussion: """
            With --user, signs in with the password, creates a token named after this machine and keeps it in \
            $XDG_CONFIG_HOME/moru/credentials.json (or ~/.config/moru/…), readable by you alone. The password is not kept.
            With --token-file, keeps that token. With a one-time link – of a new server, an invitation or a reset – asks \
            for the new password first; --user then names a new server's administrator (default: admin).

            Example: moru login https://models.example.com --user kim
            """)

    @Argument(help: "The server's address, or a one-time link.")
    var url: String

    @Option(help: "Who signs in.")
    var user: String?

    @Option(help: "A file with the password, - for standard input; else it is asked for.", completion: .file())
    var passwordFile: String?

    @Option(help: "A file with a token to keep.", completion: .file())
    var tokenFile: String?

    @Option(
        help: ArgumentHelp(
            "What the token may do besides model:read, model:write and alias:write, such as admin.",
            valueName: "scope,…"))
    var scopes: CommaList<Scope> = []

    @Flag(help: "Write one JSON document to standard output.")
    var json = false

    func validate() throws {
        if link != nil {
            guard tokenFile == nil else { throw ValidationError("A one-time link needs no --token-file") }
        } else {
            guard (user == nil) != (tokenFile == nil) else {
                throw ValidationError("Give either --user or --token-file")
            }
        }
    }

    private var link: OneTimeLink? { OneTimeLink(url) }

    func run() throws {
        let server = try link?.server ?? ServerURL(url)
        let token: String
        if let tokenFile {
            token = try Environment.secret(in: tokenFile)
        } else {
            token = try signIn(to: server)
        }
        let client = RegistryClient(server: server, token: token, language: Environment.language)
        guard let account = try client.currentUser() else {
            throw Failure(.notAllowed, "\(server) does not know the token; create another one there")
        }
        var credentials = try Credentials()
        try credentials.keep(token, user: account.username, for: server)
        if json { return Output.json(["server": .string("\(server)"), "user": .string(account.username)]) }
        Output.line("signed in to \(server) as \(account.username)")
    }

    private func signIn(to server: ServerURL) throws -> String {
        if !server.isSecure, !server.isLocal {
            Output.note("\(server) is not encrypted: others on the way can read the password; use https")
        }
        // What a developer needs day by day; more only when it is asked for.
        var wanted: [Scope] = [.modelRead, .modelWrite, .aliasWrite]
        wanted += scopes.values.filter { !wanted.contains($0) }
        let request = TokenRequest(name: Self.machine, scopes: wanted)
        let client = RegistryClient(server: server, language: Environment.language)
        let token: RemoteToken
        if let link, try client.isWaitingForSetUp() {
            let username = try Username(user ?? "admin")
            token = try client.setUp(
                link, as: username, password: Environment.newPassword(file: passwordFile), token: request)
        } else if let link {
            token = try client.redeem(link, password: Environment.newPassword(file: passwordFile), token: request)
        } else {
            let username = try Username(user ?? "")
            let password =
                try passwordFile.map { try Environment.secret(in: $0) }
                ?? Environment.askForSecret("Password of \(username) at \(server)", orUse: "--password-file")
            token = try client.signIn("\(username)", password: password, token: request)
        }
        guard let secret = token.secret else { throw ClientError.unexpectedAnswer("a token without its secret") }
        return secret
    }

    private static var machine: String {
        var name = [CChar](repeating: 0, count: 256)
        guard gethostname(&name, name.count - 1) == 0 else { return "moru" }
        return String(decoding: name.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}
