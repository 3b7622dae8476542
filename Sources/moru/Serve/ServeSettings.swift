import HTTPServer
import WebAPI

/// How to serve: each setting by flag, then environment, then default.
struct ServeSettings {
    let dataDirectory: String
    let publicDirectory: String?
    let vocabularyFiles: [String]
    let adminPassword: String?
    let logFormat: ServerConfiguration.LogFormat
    let publicURL: String?
    let server: ServerConfiguration
    let collectionGrace: TimeSpan
    let collectionInterval: TimeSpan
    private let maximumUpload: Int64
    private let requestRate: Int?

    init(_ options: ServeOptions) throws {
        dataDirectory = options.dataDir ?? Environment["MORU_DATA_DIR"] ?? "./data"
        publicDirectory = options.publicDir ?? Environment["MORU_PUBLIC_DIR"]
        vocabularyFiles =
            options.vocabulary.isEmpty
            ? (Environment["MORU_VOCABULARY"] ?? "").split(separator: ",").map(String.init) : options.vocabulary
        adminPassword = try Self.adminPassword(file: options.adminPasswordFile)
        let format = options.logFormat ?? Environment["MORU_LOG_FORMAT"] ?? "text"
        guard let logFormat = ServerConfiguration.LogFormat(rawValue: format) else {
            throw Failure(.usage, "--log-format is text or json, not “\(format)”")
        }
        self.logFormat = logFormat
        publicURL = try (options.publicUrl ?? Environment["MORU_PUBLIC_URL"]).map(Self.origin)
        let size = options.maxUpload ?? Environment["MORU_MAX_UPLOAD"] ?? "50G"
        guard let maximumUpload = ByteSize.parse(size) else {
            throw Failure(.usage, "--max-upload is a size such as 500M or 50G, not “\(size)”")
        }
        self.maximumUpload = maximumUpload
        requestRate = try Self.number(options.rateLimit, "MORU_RATE_LIMIT", "--rate-limit", from: 0)
        collectionGrace = try Self.span(options.gcGrace, "MORU_GC_GRACE", "--gc-grace") ?? .hours(24)
        collectionInterval = try Self.span(options.gcInterval, "MORU_GC_INTERVAL", "--gc-interval") ?? .hours(1)

        var server = ServerConfiguration()
        let listen = options.listen ?? Environment["MORU_LISTEN"] ?? "127.0.0.1:8080"
        guard let colon = listen.lastIndex(of: ":"), let port = UInt16(listen[listen.index(after: colon)...]) else {
            throw Failure(.usage, "--listen is an address and a port such as 127.0.0.1:8080, not “\(listen)”")
        }
        let host = listen[..<colon]
        server.address = host.hasPrefix("[") && host.hasSuffix("]") ? String(host.dropFirst().dropLast()) : String(host)
        server.port = port
        server.log = logFormat
        server.trustedProxies =
            options.trustedProxy.isEmpty
            ? (Environment["MORU_TRUSTED_PROXY"] ?? "").split(separator: ",").map(String.init) : options.trustedProxy
        server.connections =
            try Self.number(options.maxConnections, "MORU_MAX_CONNECTIONS", "--max-connections") ?? server.connections
        server.connectionsPerAddress =
            try Self.number(
                options.maxConnectionsPerAddress, "MORU_MAX_CONNECTIONS_PER_ADDRESS", "--max-connections-per-address")
            ?? server.connectionsPerAddress
        server.idleTimeout =
            try Self.number(options.idleTimeout, "MORU_IDLE_TIMEOUT", "--idle-timeout") ?? server.idleTimeout
        self.server = server
    }

    /// The host as a URL has it.
    var urlHost: String { server.address.contains(":") ? "[\(server.address)]" : server.address }

    func api(log: ServerLog) -> WebAPI.Configuration {
        var configuration = WebAPI.Configuration()
        configuration.maximumUpload = maximumUpload
        configuration.requestRate = requestRate ?? configuration.requestRate
        configuration.publicURL = publicURL
        configuration.productVersion = Product.version
        configuration.log = { log.write($0) }
        return configuration
    }

    private static func adminPassword(file: String?) throws -> String? {
        if let file = file ?? Environment["MORU_ADMIN_PASSWORD_FILE"] { return try Environment.secret(in: file) }
        return Environment["MORU_ADMIN_PASSWORD"]
    }

    /// Scheme and authority, without what follows.
    private static func origin(_ text: String) throws -> String {
        let address = text.hasSuffix("/") ? String(text.dropLast()) : text
        for scheme in ["https://", "http://"] where address.hasPrefix(scheme) {
            let host = address.dropFirst(scheme.count)
            if !host.isEmpty, !host.contains("/") { return address }
        }
        throw Failure(.usage, "--public-url is an address such as https://moru.example, not “\(text)”")
    }

    private static func number(_ flag: String?, _ variable: String, _ name: String, from least: Int = 1) throws -> Int?
    {
        guard let text = flag ?? Environment[variable] else { return nil }
        guard let number = Int(text), (least...1_000_000).contains(number) else {
            throw Failure(.usage, "\(name) is a number from \(least) to 1000000, not “\(text)”")
        }
        return number
    }

    private static func span(_ flag: String?, _ variable: String, _ name: String) throws -> TimeSpan? {
        guard let text = flag ?? Environment[variable] else { return nil }
        guard let span = TimeSpan(argument: text) else {
            throw Failure(.usage, "\(name) is a time such as 500ms, 30m, 24h or 7d, not “\(text)”")
        }
        return span
    }
}
