import Cryptography
import Foundation
import Registry
import SQLite
import Services
import Storage
import TestSupport
import Testing

@Suite struct `Accounts` {
    private let fixture: RepositoryFixture
    private var accounts: AccountService { fixture.repository.accounts }
    private static let password = "correct horse battery"

    init() throws { fixture = try RepositoryFixture() }

    private func addUser(_ name: String = "kim", _ role: Role = .developer, password: String? = password) throws -> User
    {
        try accounts.createUser(Username(name), role: role, password: password, by: fixture.admin)
    }

    private func signIn(_ name: String, _ password: String = password, from address: String = "1.1.1.1") throws
        -> SignedIn
    {
        try accounts.signIn(username: name, password: password, address: address)
    }

    @Test func `sign in by password, and out`() throws {
        _ = try addUser()
        let first = try signIn("kim")
        let second = try signIn("kim")
        #expect(first.secret != second.secret && first.csrfToken != second.csrfToken)
        let session = try #require(try fixture.repository.access.caller(sessionCookie: first.secret))
        #expect(session.caller.user?.username.description == "kim" && session.csrfToken == first.csrfToken)
        try accounts.signOut(session: first.secret)
        #expect(try fixture.repository.access.caller(sessionCookie: first.secret) == nil)
        #expect(try fixture.repository.access.caller(sessionCookie: second.secret) != nil)
        #expect(try fixture.repository.access.caller(sessionCookie: "made up") == nil)
    }

