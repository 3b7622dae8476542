import Foundation
import HTTPServer
import JSON
import Synchronization
import TestSupport
import Testing
import WebAPI

/// Attempts that really come over sockets. The server believes what they say of their address.
@Suite struct `Ten thousand sign-ins over the wire` {
    private static let attempts = 10_000
    private let server: TestServer

    init() throws {
        server = try TestServer(configure: { server, configuration in
            server.trustedProxies = ["127.0.0.0/8"]
            server.heavyThreads = 1
            server.heavyQueue = 8
            configuration.requestRate = 100
        })
    }

    private func signIn(_ user: String, _ password: String, from address: String) throws -> TestResponse {
        try server.send(
            "POST", "/api/v1/session", fields: ["X-Forwarded-For": address],
            json: #"{"username":"\#(user)","password":"\#(password)"}"#)
    }

    /// Statuses and how often each was answered. `during` runs when a tenth has been sent.
    private func flood(
        threads: Int, _ attempt: @escaping @Sendable (Int) -> (user: String, address: String),
        during: () throws -> Void
    ) throws -> [Int: Int] {
        let next = Atomic<Int>(0)
        let counts = Mutex<[Int: Int]>([:])
        let (begun, ended) = (DispatchSemaphore(value: 0), DispatchGroup())
        for _ in 0..<threads {
            ended.enter()
            Thread.detachNewThread {
                defer { ended.leave() }
                while true {
                    let index = next.add(1, ordering: .relaxed).oldValue
                    if index == Self.attempts / 10 { begun.signal() }
                    guard index < Self.attempts else { return }
                    let (user, address) = attempt(index)
                    let response = try? signIn(user, "wrong password", from: address)
                    let status = response?.status ?? 0
                    if status == 429 || status == 503 {
                        #expect(Int(response?.fields["Retry-After"] ?? "") ?? 0 > 0 && response?.problem != nil)
                    }
                    counts.withLock { $0[status, default: 0] += 1 }
                }
            }
        }
        begun.wait()
        let result = Result(catching: during)
        ended.wait()
        try result.get()
        return counts.withLock { $0 }
    }

    private func othersGoOn() throws {
        let token = try server.token(for: "admin")
        #expect(try server.get("/api/v1/me", token: token).status == 200)
        #expect(try server.publish("demo/m", TestForm().artifact("a", "b"), token: token).status < 300)
    }

    @Test func `at one account are refused, and its owner gets in from elsewhere`() throws {
        let counts = try flood(threads: 4, { _ in ("admin", "192.0.2.1") }) {
            #expect(try signIn("admin", TestServer.password, from: "198.51.100.1").status == 201)
            try othersGoOn()
        }
        #expect(counts == [401: 5, 429: Self.attempts - 5])
    }

    @Test func `at many accounts are refused, and others get in from elsewhere`() throws {
        let counts = try flood(threads: 4, { ("user\($0)", "192.0.2.1") }) {
            #expect(try signIn("admin", TestServer.password, from: "198.51.100.1").status == 201)
            try othersGoOn()
        }
        #expect(counts == [401: 100, 429: Self.attempts - 100])
    }

    @Test func `from many addresses leave the server alive, and someone who tries again gets in`() throws {
        let counts = try flood(threads: 24, { ("admin", "10.1.\($0 / 256).\($0 % 256)") }) { try othersGoOn() }
        #expect(Set(counts.keys).isSubset(of: [401, 503]) && counts.values.reduce(0, +) == Self.attempts)
        #expect(counts[503, default: 0] > 0)
        #expect(try signIn("admin", TestServer.password, from: "198.51.100.1").status == 201)
    }
}
