import Encoding
import JSON
import Registry

/// - Throws: Each call ``ClientError``; what the server refuses comes as ``ClientError/problem(_:)``.
/// A typed client of one server's REST API.
///
/// Calls block until the answer is there and may come from any threads at once. What can be repeated without harm is
/// tried again after a lost connection, 429 or 5xx, as ``RetryPolicy`` says. Proxies are taken from the environment
/// (`https_proxy`, `no_proxy`…), and certificates are always verified.
public final class RegistryClient: Sendable {
    /// Whom all calls go to.
    public let server: ServerURL
    /// How patient calls are that do not say so themselves.
    public let retries: RetryPolicy
    let transport: Transport

    /// A client that sends `token` with each request, or no credentials, and wants problems worded in `language` (`en`
    /// or `ko`).
    public init(server: ServerURL, token: String? = nil, language: String = "en", retries: RetryPolicy = RetryPolicy())
    {
        self.server = server
        self.retries = retries
        transport = Transport(server: server, token: token, language: language)
    }

    static let models = "/api/v1/models"

    static func target(of model: ModelName) -> String { "\(models)/\(model)" }

    static func target(of model: ModelName, _ selector: VersionSelector) -> String {
        "\(models)/\(model)/versions/\(PercentEncoding.encode("\(selector)"))"
    }

    // MARK: Sending

    /// Sends `call`, again where that is safe, until there is an answer or nothing left to try.
    ///
    /// - Throws: ``ClientError``.
    func send(_ call: Call) throws -> Reply {
        var attempt = 1
        while true {
            let failure: ClientError
            var retryAfter: Int?
            switch try transport.attempt(call) {
            case .reply(let reply):
                let status = reply.head.status
                if status < 300 || status == 304 { return reply }
                if status < 400, let place = reply.head["location"] {
                    throw ClientError.unexpectedAnswer("\(server) has moved to \(place); use that address")
                }
                failure = .problem(ClientError.Problem(reply))
                guard status == 429 || (status >= 500 && call.isIdempotent && status != 507) else { throw failure }
                retryAfter = reply.head.retryAfter
            case .lost(let reason, let sentNothing):
                failure = .unreachable(server: "\(server)", reason: reason)
                guard call.isIdempotent || sentNothing else { throw failure }
            }
            guard let delay = retries.delay(after: attempt, retryAfter: retryAfter) else { throw failure }
            RetryPolicy.sleep(milliseconds: delay)
            attempt += 1
        }
    }

    /// Sends `call` and reads the JSON of the answer.
    func json(_ call: Call) throws -> JSONValue { try Self.json(try send(call)) }

    static func json(_ reply: Reply) throws -> JSONValue {
        do {
            return try JSONValue(parsing: reply.bytes)
        } catch {
            throw ClientError.unexpectedAnswer("status \(reply.head.status) with a body that is not JSON (\(error))")
        }
    }

    func get(_ target: String, _ query: [(String, String)] = []) throws -> JSONValue {
        try json(Call(target: target + PercentEncoding.query(query)))
    }

    /// All pages of a list, one after the other.
    func all<Item>(_ target: String, _ parse: (JSONValue) throws -> Item) throws -> [Item] {
        var items: [Item] = []
        var cursor: String?
        repeat {
            let query = [("limit", "100")] + (cursor.map { [("cursor", $0)] } ?? [])
            let answer = try JSONAnswer(try get(target, query))
            items += try answer.array("items").map(parse)
            cursor = answer.json["next"]?.string
        } while cursor != nil
        return items
    }
}

extension ClientError.Problem {
    init(_ reply: Reply) {
        let json = try? JSONValue(parsing: reply.bytes)
        let type = json?["type"]?.string ?? ""
        let fields = (json?["errors"]?.array ?? []).map {
            Field(name: $0["field"]?.string ?? "", detail: $0["detail"]?.string ?? "")
        }
        self.init(
            status: reply.head.status,
            code: type.split(separator: "/").last.map(String.init) ?? "",
            title: json?["title"]?.string ?? "the server answered with status \(reply.head.status)",
            detail: json?["detail"]?.string ?? "", fields: fields, instance: json?["instance"]?.string ?? "")
    }
}
