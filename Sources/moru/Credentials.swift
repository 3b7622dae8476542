import Glibc
import JSON
import RegistryClient

/// What `moru login` keeps: a token for each server, and the server that was signed in to last.
///
/// Kept in `$XDG_CONFIG_HOME/moru/credentials.json` (or `~/.config/…`), readable by its owner alone.
struct Credentials {
    private var json: JSONObject
    private let directory: String
    private var path: String { directory + "/credentials.json" }

    /// - Throws: ``Failure`` when the file is damaged or others may read it.
    init() throws {
        guard let base = Environment["XDG_CONFIG_HOME"] ?? Environment["HOME"].map({ $0 + "/.config" }) else {
            (directory, json) = ("", [:])
            return
        }
        directory = base + "/moru"
        json = [:]
        var status = stat()
        guard stat(path, &status) == 0 else { return }
        guard status.st_mode & 0o077 == 0 else {
            throw Failure(.failed, "\(path) can be read by others; run: chmod 600 \(path)")
        }
        guard let object = try? JSONValue(parsing: LocalFiles.read(path, maximum: 1 << 20)).object else {
            throw Failure(.failed, "\(path) is damaged; remove it and run 'moru login' again")
        }
        json = object
    }

    /// The server of the last login.
    var server: String? { json["default"]?.string }

    func token(for server: ServerURL) -> String? { json["servers"]?["\(server)"]?["token"]?.string }

    mutating func keep(_ token: String, user: String?, for server: ServerURL) throws {
        var servers = json["servers"]?.object ?? [:]
        servers["\(server)"] = ["token": .string(token), "user": user.map { .string($0) } ?? .null]
        json["servers"] = .object(servers)
        json["default"] = .string("\(server)")
        guard !directory.isEmpty else { throw Failure(.failed, "set HOME or XDG_CONFIG_HOME, to keep the token there") }
        try LocalFiles.createDirectories(directory, mode: 0o700)
        try LocalFiles.replace(path, with: JSONValue.object(json).bytes, mode: 0o600)
    }
}
