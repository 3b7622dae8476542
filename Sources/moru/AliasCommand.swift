import ArgumentParser
import Encoding
import JSON
import Registry
import RegistryClient

/// Moves the names that devices follow.
struct AliasCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "alias",
        abstract: "Set, remove or list the aliases of a model; see where one has pointed, and go back.",
        subcommands: [Set.self, Remove.self, List.self, History.self, RollBack.self])

    struct Set: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Let an alias name a version.")

        @Argument(help: "namespace/name") var model: String
        @Argument(help: "The alias, such as stable; 'latest' is the server's own.") var alias: String
        @Argument(help: "The version, such as 1.2.0.") var version: String
        @OptionGroup var options: ClientOptions

        func run() throws {
            let (model, alias) = (try ModelName(model), try AliasName(alias))
            let version = try VersionNumber(version)
            try options.client().setAlias(alias, of: model, to: version)
            if options.json {
                return Output.json([
                    "model": .string("\(model)"), "alias": .string("\(alias)"), "version": .string("\(version)"),
                ])
            }
            Output.line("\(model)@\(alias) is \(version)")
        }
    }

    struct Remove: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Remove an alias; its version stays.")

        @Argument(help: "namespace/name") var model: String
        @Argument(help: "The alias.") var alias: String
        @OptionGroup var options: ClientOptions

        func run() throws {
            let (model, alias) = (try ModelName(model), try AliasName(alias))
            try options.client().removeAlias(alias, of: model)
            if options.json {
                return Output.json(["model": .string("\(model)"), "alias": .string("\(alias)"), "removed": true])
            }
            Output.line("removed \(model)@\(alias)")
        }
    }

    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List the aliases of a model.")

        @Argument(help: "namespace/name") var model: String
        @OptionGroup var options: ClientOptions

        func run() throws {
            let model = try options.client().model(named: ModelName(model))
            if options.json { return Output.json(["items": model.json["aliases"] ?? []]) }
            var table = Table("ALIAS", "VERSION", "SINCE")
            for alias in model.aliases {
                table.rows.append([
                    "\(alias.name)", "\(alias.version)", alias.updatedAt > 0 ? Timestamp.rfc3339(alias.updatedAt) : "-",
                ])
            }
            table.print()
        }
    }
    struct History: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Show where an alias has pointed, newest first.",
            discussion: "The history outlives the alias. A line with “-” says that it was removed.")

        @Argument(help: "namespace/name") var model: String
        @Argument(help: "The alias.") var alias: String
        @OptionGroup var options: ClientOptions

        func run() throws {
            let changes = try options.client().aliasHistory(AliasName(alias), of: ModelName(model))
            if options.json { return Output.json(["items": .array(changes.map(\.json))]) }
            var table = Table("VERSION", "SINCE", "BY")
            for change in changes {
                table.rows.append([
                    change.version.map { "\($0)" } ?? "-", Timestamp.rfc3339(change.changedAt), change.changedBy,
                ])
            }
            table.print()
        }
    }

    struct RollBack: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "rollback", abstract: "Let an alias name the version that it named before.",
            discussion: """
                One step: doing it twice comes back to where it was. To go further back, choose a version from
                'moru alias history' and set the alias to it.
                """)

        @Argument(help: "namespace/name") var model: String
        @Argument(help: "The alias.") var alias: String
        @OptionGroup var options: ClientOptions

        func run() throws {
            let (model, alias) = (try ModelName(model), try AliasName(alias))
            let now = try options.client().rollBackAlias(alias, of: model)
            if options.json {
                return Output.json([
                    "model": .string("\(model)"), "alias": .string("\(alias)"), "version": .string("\(now.version)"),
                ])
            }
            Output.line("\(model)@\(alias) is \(now.version) again")
        }
    }
}
