import Registry
import SQLite
import Services
import Storage
import TestSupport
import Testing

@Suite struct `One-time links` {
    private let fixture: RepositoryFixture
    private var accounts: AccountService { fixture.repository.accounts }
    private static let password = "correct horse battery"
    private static let day: Int64 = 86_400

    private enum EventsSQL: String, SQLStatement {
        case all = "SELECT actor, action, detail FROM event ORDER BY id"
    }

    init() throws { fixture = try RepositoryFixture() }

    private func link(_ name: String = "dev") throws -> String {
        try accounts.createLink(for: Username(name), by: fixture.admin).secret
    }

    private func redeem(_ secret: String, _ password: String = password) throws -> SignedIn {
        try accounts.redeem(link: secret, password: password, displayName: nil, language: nil)
    }

    private func edit(_ patch: UserPatch) throws {
        _ = try accounts.editUser(Username("dev"), patch, by: fixture.admin)
    }

    private func signIn(_ password: String) throws -> SignedIn {
        try accounts.signIn(username: "dev", password: password, address: "1.1.1.1")
    }

    @Test func `invite who has no password, and reset who has one`() throws {
        let (invitation, secret) = try accounts.createLink(for: Username("dev"), by: fixture.admin)
        #expect(invitation.purpose == .invitation && invitation.expiresAt == fixture.clock.now + 7 * Self.day)
        #expect(try accounts.link(secret).user.username.description == "dev")
        let session = try accounts.redeem(
            link: secret, password: Self.password, displayName: "  데브 ", language: "en")
        #expect(session.user.displayName == "데브" && session.user.language == "en" && session.user.hasPassword)
        #expect(try fixture.repository.access.caller(sessionCookie: session.secret)?.caller.user?.role == .developer)
        let (reset, _) = try accounts.createLink(for: Username("dev"), by: fixture.admin)
        #expect(reset.purpose == .reset && reset.expiresAt == fixture.clock.now + Self.day)
        let events = try fixture.repository.database.read { db in
            try db.all(EventsSQL.all) { "\($0.text("actor")) \($0.text("action")) \($0.text("detail"))" }
        }
        #expect(
            events.suffix(3) == [
                #"admin link.create {"purpose":"invitation"}"#, #"dev link.redeem {"purpose":"invitation"}"#,
                #"admin link.create {"purpose":"reset"}"#,
            ])
        #expect(try fixture.brokenInvariants() == [])
    }

    @Test func `work once`() throws {
        let secret = try link()
        _ = try redeem(secret)
        #expect(failure(try redeem(secret, "another password")) == .linkInvalid)
        #expect(failure(try accounts.link(secret)) == .linkInvalid)
        #expect(failure(try signIn(Self.password)) == nil)
    }

    @Test func `used by many at once serve exactly one`() throws {
        let secret = try link()
        let accounts = accounts
        let winners = try concurrently(8) { index in
            do {
                _ = try accounts.redeem(
                    link: secret, password: "password number \(index)", displayName: nil, language: nil)
                return index
            } catch let error as RegistryError where error.code == .linkInvalid {
                return -1
            }
        }.filter { $0 >= 0 }
        #expect(winners.count == 1)
        #expect(failure(try signIn("password number \(winners.first ?? 8)")) == nil)
        #expect(failure(try signIn("password number \((winners.first ?? 0) + 1)")) == .credentialsInvalid)
    }

    @Test func `end after their time`() throws {
        let secret = try link()
        fixture.clock.advance(by: 7 * Self.day - 1)
        #expect(failure(try accounts.link(secret)) == nil)
        fixture.clock.advance(by: 1)
        #expect(failure(try accounts.link(secret)) == .linkInvalid)
        #expect(failure(try redeem(secret)) == .linkInvalid)
    }

    @Test func `are replaced by a newer one`() throws {
        let old = try link()
        let secret = try link()
        #expect(failure(try redeem(old)) == .linkInvalid)
        #expect(failure(try redeem(secret)) == nil)
    }

    @Test func `end with a password that comes another way, and with their user`() throws {
        let first = try link()
        try edit(UserPatch(password: "set by an admin"))
        #expect(failure(try redeem(first)) == .linkInvalid)
        let second = try link()
        let session = try signIn("set by an admin")
        _ = try accounts.editOwn(
            displayName: nil, language: nil, password: Self.password, currentPassword: "set by an admin",
            address: "1.1.1.1", keeping: session.secret, by: fixture.dev)
        #expect(failure(try redeem(second)) == .linkInvalid)
        let third = try link()
        try edit(UserPatch(isDisabled: true))
        #expect(failure(try redeem(third)) == .linkInvalid)
        #expect(failure(try link()) == .stateConflict)
        try edit(UserPatch(isDisabled: false))
        #expect(failure(try redeem(third)) == .linkInvalid)
        let fourth = try link()
        try accounts.deleteUser(Username("dev"), by: fixture.admin)
        #expect(failure(try redeem(fourth)) == .linkInvalid)
    }

    @Test func `keep holding after a password that breaks a rule`() throws {
        let secret = try link()
        for password in ["short", "", String(repeating: "x", count: 129)] {
            #expect(failure(try redeem(secret, password)) == .validationFailed)
        }
        #expect(
            failure(
                try accounts.redeem(link: secret, password: Self.password, displayName: "a\u{202E}b", language: nil))
                == .validationFailed)
        #expect(failure(try redeem(secret)) == nil)
    }

    @Test func `that reset end all sessions, and leave tokens`() throws {
        let before = try redeem(link())
        let (_, token) = try accounts.createToken(
            name: "ci", scopes: [.modelRead], models: [], expiresAt: nil, by: fixture.dev)
        let after = try redeem(link(), "another password")
        let access = fixture.repository.access
        #expect(try access.caller(sessionCookie: before.secret) == nil)
        #expect(try access.caller(sessionCookie: after.secret) != nil)
        #expect(try access.caller(bearer: token).caller.user?.username.description == "dev")
        #expect(failure(try signIn(Self.password)) == .credentialsInvalid)
    }

    @Test func `are made by admins only, and never found by a guess`() throws {
        for caller in [fixture.dev, fixture.viewer] {
            #expect(failure(try accounts.createLink(for: Username("dev"), by: caller)) == .forbidden)
        }
        #expect(failure(try accounts.createLink(for: Username("dev"), by: .anonymous)) == .unauthenticated)
        #expect(failure(try link("nobody")) == .userUnknown)
        for guess in ["", "guess", String(repeating: "A", count: 10_000)] {
            #expect(failure(try accounts.link(guess)) == .linkInvalid)
            #expect(failure(try redeem(guess)) == .linkInvalid)
        }
    }
}
