import Foundation
import HTTPServer
import JSON
import Registry
import Services
import Storage
import Synchronization
import TestSupport
import Testing
import WebAPI

/// Two thousand queries; as many as `MORU_FUZZED_QUERIES` says where it is set.
@Suite struct `Search under fuzzed queries` {
    private static let count =
        ProcessInfo.processInfo.environment["MORU_FUZZED_QUERIES"].flatMap { Int($0) } ?? 2000

    private let server: TestServer
    private let list: Route.Handler

    init() throws {
        server = try TestServer()
        guard
            case .plain(_, let handler)? = server.api.router.routes.first(where: { $0.operationID == "listModels" })?
                .action
        else { throw TestClientError.noAnswer }
        list = handler
        try Self.fill(server.repository, Self.count > 10_000 ? 3000 : 300)
    }

    private static func fill(_ repository: Repository, _ count: Int) throws {
        let user = try repository.accounts.createUserLocally(
            Username("filler"), role: .admin, password: TestServer.password)
        let caller = Caller(user: user, namespaces: [:], token: nil)
        let words = FuzzedQueries.words
        let services = ["illegal-parking", "crime-prevention", "fire-watch", "other"]
        for n in 0..<count {
            let tags = [
                "object:\(["person", "car", "license-plate", "fire"][n % 4])", "env:\(n % 3 == 0 ? "night" : "day")",
                "size:\(n * 7919 % 5_000_000)", "latency_ms:\(n % 97)@rpi5", "format:\(n % 2 == 0 ? "onnx" : "tflite")",
                "tag:\(words[n % words.count].prefix(8).filter { !$0.isWhitespace })",
            ]
            let description = try ModelDescription(
                title: "\(words[n % words.count]) \(words[n / words.count % words.count])",
                summary: "\(words[n * 31 % words.count]) model \(n)", serviceType: services[n % 4],
                visibility: n % 20 == 0 ? .private : .public, context: tags.compactMap { try? ContextTag($0) })
            _ = try repository.models.create(ModelName("fuzz\(n % 10)/model-\(n)"), description, by: caller)
        }
    }

    @Test func `answers each one with what it found and how it read it`() throws {
        let threads = 2
        let longest = Mutex((seconds: Duration.zero, query: ""))
        let failures = Mutex<[String]>([])
        let tooSlow = Atomic(0)
        let group = DispatchGroup()
        for thread in 0..<threads {
            group.enter()
            Thread.detachNewThread {
                var queries = FuzzedQueries(seed: UInt64(thread))
                for _ in 0..<Self.count / threads {
                    let query = queries.next()
                    var failure: String?
                    let took = ContinuousClock().measure {
                        failure = whatIsWrong(with: query, queries.target(query), tooSlow: tooSlow)
                    }
                    longest.withLock { if took > $0.seconds { $0 = (took, query) } }
                    if let failure { failures.withLock { $0.append("\(failure): \(query.debugDescription)") } }
                }
                group.leave()
            }
        }
        group.wait()
        #expect(failures.withLock { $0.prefix(20) } == [])
        let (seconds, query) = longest.withLock { $0 }
        let given = tooSlow.load(ordering: .relaxed)
        print(
            "of \(Self.count) fuzzed queries \(given) were given up; the slowest took \(seconds): \(query.debugDescription)"
        )
    }

    /// nil when the answer is a good one.
    private func whatIsWrong(
        with query: String, _ target: String, tooSlow: borrowing Atomic<Int>
    ) -> String? {
        do {
            let response = try list(Request(method: .get, target: target))
            guard response.status == 200, case .bytes(let body) = response.body else { return "\(response.status)" }
            let json = try JSONValue(parsing: body)
            guard let items = json["items"]?.array, let total = json["total"]?.integer, items.count <= total else {
                return "more items than in all"
            }
            // Parts of the query as they were read stand in it.
            for item in json["understood"]?["items"]?.array ?? [] {
                guard let start = item["start"]?.integer, let end = item["end"]?.integer, start >= 0, end > start,
                    end <= query.unicodeScalars.count
                else { return "\(item["text"]?.string ?? "") stands nowhere" }
            }
            return nil
        } catch let error as RegistryError where error.code == .searchTooSlow {
            // A busy machine; the server gave up in time, as it should.
            tooSlow.add(1, ordering: .relaxed)
            return nil
        } catch {
            return "\(error)"
        }
    }
}
