import ArgumentParser
import RegistryClient

/// What all commands that talk to a server have in common.
struct ClientOptions: ParsableArguments {
    @Option(help: ArgumentHelp("The server's address. (or MORU_SERVER, or the last login)", valueName: "url"))
    var server: String?

    @Option(
        help: ArgumentHelp("A file with the token. (or MORU_TOKEN, MORU_TOKEN_FILE)", valueName: "file"),
        completion: .file())
    var tokenFile: String?

    @Flag(help: "Write one JSON document to standard output.")
    var json = false

    /// A client of the server that flag, environment or login name, in this order.
    func client() throws -> RegistryClient {
        let url = try address()
        return RegistryClient(
            server: url, token: try token(for: url), language: Environment.language)
    }

    /// The server that ``client()`` asks.
    func address() throws -> ServerURL {
        let named = try server ?? Environment["MORU_SERVER"] ?? Credentials().server
        return try named.map { try ServerURL($0) } ?? .local
    }

    private func token(for server: ServerURL) throws -> String? {
        if let tokenFile { return try Environment.secret(in: tokenFile) }
        if let token = Environment["MORU_TOKEN"] { return token }
        if let file = Environment["MORU_TOKEN_FILE"] { return try Environment.secret(in: file) }
        return try Credentials().token(for: server)
    }
}
