import Foundation
import JSON
import Testing

/// People by the command line, as a team's administrator and its members use it.
@Suite struct `People from the command line` {
    private let server: LiveServer

    init() throws { server = try LiveServer() }

    /// The command line of a user who signs in with the link by which it chooses its password.
    private func member(_ name: String, link: String) throws -> Moru {
        let file = server.folder.path + "/password-\(name)"
        try Data("a long enough password\n".utf8).write(to: URL(fileURLWithPath: file))
        let home = server.folder.path + "/home-\(name)"
        try FileManager.default.createDirectory(atPath: home, withIntermediateDirectories: true)
        let moru = Moru(home: home, server: server.url)
        let login = try moru.run("login", link, "--password-file", file, "--scopes", "admin")
        try #require(login.status == 0, "\(login.errors)")
        return moru
    }

    private func invite(_ name: String, _ role: String = "developer") throws -> String {
        let invited = try server.moru().run("user", "invite", name, "--role", role)
        try #require(invited.status == 0, "\(invited.errors)")
        #expect(invited.errors.contains("invitation for \(name), until "))
        return invited.output.trimmingCharacters(in: .newlines)
    }

    @Test func `an invited user chooses a password, works, and is kept out`() throws {
        let admin = server.moru()
        let link = try invite("kim")
        #expect(link.hasPrefix("\(server.url)/setup#"))
        #expect(try admin.run("user", "list").output.contains("kim\tdeveloper\tinvited"))
        #expect(try admin.run("user", "invite", "kim").status == 1)
        let kim = try member("kim", link: link)
        #expect(try admin.run("user", "list").output.contains("kim\tdeveloper\tactive"))
        #expect(try kim.run("login", link, "--password-file", server.folder.path + "/password-kim").status == 4)
        let reset = try admin.run("user", "link", "kim", "--json")
        #expect(reset.json?["purpose"] == "reset")
        #expect(try kim.run("user", "list").status == 4)
        #expect(try admin.run("user", "disable", "kim").output == "kim is disabled\n")
        #expect(try kim.run("account").status == 4)
        #expect(try admin.run("user", "link", "kim").status == 1)
        #expect(try admin.run("user", "enable", "kim").output == "kim is enabled\n")
        #expect(try kim.run("account").output == "kim\tdeveloper\tko\tkim\n")
        #expect(try admin.run("user", "disable", "admin").errors.contains("last"))
        #expect(try admin.run("user", "link", "nobody").status == 3)
    }

    @Test func `who has lost the way in gets a link from the data directory, beside the server`() throws {
        let (moru, data) = (Moru(home: server.folder.path), server.folder.path + "/data")
        let made = try moru.run("user", "link", "admin", "--data-dir", data, "--server", server.url)
        #expect(made.errors.contains("reset for admin, until "), "\(made.errors)")
        _ = try member("admin", link: made.output.trimmingCharacters(in: .newlines))
        #expect(try moru.run("user", "link", "nobody", "--data-dir", data).status == 3)
        #expect(try moru.run("user", "link", "admin", "--data-dir", data + "/none").status == 1)
    }

    @Test func `a namespace changes members and hands`() throws {
        let admin = server.moru()
        let (kim, lee) = (try member("kim", link: invite("kim")), try member("lee", link: invite("lee")))
        _ = try invite("park", "viewer")
        #expect(try admin.run("namespace", "add", "lab", "kim", "--role", "owner").output == "kim is owner of lab\n")
        #expect(try lee.run("namespace", "members", "lab").status == 3)
        #expect(try lee.run("namespace", "list").output == "")
        let file = server.folder.path + "/kept.onnx"
        try Data("bytes".utf8).write(to: URL(fileURLWithPath: file))
        let kept = try lee.run("push", file, "lab/kept@1.0.0", "--title", "Kept", "--service", "other")
        #expect(kept.status == 3 && kept.errors.contains("moru namespace add"), "\(kept.errors)")
        #expect(try kim.run("namespace", "add", "lab", "lee").output == "lee is publisher of lab\n")
        #expect(try lee.run("namespace", "list").output == "lab\tpublisher\t2\t0\n")
        #expect(try lee.run("namespace", "add", "lab", "park").status == 4)
        #expect(try kim.run("namespace", "add", "lab", "park", "--role", "publisher").status == 1)
        #expect(try kim.run("namespace", "add", "lab", "park", "--role", "king").status == 2)
        #expect(try kim.run("namespace", "remove", "lab", "kim").errors.contains("owner"))
        let members = try kim.run("namespace", "transfer", "lab", "lee")
        #expect(members.output == "kim\tpublisher\tactive\tkim\nlee\towner\tactive\tlee\n")
        #expect(try kim.run("namespace", "remove", "lab", "kim").status == 0)
        #expect(try kim.run("namespace", "members", "lab").status == 3)
        #expect(try admin.run("namespace", "list", "--json").json?["items"]?.array?.first?["members"] == 1)
        let removed = try admin.run("user", "remove", "lee")
        #expect(removed.status == 1 && removed.errors.contains("lab"))
    }

    @Test func `an account is its user's own`() throws {
        let kim = try member("kim", link: invite("kim"))
        #expect(try kim.run("account", "--display-name", "김", "--language", "en").output == "kim\tdeveloper\ten\t김\n")
        #expect(try kim.run("account", "--language", "fr").status == 1)
        let (old, new) = (server.folder.path + "/password-kim", server.folder.path + "/new")
        try Data("another long password\n".utf8).write(to: URL(fileURLWithPath: new))
        let change = ["account", "--password-file", new, "--current-password-file"]
        #expect(try kim.run(change + [new]).status == 4)
        #expect(try kim.run(change + [old]).status == 0)
        #expect(try kim.run("login", server.url, "--user", "kim", "--password-file", old).status == 4)
        #expect(try kim.run("login", server.url, "--user", "kim", "--password-file", new).status == 0)
        // What a plain login keeps may not change the account.
        #expect(try kim.run("account", "--language", "ko").status == 4)
        #expect(try Moru(home: server.folder.path, server: server.url).run("account").status == 4)
    }
}