    @Test func `refuse the unknown, the disabled and the wrong alike`() throws {
        _ = try addUser()
        _ = try addUser("lee", password: nil)
        _ = try accounts.createUser(
            Username("park"), role: .viewer, password: Self.password, isDisabled: true, by: fixture.admin)
        for (name, password) in [
            ("kim", "wrong password"), ("nobody", Self.password), ("lee", Self.password), ("park", Self.password),
            ("Not A Name", "x"), ("kim", ""),
        ] { #expect(failure(try signIn(name, password)) == .credentialsInvalid, "\(name)") }
    }

    @Test func `refuse more after five failures from one address, for a quarter of an hour`() throws {
        _ = try addUser()
        for _ in 0..<5 { #expect(failure(try signIn("kim", "wrong password")) == .credentialsInvalid) }
        do {
            _ = try signIn("kim")
            Issue.record("it was let in")
        } catch let error as RetryLater {
            #expect(error.seconds == 900)
        }
        #expect(failure(try signIn("KIM")) == .tooManyAttempts)
        #expect(failure(try signIn("kim", from: "2.2.2.2")) == nil)
        fixture.clock.advance(by: 899)
        #expect(failure(try signIn("kim")) == .tooManyAttempts)
        fixture.clock.advance(by: 1)
        #expect(failure(try signIn("kim")) == nil)
        for _ in 0..<4 { _ = failure(try signIn("kim", "wrong password")) }
        #expect(failure(try signIn("kim")) == nil)
        #expect(failure(try signIn("kim", "wrong password")) == .credentialsInvalid)
    }

    @Test(arguments: [["3.3.3.3"], ["2001:db8::1", "2001:db8::ffff:2"]])
    func `refuse more after a hundred failures of one network`(addresses: [String]) throws {
        let limiter = AttemptLimiter()
        for index in 0..<100 {
            try limiter.begin("user\(index)", addresses[index % addresses.count], at: 0)
        }
        #expect(throws: RetryLater.self) { try limiter.begin("kim", addresses[0], at: 1) }
        try limiter.begin("kim", "2001:db8:0:1::1", at: 1)
        limiter.succeed("user99", addresses[0])
        try limiter.begin("kim", addresses[0], at: 1)
        #expect(throws: RetryLater.self) { try limiter.begin("kim", addresses[0], at: 899) }
        try limiter.begin("kim", addresses[0], at: 900)
    }

    @Test func `end sessions after half an hour unused, and after twelve hours`() throws {
        _ = try addUser()
        let secret = try signIn("kim").secret
        let access = fixture.repository.access
        for _ in 0..<26 {
            fixture.clock.advance(by: 27 * 60)
            #expect(try access.caller(sessionCookie: secret) != nil)
            fixture.repository.maintain()
        }
        fixture.clock.advance(by: 18 * 60)
        #expect(try access.caller(sessionCookie: secret) == nil)
        let other = try signIn("kim").secret
        fixture.clock.advance(by: 30 * 60)
        #expect(try access.caller(sessionCookie: other) == nil)
    }

    @Test func `keep one admin`() throws {
        let name = try Username("admin")
        #expect(failure(try accounts.deleteUser(name, by: fixture.admin)) == .lastAdmin)
        #expect(failure(try accounts.editUser(name, UserPatch(role: .viewer), by: fixture.admin)) == .lastAdmin)
        #expect(failure(try accounts.editUser(name, UserPatch(isDisabled: true), by: fixture.admin)) == .lastAdmin)
        _ = try accounts.createUser(Username("second"), role: .admin, isDisabled: true, by: fixture.admin)
        #expect(failure(try accounts.deleteUser(name, by: fixture.admin)) == .lastAdmin)
        _ = try accounts.editUser(Username("second"), UserPatch(isDisabled: false), by: fixture.admin)
        try accounts.deleteUser(name, by: fixture.admin)
    }

    @Test func `are kept by admins`() throws {
        #expect(failure(try accounts.users(limit: 9, cursor: nil, for: fixture.dev)) == .forbidden)
        #expect(failure(try accounts.users(limit: 9, cursor: nil, for: .anonymous)) == .unauthenticated)
        _ = try addUser()
        #expect(failure(try addUser()) == .userExists)
        #expect(failure(try addUser("short", password: "short")) == .validationFailed)
        let page = try accounts.users(limit: 3, cursor: nil, for: fixture.admin)
        #expect(page.total == 5 && page.items.map(\.username.description) == ["admin", "dev", "kim"])
        let rest = try accounts.users(limit: 3, cursor: page.next, for: fixture.admin)
        #expect(rest.items.map(\.username.description) == ["other", "viewer"] && rest.next == nil)
        let secret = try signIn("kim").secret
        let edited = try accounts.editUser(
            Username("kim"), UserPatch(displayName: "김", role: .viewer, language: "en", isDisabled: true),
            by: fixture.admin)
        #expect(edited.displayName == "김" && edited.role == .viewer && edited.isDisabled)
        #expect(try fixture.repository.access.caller(sessionCookie: secret) == nil)
        #expect(failure(try accounts.user(named: Username("none"), for: fixture.admin)) == .userUnknown)
        try accounts.deleteUser(Username("kim"), by: fixture.admin)
        #expect(failure(try accounts.user(named: Username("kim"), for: fixture.admin)) == .userUnknown)
    }

    @Test func `change their own password with the old one`() throws {
        let user = try addUser()
        let kim = Caller(user: user, namespaces: [:], token: nil)
        let (kept, ended) = (try signIn("kim").secret, try signIn("kim").secret)
        func change(_ old: String?) throws -> User {
            try accounts.editOwn(
                displayName: nil, language: nil, password: "another password", currentPassword: old,
                address: "1.1.1.1", keeping: kept, by: kim)
        }
        #expect(failure(try change(nil)) == .credentialsInvalid)
        #expect(failure(try change("wrong password")) == .credentialsInvalid)
        _ = try change(Self.password)
        #expect(try fixture.repository.access.caller(sessionCookie: kept) != nil)
        #expect(try fixture.repository.access.caller(sessionCookie: ended) == nil)
        #expect(failure(try signIn("kim")) == .credentialsInvalid)
        #expect(failure(try signIn("kim", "another password")) == nil)
        let renamed = try accounts.editOwn(
            displayName: "Kim", language: "en", password: nil, currentPassword: nil, address: "1.1.1.1", by: kim)
        #expect(renamed.displayName == "Kim" && renamed.language == "en")
    }

    @Test func `have tokens that end at once`() throws {
        let user = try addUser()
        let kim = Caller(user: user, namespaces: ["demo": .owner], token: nil)
        let access = fixture.repository.access
        let (token, secret) = try accounts.createToken(
            name: "ci", scopes: [.modelRead], models: [ModelPattern("demo/*")],
            expiresAt: fixture.clock.now + 100, by: kim)
        #expect(secret.hasPrefix("mr_") && secret.hasPrefix(token.prefix) && secret.utf8.count == 52)
        let (caller, until) = try access.caller(bearer: secret)
        #expect(caller.token?.id == token.id && caller.user?.id == user.id && until == fixture.clock.now + 100)
        fixture.repository.maintain()
        #expect(try accounts.tokens(of: kim).map(\.lastUsedAt) == [fixture.clock.now])
        for wrong in ["", "mr_", secret.dropLast() + "x", String(secret.reversed())] {
            #expect(failure(try access.caller(bearer: String(wrong))) == .unauthenticated)
        }
        fixture.clock.advance(by: 100)
        #expect(failure(try access.caller(bearer: secret)) == .unauthenticated)

        let (second, other) = try accounts.createToken(
            name: "x", scopes: [.modelRead], models: [], expiresAt: nil, by: kim)
        #expect(failure(try accounts.revokeToken(second.id, by: fixture.dev)) == .tokenUnknown)
        try accounts.revokeToken(second.id, by: kim)
        #expect(failure(try access.caller(bearer: other)) == .unauthenticated)
        _ = try accounts.editUser(user.username, UserPatch(isDisabled: true), by: fixture.admin)
        #expect(failure(try access.caller(bearer: secret)) == .unauthenticated)
    }

    @Test func `that are deleted meanwhile are refused, and cause no failure`() throws {
        let user = try addUser()
        try accounts.deleteUser(user.username, by: fixture.admin)
        let gone = Caller(user: user, namespaces: [:], token: nil)
        #expect(
            failure(try accounts.createToken(name: "t", scopes: [.modelRead], models: [], expiresAt: nil, by: gone))
                == .stateConflict)
        #expect(failure(try fixture.publish("fresh/model", by: gone)) == .unauthenticated)
        #expect(try fixture.brokenInvariants() == [])
    }

    @Test func `never widen themselves by a token`() throws {
        let user = try addUser()
        let kim = Caller(user: user, namespaces: [:], token: nil)
        func create(_ scopes: Set<Scope>, by caller: Caller, expiresAt: Int64? = nil) throws -> (Token, String) {
            try accounts.createToken(name: "t", scopes: scopes, models: [], expiresAt: expiresAt, by: caller)
        }
        let own = try fixture.repository.access.caller(bearer: create([.admin], by: kim).1).caller
        #expect(failure(try create([.modelRead], by: own)) == nil)
        #expect(!own.isAdmin && failure(try accounts.users(limit: 9, cursor: nil, for: own)) == .forbidden)
        #expect(failure(try create([.modelRead], by: kim, expiresAt: fixture.clock.now)) == .validationFailed)
        #expect(failure(try create([.modelRead], by: .anonymous)) == .unauthenticated)
        let narrow = try fixture.repository.access.caller(bearer: create([.modelWrite], by: kim).1).caller
        #expect(failure(try create([.modelRead], by: narrow)) == .forbidden)
        let all = try fixture.repository.access.caller(bearer: create(Set(Scope.allCases), by: fixture.admin).1).caller
        #expect(failure(try create([.modelRead], by: all)) == nil)
        let reader = try fixture.repository.access.caller(bearer: create([.modelRead], by: fixture.admin).1).caller
        #expect(failure(try accounts.users(limit: 1, cursor: nil, for: reader)) == .forbidden)
        let id = try #require(narrow.token?.id)
        try accounts.revokeToken(id, by: narrow)
    }

    @Test func `leave no usable secret in the database`() throws {
        let user = try addUser()
        let (_, token) = try accounts.createToken(
            name: "ci", scopes: [.modelRead], models: [], expiresAt: nil,
            by: Caller(user: user, namespaces: [:], token: nil))
        let session = try signIn("kim").secret
        try fixture.repository.database.backup(to: fixture.path + "/copy.sqlite")
        let copy = try Data(contentsOf: URL(filePath: fixture.path + "/copy.sqlite"))
        for secret in [token, session, Self.password] {
            #expect(copy.range(of: Data(secret.utf8)) == nil)
        }
        #expect(copy.range(of: Data(SHA256.digest(of: token))) != nil)
    }
}

@Suite struct `The first admin` {
    private let directory: DataDirectory
    private let repository: Repository
    private let clock = TestClock()

