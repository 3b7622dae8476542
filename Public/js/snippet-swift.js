/** A Swift program (Foundation only) that fetches artifacts, verifies them and goes on after an interruption. */
import { SHA256_CONSTANTS, SHA256_START } from "./snippet-c.js";

/** - `files`: `{path, url, digest}`; an empty digest is asked of the server. */
export function swiftProgram(files, isPrivate) {
  const rows = files.map(({ path, url, digest }) => `    (${JSON.stringify(url)},\n     ${JSON.stringify(path)}, ${JSON.stringify(digest)}),`);
  const token = isPrivate ? `
guard let token = ProcessInfo.processInfo.environment["MORU_TOKEN"] else {
    fail("MORU_TOKEN", "put a token with the scope model:read into it")
}` : "";
  const authorize = isPrivate ? `
    request.setValue("Bearer \\(token)", forHTTPHeaderField: "Authorization")` : "";
  const redirect = isPrivate ? `
    // Another server is not given the token.
    func urlSession(
        _ session: URLSession, task: URLSessionTask, willPerformHTTPRedirection response: HTTPURLResponse,
        newRequest: URLRequest, completionHandler: @escaping (URLRequest?) -> Void
    ) {
        var request = newRequest
        let (from, to) = (task.originalRequest?.url, newRequest.url)
        if (from?.scheme, from?.host, from?.port) != (to?.scheme, to?.host, to?.port) {
            request.setValue(nil, forHTTPHeaderField: "Authorization")
        }
        completionHandler(request)
    }
` : "";
  return `// swiftc get.swift -o get && ./get
import Foundation
#if canImport(FoundationNetworking)
import FoundationNetworking
#endif

// URL, path, SHA-256 (empty: what the server's ETag says)
let files: [(url: String, path: String, sha256: String)] = [
${rows.join("\n")}
]

func fail(_ path: String, _ why: String) -> Never {
    FileHandle.standardError.write(Data("\\(path): \\(why)\\n".utf8))
    exit(1)
}
${token}
struct SHA256 {
    static let k: [UInt32] = [
  ${SHA256_CONSTANTS},
    ]
    var h: [UInt32] = [${SHA256_START}]
    var w = [UInt32](repeating: 0, count: 64)

    mutating func block(_ p: ArraySlice<UInt8>) {
        func turn(_ x: UInt32, _ n: UInt32) -> UInt32 { x >> n | x << (32 - n) }
        for i in 0..<64 {
            if i < 16 {
                let at = p.startIndex + 4 * i
                w[i] = UInt32(p[at]) << 24 | UInt32(p[at + 1]) << 16
                w[i] |= UInt32(p[at + 2]) << 8 | UInt32(p[at + 3])
            } else {
                let s0 = turn(w[i - 15], 7) ^ turn(w[i - 15], 18) ^ w[i - 15] >> 3
                let s1 = turn(w[i - 2], 17) ^ turn(w[i - 2], 19) ^ w[i - 2] >> 10
                w[i] = w[i - 16] &+ s0 &+ w[i - 7] &+ s1
            }
        }
        var (a, b, c, d, e, f, g, last) = (h[0], h[1], h[2], h[3], h[4], h[5], h[6], h[7])
        for i in 0..<64 {
            let s1 = turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)
            let t = last &+ s1 &+ ((e & f) ^ (~e & g)) &+ Self.k[i] &+ w[i]
            let s0 = turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)
            let u = s0 &+ ((a & b) ^ (a & c) ^ (b & c))
            (last, g, f, e, d, c, b, a) = (g, f, e, d &+ t, c, b, a, t &+ u)
        }
        for (i, x) in [a, b, c, d, e, f, g, last].enumerated() { h[i] = h[i] &+ x }
    }

    static func of(_ path: String) -> String? {
        guard let file = FileHandle(forReadingAtPath: path) else { return nil }
        var (sha, rest, total) = (SHA256(), [UInt8](), 0)
        while let data = try? file.read(upToCount: 1 << 20), !data.isEmpty {
            total += data.count
            rest += data
            var at = 0
            while rest.count - at >= 64 {
                sha.block(rest[at..<at + 64])
                at += 64
            }
            rest.removeFirst(at)
        }
        rest.append(0x80)
        while rest.count % 64 != 56 { rest.append(0) }
        rest += (0..<8).map { UInt8(truncatingIfNeeded: (UInt64(total) * 8) >> UInt64(56 - 8 * $0)) }
        for at in stride(from: 0, to: rest.count, by: 64) { sha.block(rest[at..<at + 64]) }
        return sha.h.map { x in (0..<8).map { String(x >> UInt32(28 - 4 * $0) & 15, radix: 16) }.joined() }.joined()
    }
}

// Writes what arrives to a file at once, so that memory stays small and what is there stays.
final class Fetch: NSObject, URLSessionDataDelegate, @unchecked Sendable {
    let path: String
    let done = DispatchSemaphore(value: 0)
    var response: HTTPURLResponse?
    var file: FileHandle?
    var error: (any Error)?

    init(to path: String) { self.path = path }
${redirect}
    func urlSession(
        _ session: URLSession, dataTask: URLSessionDataTask, didReceive response: URLResponse,
        completionHandler: @escaping (URLSession.ResponseDisposition) -> Void
    ) {
        self.response = response as? HTTPURLResponse
        let status = self.response?.statusCode ?? 0
        if dataTask.originalRequest?.httpMethod != "HEAD", status == 200 || status == 206 {
            if !FileManager.default.fileExists(atPath: path) { _ = FileManager.default.createFile(atPath: path, contents: nil) }
            file = FileHandle(forWritingAtPath: path)
            if status == 200 { try? file?.truncate(atOffset: 0) }
            _ = try? file?.seekToEnd()
        }
        completionHandler(.allow)
    }

    func urlSession(_ session: URLSession, dataTask: URLSessionDataTask, didReceive data: Data) {
        do { try file?.write(contentsOf: data) } catch { self.error = error }
    }

    func urlSession(_ session: URLSession, task: URLSessionTask, didCompleteWithError error: (any Error)?) {
        try? file?.close()
        self.error = self.error ?? error
        done.signal()
    }
}

func ask(_ url: String, _ method: String, from start: UInt64 = 0, to path: String) -> HTTPURLResponse {
    guard let address = URL(string: url) else { fail(path, "no address") }
    var request = URLRequest(url: address)
    request.httpMethod = method${authorize}
    if start > 0 { request.setValue("bytes=\\(start)-", forHTTPHeaderField: "Range") }
    let fetch = Fetch(to: path)
    let session = URLSession(configuration: .ephemeral, delegate: fetch, delegateQueue: nil)
    session.dataTask(with: request).resume()
    fetch.done.wait()
    session.finishTasksAndInvalidate()
    guard let response = fetch.response, fetch.error == nil else {
        fail(path, fetch.error?.localizedDescription ?? "no answer")
    }
    guard [200, 206, 416].contains(response.statusCode) else { fail(path, "HTTP \\(response.statusCode)") }
    return response
}

for file in files {
    var sum = file.sha256
    if sum.isEmpty {
        let tag = ask(file.url, "HEAD", to: file.path).value(forHTTPHeaderField: "ETag") ?? ""
        sum = tag.split(separator: "\\"").first?.split(separator: ":").last.map(String.init) ?? ""
    }
    guard sum.count == 64 else { fail(file.path, "no SHA-256 from the server") }
    if SHA256.of(file.path) == sum { continue }
    let part = "\\(file.path).\\(sum.prefix(12)).part"
    let folder = URL(fileURLWithPath: file.path).deletingLastPathComponent()
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    if SHA256.of(part) != sum {
        let size = try? FileManager.default.attributesOfItem(atPath: part)[.size] as? UInt64
        _ = ask(file.url, "GET", from: size ?? 0, to: part)
    }
    guard SHA256.of(part) == sum else {
        try? FileManager.default.removeItem(atPath: part)
        fail(file.path, "SHA-256 mismatch")
    }
    try? FileManager.default.removeItem(atPath: file.path)
    try FileManager.default.moveItem(atPath: part, toPath: file.path)
}`;
}
