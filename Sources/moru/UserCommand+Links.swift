import ArgumentParser
import Encoding
import JSON
import Registry
import RegistryClient
import Services
import Storage

extension UserCommand {
    struct Invite: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Add a user without a password and print an invitation.",
            discussion: "The link works once, for seven days. Give it to nobody else: who has it chooses the password.")

        @Argument(help: "The name to sign in with.") var username: String
        @Option(help: "admin, operator, developer, viewer or device.") var role: Role = .developer
        @Option(help: "The name that others see.") var displayName: String?
        @OptionGroup var options: ClientOptions

        func run() throws {
            let (client, name) = (try options.client(), try Username(username))
            let user = try client.addUser(name, role: role, displayName: displayName, password: nil)
            if !options.json { Output.note("added \(user.username) as \(user.role)") }
            UserCommand.report(try client.createLink(for: name), of: name, options)
        }
    }

    struct Link: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Print a link to choose a password: an invitation, or a reset.",
            discussion: """
                An invitation, for seven days, while the user has no password; otherwise a reset, for one. It replaces older \
                ones. A reset ends the user's portal sessions; tokens stay.
                With --data-dir it is made in a data directory, also one that a server is using, for the address \
                --server: for when no administrator can sign in any more.
                """)

        @Argument(help: "The user.") var username: String
        @Option(help: ArgumentHelp("The data directory, instead of asking a server.", valueName: "path"))
        var dataDir: String?
        @OptionGroup var options: ClientOptions

        func run() throws {
            let username = try Username(username)
            if let dataDir { return try make(for: username, in: DataDirectory.attach(dataDir)) }
            UserCommand.report(try options.client().createLink(for: username), of: username, options)
        }

        private func make(for username: Username, in directory: DataDirectory) throws {
            let (link, secret): (UserLink, String)
            do {
                let accounts = try AccountService(attachedTo: directory, log: { Output.note("moru: \($0)") })
                (link, secret) = try accounts.createLinkLocally(for: username)
            } catch let error as RegistryError {
                throw Failure(error.code == .userUnknown ? .notFound : .failed, error.message.en)
            }
            let url = "\(try options.address())/setup#\(secret)"
            if options.json {
                return Output.json([
                    "purpose": .string(link.purpose.rawValue), "url": .string(url),
                    "expires_at": .string(Timestamp.rfc3339(link.expiresAt)),
                ])
            }
            UserCommand.report(link.purpose.rawValue, url, until: link.expiresAt, of: username)
        }
    }

    struct Disable: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Keep a user out at once: sessions end, tokens and links stop.",
            discussion: "Memberships and tokens stay for the day that the user is enabled again.")

        @Argument(help: "The user.") var username: String
        @OptionGroup var options: ClientOptions

        func run() throws { try UserCommand.set(username, disabled: true, options) }
    }

    struct Enable: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Let a disabled user in again.")

        @Argument(help: "The user.") var username: String
        @OptionGroup var options: ClientOptions

        func run() throws { try UserCommand.set(username, disabled: false, options) }
    }

    private static func set(_ name: String, disabled: Bool, _ options: ClientOptions) throws {
        let user = try options.client().setDisabled(of: Username(name), to: disabled)
        if options.json { return Output.json(user.json) }
        Output.line("\(user.username) is \(user.isDisabled ? "disabled" : "enabled")")
    }

    private static func report(_ link: RemoteLink, of username: Username, _ options: ClientOptions) {
        if options.json { return Output.json(link.json) }
        report(link.purpose, link.url, until: link.expiresAt, of: username)
    }

    private static func report(_ purpose: String, _ url: String, until time: Int64?, of username: Username) {
        let until = time.map { ", until \(Timestamp.rfc3339($0))" } ?? ""
        Output.note("\(purpose) for \(username)\(until); it works once:")
        Output.line(url)
    }
}
