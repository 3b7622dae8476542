import Cryptography
import Encoding
import Glibc
public import Registry

/// Brings the bytes that a digest names to a local file, across any number of interruptions.
///
/// They are collected in `DESTINATION.part`, which survives a lost connection and the death of the process. The next
/// download goes on where it ends, as long as the server still has the same bytes (`Range` with `If-Range`, RFC 9110
/// §13.1.5, and the entity tag kept in `DESTINATION.part.etag`). Only when the SHA-256 of the whole is right is it
/// synced and renamed to `DESTINATION`: a file of that name is always complete.
public struct Download {
    /// What is downloaded, for people.
    public let what: String
    let target: String
    let digest: Digest
    let size: Int64
    let destination: String
    let retries: RetryPolicy

    private var part: String { destination + ".part" }
    private var tagFile: String { part + ".etag" }

    /// How many bytes were sent over the wire by one run.
    public typealias Received = Int64

    /// Runs the download to its end; `progress` is told how many bytes of the whole are there.
    ///
    /// - Returns: how many bytes were sent for it.
    /// - Throws: ``ClientError/digestMismatch(what:expected:actual:)`` when the server has other bytes; then nothing is
    ///   left of them.
    @discardableResult
    public func run(with client: RegistryClient, progress: ((Int64) -> Void)? = nil) throws -> Received {
        let file = try PartFile(path: part, tagPath: tagFile)
        try file.resume(upTo: size)
        let resumed = file.count > 0
        do {
            try fetch(into: file, client, progress)
            try verify(file)
        } catch let error as ClientError {
            guard case .digestMismatch = error else { throw error }
            file.discard()
            // What an earlier run left may be the damaged half: the bytes as a whole get one fresh start.
            guard resumed else { throw error }
            return try file.received + run(with: client, progress: progress)
        }
        try file.publish(as: destination)
        return file.received
    }

    private func verify(_ file: PartFile) throws {
        let actual = Hex.encode(file.digest())
        guard actual == digest.hex, file.count == size else {
            throw ClientError.digestMismatch(what: what, expected: digest, actual: Digest(hex: actual) ?? digest)
        }
    }

    private func fetch(
        into file: PartFile, _ client: RegistryClient, _ progress: ((Int64) -> Void)?
    ) throws {
        var failures = 0
        // Each pass either brings bytes, which resets `failures`, or counts as one; a server that keeps changing what it
        // sends is bounded by the number of fresh starts.
        var restarts = 0
        while file.count < size {
            let before = file.count
            progress?(before)
            let (failure, retryAfter) = try attempt(file, client, progress, &restarts)
            guard let failure else {
                if file.count < size { failures += 1 }
                guard failures < retries.attempts, restarts < retries.attempts else {
                    throw ClientError.unexpectedAnswer("\(what) ends after \(file.count) of \(size) bytes")
                }
                continue
            }
            failures = file.count > before ? 1 : failures + 1
            guard restarts < retries.attempts,
                let delay = retries.delay(after: failures, retryAfter: retryAfter)
            else { throw failure }
            RetryPolicy.sleep(milliseconds: delay)
        }
        progress?(file.count)
    }

    /// Asks for what is missing once; returns what went wrong when trying again may help.
    private func attempt(
        _ file: PartFile, _ client: RegistryClient, _ progress: ((Int64) -> Void)?, _ restarts: inout Int
    ) throws -> (ClientError?, retryAfter: Int?) {
        var call = Call(target: target, followsRedirections: true)
        if file.count > 0, let tag = file.tag {
            call.fields = [("Range", "bytes=\(file.count)-"), ("If-Range", tag)]
        }
        var hasBegun = false
        call.receive = { head, bytes in
            if !hasBegun {
                hasBegun = true
                if !goesOn(head, from: file.count) { try file.restart(tag: head.strongTag) }
            }
            try file.append(bytes, upTo: size)
            progress?(file.count)
        }
        let offered = file.count
        let outcome = try client.transport.attempt(call)
        if file.count < offered { restarts += 1 }
        switch outcome {
        case .lost(let reason, _): return (.unreachable(server: "\(client.server)", reason: reason), nil)
        case .reply(let reply):
            let status = reply.head.status
            if status < 300 { return (nil, nil) }
            let failure = ClientError.problem(ClientError.Problem(reply))
            if status == 416, file.count > 0 {
                try file.restart(tag: nil)
                restarts += 1
                return (nil, nil)
            }
            guard status == 429 || status >= 500 else { throw failure }
            return (failure, reply.head.retryAfter)
        }
    }

    /// Whether the bytes of an answer follow the first `offset` of them.
    private func goesOn(_ head: borrowing ReplyHead, from offset: Int64) -> Bool {
        offset > 0 && head.status == 206 && head["content-range"]?.hasPrefix("bytes \(offset)-") == true
    }
}

extension RegistryClient {
    /// A download of one artifact of a version, whose bytes are `size` and have `digest`, into the file at
    /// `destination`, as patient as `retries` or else the client.
    public func download(
        _ path: ArtifactPath, of model: ModelName, _ number: VersionNumber, digest: Digest, size: Int64,
        to destination: String, retries: RetryPolicy? = nil
    ) -> Download {
        let name = PercentEncoding.encode("\(path)", keeping: "/")
        return Download(
            what: "\(path)", target: "\(Self.target(of: model, .number(number)))/artifacts/\(name)", digest: digest,
            size: size, destination: destination, retries: retries ?? self.retries)
    }

    /// The README of a version.
    ///
    /// - Throws: ``ClientError/digestMismatch(what:expected:actual:)`` when its bytes are not those of `digest`.
    public func readme(of model: ModelName, _ number: VersionNumber, digest: Digest) throws -> [UInt8] {
        let bytes = try send(Call(target: Self.target(of: model, .number(number)) + "/readme")).bytes
        let actual = Hex.encode(SHA256.digest(of: bytes))
        guard actual == digest.hex else {
            throw ClientError.digestMismatch(
                what: "README.md", expected: digest, actual: Digest(hex: actual) ?? digest)
        }
        return bytes
    }
}
