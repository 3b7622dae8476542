import ArgumentParser
import Encoding
import Glibc
import JSON
import Registry
import RegistryClient

/// Manages the caller's tokens.
struct TokenCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "token", abstract: "Create, list or revoke your tokens.",
        discussion: """
            Only a token with the scope admin makes and revokes others: moru login URL --user NAME --scopes admin. It
            allows what your role allows of managing; the portal does the same, at /tokens.
            """,
        subcommands: [Create.self, List.self, Revoke.self])

    struct Create: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Create a token and print it; it is shown this once.",
            discussion: "Example: moru token create camera-7 --scopes model:read --models traffic/* --expires-in 90")

        @Argument(help: "What it is for.") var name: String
        @Option(
            help: ArgumentHelp(
                "What it may do: model:read, model:write, alias:write, rollout, device, admin.", valueName: "scope,…"))
        var scopes: CommaList<Scope> = [.modelRead]
        @Option(
            help: ArgumentHelp("The models it is for: namespace/name or namespace/*; else all.", valueName: "model,…"))
        var models: CommaList<ModelPattern> = []
        @Option(help: ArgumentHelp("Days that it holds; else until it is revoked.", valueName: "days"))
        var expiresIn: Int?
        @OptionGroup var options: ClientOptions

        func validate() throws {
            guard expiresIn.map({ (1...3650).contains($0) }) ?? true else {
                throw ValidationError("--expires-in is 1 to 3650 days")
            }
        }

        func run() throws {
            var request = TokenRequest(name: name, scopes: scopes.values)
            request.models = models.values
            request.expiresAt = expiresIn.map { Int64(time(nil)) + Int64($0) * 86_400 }
            let token = try options.client().createToken(request)
            if options.json { return Output.json(token.json) }
            Output.note("keep it safe; it is not shown again. To revoke it: moru token revoke \(token.id)")
            Output.line(token.secret ?? "")
        }
    }

    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List your tokens.")

        @OptionGroup var options: ClientOptions

        func run() throws {
            let tokens = try options.client().tokens()
            if options.json { return Output.json(["items": .array(tokens.map(\.json))]) }
            var table = Table("ID", "NAME", "TOKEN", "SCOPES", "MODELS", "EXPIRES", "LAST USED")
            for token in tokens {
                table.rows.append([
                    token.id, token.name, token.prefix + "…", token.scopes.joined(separator: ","),
                    token.models.isEmpty ? "all" : token.models.joined(separator: ","),
                    token.expiresAt.map { Timestamp.rfc3339($0) } ?? "never",
                    token.lastUsedAt.map { Timestamp.rfc3339($0) } ?? "-",
                ])
            }
            table.print()
        }
    }

    struct Revoke: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Revoke a token at once.")

        @Argument(help: "Its id, as 'moru token list' shows it.") var id: String
        @OptionGroup var options: ClientOptions

        func run() throws {
            try options.client().revokeToken(id)
            if options.json { return Output.json(["id": .string(id), "revoked": true]) }
            Output.line("revoked \(id)")
        }
    }
}
