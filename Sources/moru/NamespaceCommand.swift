import ArgumentParser
import JSON
import Registry
import RegistryClient

/// Manages who may publish in and read a namespace.
struct NamespaceCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "namespace",
        abstract: "List namespaces; add, change or remove their members, or hand them over.",
        discussion: """
            Owners and administrators change members, with a token that has the scope admin:
            moru login URL --user NAME --scopes admin

            owner: members, publishing, deleting. publisher: publishing. reader: sees private models.
            """,
        subcommands: [List.self, Members.self, Add.self, Remove.self, Transfer.self])

    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List your namespaces; for administrators all.")

        @OptionGroup var options: ClientOptions

        func run() throws {
            let namespaces = try options.client().namespaces()
            if options.json { return Output.json(["items": .array(namespaces.map(\.json))]) }
            var table = Table("NAMESPACE", "YOUR ROLE", "MEMBERS", "MODELS")
            for namespace in namespaces {
                table.rows.append([
                    namespace.name, namespace.role ?? "-", "\(namespace.members)", "\(namespace.models)",
                ])
            }
            table.print()
        }
    }

    struct Members: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List who belongs to a namespace.")

        @Argument(help: "The namespace.") var namespace: String
        @OptionGroup var options: ClientOptions

        func run() throws {
            NamespaceCommand.report(try options.client().members(of: namespace), options)
        }
    }

    struct Add: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Add a member, or give a member another role.",
            discussion: "Administrators make a namespace by adding its first owner: --role owner.")

        @Argument(help: "The namespace.") var namespace: String
        @Argument(help: "The user.") var username: String
        @Option(help: "owner, publisher or reader.") var role: NamespaceRole = .publisher
        @OptionGroup var options: ClientOptions

        func run() throws {
            let member = try options.client().setMember(Username(username), of: namespace, to: role)
            if options.json { return Output.json(member.json) }
            Output.line("\(member.username) is \(member.role) of \(namespace)")
        }
    }

    struct Remove: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Remove a member, or leave a namespace.")

        @Argument(help: "The namespace.") var namespace: String
        @Argument(help: "The user; your own name to leave.") var username: String
        @OptionGroup var options: ClientOptions

        func run() throws {
            let username = try Username(username)
            try options.client().removeMember(username, from: namespace)
            if options.json { return Output.json(["username": .string("\(username)"), "removed": true]) }
            Output.line("\(username) is no member of \(namespace) any more")
        }
    }

    struct Transfer: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Make a user the one owner; the owners until now become publishers.")

        @Argument(help: "The namespace.") var namespace: String
        @Argument(help: "The new owner.") var username: String
        @OptionGroup var options: ClientOptions

        func run() throws {
            let members = try options.client().transfer(namespace, to: Username(username))
            NamespaceCommand.report(members, options)
        }
    }

    private static func report(_ members: [RemoteMember], _ options: ClientOptions) {
        if options.json { return Output.json(["items": .array(members.map(\.json))]) }
        var table = Table("USER", "ROLE", "STATE", "NAME")
        for member in members {
            table.rows.append([
                member.username, member.role, member.isDisabled ? "disabled" : "active", member.displayName,
            ])
        }
        table.print()
    }
}