    init() throws {
        directory = try DataDirectory.open(
            FileManager.default.temporaryDirectory.appending(path: "first-\(UUID().uuidString)").path)
        repository = try Repository(
            directory: directory, migrations: RepositoryFixture.migrations, clock: clock, log: { _ in })
    }

    private func redeem(_ link: String) throws -> SignedIn {
        try repository.accounts.redeemSetUp(
            link: link, username: Username("boss"), displayName: "", password: "long enough password")
    }

    @Test func `is made by a link that works once`() throws {
        defer { try? FileManager.default.removeItem(atPath: directory.path) }
        #expect(try repository.accounts.needsSetUp())
        let old = try #require(try repository.accounts.issueSetUpLink())
        let link = try #require(try repository.accounts.issueSetUpLink())
        #expect(failure(try redeem(old)) == .linkInvalid)
        #expect(failure(try redeem("guess")) == .linkInvalid)
        let session = try redeem(link)
        #expect(session.user.role == .admin && session.user.displayName == "boss")
        #expect(try repository.access.caller(sessionCookie: session.secret)?.caller.isAdmin == true)
        #expect(failure(try redeem(link)) == .setupDone)
        #expect(try repository.accounts.issueSetUpLink() == nil)
        #expect(try !repository.accounts.createAdmin(password: "long enough password"))
    }

