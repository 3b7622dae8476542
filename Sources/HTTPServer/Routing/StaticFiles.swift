import Cryptography
import Encoding
import Glibc

/// Files that are read into memory once, with entity tags and gzip forms.
public struct StaticFiles: Sendable {
    private let responses: [String: Response]
    private let cleanPaths: [(segments: [Substring], file: String)]

    /// - Parameters:
    ///   - directory: read with its subdirectories; names that begin with a dot are left out.
    ///   - fields: for every response, such as Content-Security-Policy.
    ///   - pages: clean paths to files: `["/models/{ns}/{name}": "model.html"]`. `/` is `index.html` by itself.
    /// - Throws: when the directory cannot be read.
    public init(directory: String, fields: Fields = [:], pages: [(String, String)] = []) throws(ServerError) {
        var responses: [String: Response] = [:]
        try Self.read(directory, under: "", depth: 0, fields, &responses)
        var cleanPaths: [(segments: [Substring], file: String)] = []
        for (path, file) in [("/", "index.html")] + pages where responses["/" + file] != nil {
            let segments = path.split(separator: "/" as Character, omittingEmptySubsequences: false)
            cleanPaths.append((segments, "/" + file))
        }
        self.responses = responses
        self.cleanPaths = cleanPaths
    }

    /// The paths of the files, each with a leading slash.
    public var paths: [String] { responses.keys.sorted() }

    /// - Parameter path: percent-encoded, in normal form.
    /// - Returns: nil when no file is there.
    public func response(for path: String) -> Response? {
        if let decoded = PercentEncoding.decode(path), let response = responses[decoded] { return response }
        let segments = path.split(separator: "/" as Character, omittingEmptySubsequences: false)
        for clean in cleanPaths where Self.matches(clean.segments, segments) { return responses[clean.file] }
        return nil
    }

    /// Fits `Router.init(_:fallback:problem:)`.
    ///
    /// - Throws: 404 when no file is there.
    public func answer(_ request: Request) throws(HTTPError) -> Response {
        guard let response = response(for: request.path) else { throw .notFound }
        return response
    }

    private static func matches(_ pattern: [Substring], _ segments: [Substring]) -> Bool {
        pattern.count == segments.count
            && zip(pattern, segments).allSatisfy { $0 == $1 || ($0.hasPrefix("{") && !$1.isEmpty) }
    }

    private static func read(
        _ directory: String, under prefix: String, depth: Int, _ fields: Fields, _ responses: inout [String: Response]
    ) throws(ServerError) {
        guard depth < 16, let stream = opendir(directory) else {
            throw ServerError(description: "Cannot read the directory \(directory).")
        }
        defer { closedir(stream) }
        while let entry = Glibc.readdir(stream) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name.hasPrefix(".") { continue }
            let path = directory + "/" + name
            var status = stat()
            guard stat(path, &status) == 0 else { continue }
            if status.st_mode & S_IFMT == S_IFDIR {
                try read(path, under: prefix + "/" + name, depth: depth + 1, fields, &responses)
            } else if status.st_mode & S_IFMT == S_IFREG {
                responses[prefix + "/" + name] = try file(path, name, fields)
            }
        }
    }

    private static func file(_ path: String, _ name: String, _ fields: Fields) throws(ServerError) -> Response {
        let bytes = try contents(of: path)
        var response = Response.content(bytes, type: MediaType.ofFile(named: name), fields: fields)
        if !response.fields.contains("Cache-Control") { response.fields["Cache-Control"] = "no-cache" }
        response.entityTag = EntityTag(Hex.encode(SHA256.digest(of: bytes).prefix(16)))
        response.reuse = .whileUnchanged(until: nil)
        if bytes.count >= Compression.minimum, Compression.isCompressible(MediaType.ofFile(named: name)) {
            response.gzipped = Compression.gzip(bytes, level: 9)
        }
        return response
    }

    private static func contents(of path: String) throws(ServerError) -> [UInt8] {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw ServerError(description: "Cannot read \(path).") }
        defer { close(descriptor) }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 64 << 10)
        while true {
            let count = Glibc.read(descriptor, &chunk, chunk.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw ServerError(description: "Cannot read \(path).") }
            if count == 0 { return bytes }
            bytes += chunk[..<count]
        }
    }
}
