import ArgumentParser
import Encoding
import JSON
import Registry
import RegistryClient

/// Manages who may sign in; for admins.
struct UserCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "user",
        abstract: "Add, invite, change, remove or list users; needs a token with the scope admin.",
        discussion: "Sign in for it with: moru login URL --user NAME --scopes admin",
        subcommands: [
            Add.self, Invite.self, Link.self, List.self, SetRole.self, SetPassword.self, Disable.self, Enable.self,
            Remove.self,
        ])

    struct Add: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Add a user with a password that you choose; see also invite.")

        @Argument(help: "The name to sign in with.") var username: String
        @Option(help: "admin, operator, developer, viewer or device.") var role: Role = .developer
        @Option(help: "The name that others see.") var displayName: String?
        @OptionGroup var newPassword: NewPassword
        @OptionGroup var options: ClientOptions

        func run() throws {
            let username = try Username(username)
            let password = try newPassword.read(for: username)
            let user = try options.client().addUser(username, role: role, displayName: displayName, password: password)
            UserCommand.report(user, "added \(user.username) as \(user.role)", options)
        }
    }

    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List the users.")

        @OptionGroup var options: ClientOptions

        func run() throws {
            let users = try options.client().users()
            if options.json { return Output.json(["items": .array(users.map(\.json))]) }
            var table = Table("USER", "ROLE", "STATE", "LAST SEEN", "NAME")
            for user in users {
                table.rows.append([
                    user.username, user.role, user.isDisabled ? "disabled" : user.hasPassword ? "active" : "invited",
                    user.lastSeenAt.map { Timestamp.rfc3339($0) } ?? "-", user.displayName,
                ])
            }
            table.print()
        }
    }

    struct SetRole: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Give a user another role.")

        @Argument(help: "The user.") var username: String
        @Argument(help: "admin, operator, developer, viewer or device.") var role: Role
        @OptionGroup var options: ClientOptions

        func run() throws {
            let user = try options.client().setRole(of: Username(username), to: role)
            UserCommand.report(user, "\(user.username) is \(user.role)", options)
        }
    }

    struct SetPassword: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Give a user a new password.")

        @Argument(help: "The user.") var username: String
        @OptionGroup var newPassword: NewPassword
        @OptionGroup var options: ClientOptions

        func run() throws {
            let username = try Username(username)
            let password = try newPassword.read(for: username)
            let user = try options.client().setPassword(of: username, to: password)
            UserCommand.report(user, "\(user.username) has a new password", options)
        }
    }

    struct Remove: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Remove a user.")

        @Argument(help: "The user.") var username: String
        @OptionGroup var options: ClientOptions

        func run() throws {
            let username = try Username(username)
            try options.client().removeUser(username)
            if options.json { return Output.json(["username": .string("\(username)"), "removed": true]) }
            Output.line("removed \(username)")
        }
    }

    struct NewPassword: ParsableArguments {
        @Option(help: "A file with the password, - for standard input; else it is asked for.", completion: .file())
        var passwordFile: String?

        func read(for username: Username) throws -> String {
            let password = try Environment.newPassword(file: passwordFile)
            try Password.check(password, username: username)
            return password
        }
    }

    private static func report(_ user: RemoteUser, _ text: String, _ options: ClientOptions) {
        if options.json { Output.json(user.json) } else { Output.line(text) }
    }
}
