import Encoding
import Glibc
import JSON
import Registry

/// A large file on its way to a server, in pieces, each of which the server keeps whatever happens next (tus 1.0.0).
struct FileUpload {
    let file: Publication.LocalFile
    /// The artifact's path, so that people know the upload when they see it.
    let name: String
    let client: RegistryClient

    /// From this size on files go by themselves.
    static let threshold: Int64 = 8 << 20
    static let path = "/api/v1/uploads"
    private static let pieceSize: Int64 = 8 << 20
    private static let protocolField = (name: "Tus-Resumable", value: "1.0.0")

    /// What an earlier run may have left of it.
    struct Unfinished: Sendable {
        let id: String
        let length: Int64
        let digest: String?
    }

    /// Sends what the server does not have yet; `progress` is told how many bytes it has.
    ///
    /// After a lost connection or a server in trouble it goes on where the server is, as patient as the client: attempts
    /// that bring nothing new are counted.
    ///
    /// - Returns: The id of the upload, which is whole.
    /// - Throws: ``ClientError``.
    func send(goingOnWith unfinished: [Unfinished], progress: (Int64) -> Void) throws -> String {
        let known = unfinished.first { $0.digest == file.digest.hex && $0.length == file.size }?.id
        var id = try known ?? create()
        var offset: Int64? = known == nil ? 0 : nil
        var (failures, mayRestart) = (0, known != nil)
        var reached: Int64 = 0
        while true {
            do {
                let at = try offset ?? self.offset(of: id)
                progress(at)
                if at >= file.size { return id }
                if at > reached { (reached, failures) = (at, 0) }
                offset = try append(to: id, at: at)
            } catch let error as ClientError {
                offset = nil
                if let problem = error.problem, problem.status == 404 {
                    // It has expired, or somebody has ended it.
                    guard mayRestart else { throw error }
                    (id, offset, reached, mayRestart) = (try create(), 0, 0, false)
                    continue
                }
                guard Self.isWorthTrying(error) else { throw error }
                failures += 1
                guard let delay = client.retries.delay(after: failures, retryAfter: nil) else { throw error }
                RetryPolicy.sleep(milliseconds: delay)
            }
        }
    }

    /// Whether asking where the upload is, and going on from there, may help.
    private static func isWorthTrying(_ error: ClientError) -> Bool {
        switch error {
        case .unreachable: true
        case .problem(let problem): [409, 423, 429, 460, 500, 502, 503, 504].contains(problem.status)
        default: false
        }
    }

    private func create() throws -> String {
        let metadata = [("filename", name), ("sha256", file.digest.hex)].map {
            "\($0.0) \(Base64.encode(Array($0.1.utf8)))"
        }
        var call = Call(method: "POST", target: Self.path, body: .bytes([], type: nil))
        call.fields = [
            Self.protocolField, ("Upload-Length", "\(file.size)"),
            ("Upload-Metadata", metadata.joined(separator: ",")),
        ]
        guard let location = try client.send(call).head["location"], let id = location.split(separator: "/").last else {
            throw ClientError.unexpectedAnswer("an upload without an address")
        }
        return String(id)
    }

    private func offset(of id: String) throws -> Int64 {
        var call = Call(method: "HEAD", target: "\(Self.path)/\(id)")
        call.fields = [Self.protocolField]
        return try Self.offset(try once(call))
    }

    /// Sends the next piece.
    ///
    /// - Returns: Where the upload is then.
    private func append(to id: String, at offset: Int64) throws -> Int64 {
        let bytes = try piece(at: offset)
        var call = Call(
            method: "PATCH", target: "\(Self.path)/\(id)", body: .bytes(bytes, type: "application/offset+octet-stream"))
        call.fields = [Self.protocolField, ("Upload-Offset", "\(offset)")]
        // After the last byte the server may read the whole once.
        call.stallTimeout = 300
        return try Self.offset(try once(call))
    }

    /// Sends a call that must not be repeated blindly: who asks where the upload is knows better.
    private func once(_ call: Call) throws -> Reply {
        switch try client.transport.attempt(call) {
        case .reply(let reply):
            guard reply.head.status < 300 else { throw ClientError.problem(ClientError.Problem(reply)) }
            return reply
        case .lost(let reason, _): throw ClientError.unreachable(server: "\(client.server)", reason: reason)
        }
    }

    private static func offset(_ reply: Reply) throws -> Int64 {
        guard let offset = reply.head["upload-offset"].flatMap({ Int64($0) }), offset >= 0 else {
            throw ClientError.unexpectedAnswer("an upload that does not say where it is")
        }
        return offset
    }

    private func piece(at offset: Int64) throws -> [UInt8] {
        let descriptor = open(file.location, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw failure() }
        defer { close(descriptor) }
        let wanted = Int(min(Self.pieceSize, file.size - offset))
        var count = 0
        let bytes = try [UInt8](unsafeUninitializedCapacity: wanted) { buffer, initialized in
            while count < wanted {
                let rest = UnsafeMutableRawBufferPointer(UnsafeMutableBufferPointer(rebasing: buffer[count...]))
                let read = pread(descriptor, rest.baseAddress, rest.count, Int(offset) + count)
                if read < 0, errno == EINTR { continue }
                guard read > 0 else {
                    if read == 0 { throw ClientError.file(path: file.location, reason: "it has become shorter") }
                    throw failure()
                }
                count += read
            }
            initialized = count
        }
        return bytes
    }

    private func failure() -> ClientError {
        .file(path: file.location, reason: String(cString: strerror(errno)))
    }
}

extension RegistryClient {
    /// What earlier runs have left; nil when the server takes no resumable uploads, or not of this caller.
    ///
    /// - Throws: ``ClientError`` when the server is not reached.
    func unfinishedUploads() throws -> [FileUpload.Unfinished]? {
        do {
            return try JSONAnswer(try get(FileUpload.path)).array("items").map { item in
                let answer = try JSONAnswer(item)
                return FileUpload.Unfinished(
                    id: try answer.string("id"), length: try answer.integer("length"),
                    digest: item["metadata"]?["sha256"]?.string)
            }
        } catch let error as ClientError where error.problem != nil {
            // The form says what is wrong, if anything is.
            return nil
        }
    }
}