    @Test func `is made by no link after a day, or from a password`() throws {
        defer { try? FileManager.default.removeItem(atPath: directory.path) }
        let link = try #require(try repository.accounts.issueSetUpLink())
        clock.advance(by: 86_400)
        #expect(failure(try redeem(link)) == .linkInvalid)
        #expect(try repository.accounts.createAdmin(password: "long enough password"))
        #expect(failure(try redeem(link)) == .setupDone)
    }

    // MARK: The file with the link

    private var file: String { directory.path + "/setup-link" }

    /// What the file holds after `#`; nil without a file.
    private var secretOfFile: String? {
        guard let line = try? String(contentsOfFile: file, encoding: .utf8), line.hasSuffix("\n") else { return nil }
        return line.dropLast().split(separator: "#").last.map(String.init)
    }

    @Test func `finds a link that works in a file of the data directory, until it is used`() throws {
        defer { try? FileManager.default.removeItem(atPath: directory.path) }
        let link = try repository.accounts.offerSetUp(at: "http://moru.example")
        #expect(try String(contentsOfFile: file, encoding: .utf8) == "\(link ?? "")\n")
        #expect(link?.hasPrefix("http://moru.example/setup#") == true)
        let mode = try FileManager.default.attributesOfItem(atPath: file)[.posixPermissions] as? Int
        #expect(mode == 0o600)
        _ = try redeem(try #require(secretOfFile))
        #expect(secretOfFile == nil)
        #expect(try repository.accounts.offerSetUp(at: "http://moru.example") == nil)
        #expect(secretOfFile == nil)
    }

    @Test func `never finds a link there that is void`() throws {
        defer { try? FileManager.default.removeItem(atPath: directory.path) }
        // Of a server that was killed: as a link to a file elsewhere, which must not be followed.
        let elsewhere = directory.path + "/elsewhere"
        try Data("kept".utf8).write(to: URL(fileURLWithPath: elsewhere))
        for name in [file, file + ".new"] {
            try FileManager.default.createSymbolicLink(atPath: name, withDestinationPath: elsewhere)
        }
        _ = try repository.accounts.offerSetUp(at: "http://moru.example")
        #expect(try String(contentsOfFile: elsewhere, encoding: .utf8) == "kept")
        let first = try #require(secretOfFile)
        repository.maintain()
        #expect(secretOfFile == first)
        // Links hold for a day; the file has a new one before that.
        clock.advance(by: 20 * 3600)
        repository.maintain()
        let second = try #require(secretOfFile)
        #expect(second != first)
        #expect(failure(try redeem(first)) == .linkInvalid)
        clock.advance(by: 19 * 3600)
        repository.maintain()
        #expect(secretOfFile == second)
        #expect(try repository.accounts.createAdmin(password: "long enough password"))
        #expect(secretOfFile == nil)
        clock.advance(by: 20 * 3600)
        repository.maintain()
        #expect(secretOfFile == nil)
    }

    @Test func `is made even when the file cannot be written`() throws {
        defer { try? FileManager.default.removeItem(atPath: directory.path) }
        try FileManager.default.createDirectory(atPath: file, withIntermediateDirectories: false)
        let link = try #require(try repository.accounts.offerSetUp(at: "http://moru.example"))
        _ = try redeem(try #require(link.split(separator: "#").last.map(String.init)))
    }
}
