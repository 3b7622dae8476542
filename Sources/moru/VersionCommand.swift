import ArgumentParser
import Encoding
import JSON
import Registry
import RegistryClient

/// Manages versions after their publication.
struct VersionCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "version", abstract: "List versions, publish drafts, deprecate or withdraw versions.",
        discussion: """
            A deprecated version is offered with advice to move on; a withdrawn one is found only by its exact number, and
            no alias names it. Published versions are never deleted; both states can be left by 'moru version publish'.
            """,
        subcommands: [List.self, Publish.self, Deprecate.self, Withdraw.self, Delete.self])

    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List the versions of a model, newest first.")

        @Argument(help: "namespace/name") var model: String
        @OptionGroup var options: ClientOptions

        func run() throws {
            let versions = try options.client().versions(of: ModelName(model))
            if options.json { return Output.json(["items": .array(versions.map(\.json))]) }
            var table = Table("VERSION", "STATE", "SIZE", "CREATED", "ALIASES", "REASON")
            for version in versions {
                table.rows.append([
                    "\(version.number)", version.state.rawValue,
                    Output.isTerminal ? ByteCount.text(version.size) : "\(version.size)",
                    Timestamp.rfc3339(version.createdAt), version.aliases.map { "\($0)" }.joined(separator: ","),
                    version.stateReason.split(whereSeparator: \.isNewline).joined(separator: " "),
                ])
            }
            table.print()
        }
    }

    struct Publish: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Publish a draft, or offer a deprecated or withdrawn version again.")

        @OptionGroup var target: Target
        @OptionGroup var options: ClientOptions

        func run() throws { try target.move(to: .published, options) }
    }

    struct Deprecate: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Advise those who use a version to move on.")

        @OptionGroup var target: Target
        @Option(help: "Why, for those who use it.") var reason: String?
        @OptionGroup var options: ClientOptions

        func run() throws { try target.move(to: .deprecated, reason: reason, options) }
    }

    struct Withdraw: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Stop offering a version.",
            discussion: "Example: moru version withdraw demo/pitch@1.2.0 --reason 'crashes' --replace-with 1.1.9")

        @OptionGroup var target: Target
        @Option(help: "Why, for those who use it.") var reason: String?
        @Option(help: ArgumentHelp("What aliases that name it are to name instead.", valueName: "version"))
        var replaceWith: String?
        @OptionGroup var options: ClientOptions

        func run() throws {
            let replacement = try replaceWith.map { try VersionNumber($0) }
            try target.move(to: .withdrawn, reason: reason, replaceWith: replacement, options)
        }
    }

    struct Delete: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Delete a draft; its number is free again.")

        @OptionGroup var target: Target
        @OptionGroup var options: ClientOptions

        func run() throws {
            let (model, number) = try target.parsed()
            try options.client().deleteDraft(number, of: model)
            if options.json {
                return Output.json([
                    "model": .string("\(model)"), "version": .string("\(number)"), "deleted": true,
                ])
            }
            Output.line("deleted \(model)@\(number)")
        }
    }

    /// The version that a command changes: an exact number, since what an alias names may change meanwhile.
    struct Target: ParsableArguments {
        @Argument(help: ArgumentHelp("namespace/name@version", valueName: "model@version")) var version: String

        func parsed() throws -> (ModelName, VersionNumber) {
            let parts = version.split(separator: "@", maxSplits: 1, omittingEmptySubsequences: false)
            guard parts.count == 2 else { throw ValidationError("Name the version: namespace/name@1.2.0") }
            return (try ModelName(parts[0]), try VersionNumber(parts[1]))
        }

        func move(
            to state: VersionState, reason: String? = nil, replaceWith replacement: VersionNumber? = nil,
            _ options: ClientOptions
        ) throws {
            let (model, number) = try parsed()
            let version = try options.client().setState(
                of: number, of: model, to: state, reason: reason, replaceWith: replacement)
            if options.json { return Output.json(version.json) }
            Output.line("\(model)@\(number) is \(version.state.rawValue)")
        }
    }
}
