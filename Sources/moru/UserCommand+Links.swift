import ArgumentParser
import Encoding
import JSON
import Registry
import RegistryClient

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
                """)

        @Argument(help: "The user.") var username: String
        @OptionGroup var options: ClientOptions

        func run() throws {
            let username = try Username(username)
            UserCommand.report(try options.client().createLink(for: username), of: username, options)
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
        let until = link.expiresAt.map { ", until \(Timestamp.rfc3339($0))" } ?? ""
        Output.note("\(link.purpose) for \(username)\(until); it works once:")
        Output.line(link.url)
    }
}
