import ArgumentParser
import JSON
import Registry
import RegistryClient

/// Publishes a directory as a version.
struct PushCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "push",
        abstract: "Publish a file or directory as a version of a model, with all its variants.",
        discussion: """
            One request publishes everything, or nothing. Repeating a push is safe: when the version is there with the \
            same content, nothing is sent and nothing changes; without a number, the latest version is compared.

            README.md becomes the version's README; hidden files and moru.json are not sent.

            All options may stand in DIR/moru.json instead; flags win over it, and unknown keys are errors:
              {"model": "demo/pitch", "version": "1.0.0", "title": "Pitch",
               "summary": "…", "service_type": "voice", "license": "Apache-2.0",
               "visibility": "public", "context": ["task:pitch-detection"],
               "notes": "…", "readme": "README.md", "draft": false,
               "aliases": ["stable"], "variants": [
                {"name": "onnx", "paths": ["nmp.onnx"], "context": ["os:linux"]}]}
            Without variants, all files are the one variant 'default'.

            Example: moru push ./pitch demo/pitch@1.0.0 --variant onnx=nmp.onnx --variant coreml=nmp.mlpackage,os:ios
            """)

    @Argument(help: "The directory, or a single file.", completion: .file())
    var source: String

    @Argument(help: ArgumentHelp("namespace/name, or namespace/name@version.", valueName: "model"))
    var target: String?

    @Option(help: "The service type of a new model, such as retail.")
    var service: String?

    @Option(help: "The title of a new model.")
    var title: String?

    @Option(help: "What a new model does, in a sentence.")
    var summary: String?

    @Option(help: "The licence of a new model, such as Apache-2.0.")
    var license: String?

    @Flag(name: .customLong("private"), help: "Let only the namespace's members see a new model.")
    var isPrivate = false

    @Option(
        name: .customLong("context"),
        help: ArgumentHelp("Context of this version, said anew with each; repeatable.", valueName: "key:value"))
    var context: [String] = []

    @Option(
        name: .customLong("variant"),
        help: ArgumentHelp(
            "A variant: a file or directory of the source, and its context; repeatable.",
            valueName: "name=path[,key:value…]"))
    var variants: [String] = []

    @Option(help: "The README (default: README.md of the source).", completion: .file())
    var readme: String?

    @Option(help: "What is new in the version.")
    var notes: String?

    @Option(name: .customLong("alias"), help: ArgumentHelp("An alias for the version; repeatable.", valueName: "alias"))
    var aliases: [String] = []

    @Flag(help: "Hold the version back as a draft.")
    var draft = false

    @Flag(help: "Show what would be sent, and send nothing.")
    var dryRun = false

    @OptionGroup var options: ClientOptions

    func run() throws {
        let description = try self.description()
        guard let model = description.model else {
            throw ValidationError("Name the model: moru push \(source) namespace/name[@version]")
        }
        let plan = try PushPlan(source: source, description)
        if !plan.leftOut.isEmpty {
            Output.note("in no variant, so not sent: \(plan.leftOut.map(\.description).joined(separator: ", "))")
        }
        let publication = try self.publication(of: model, plan, description)
        if dryRun { return show(publication) }
        let client = try options.client()
        if let version = try published(publication, client) {
            report(version, isNew: false, publication)
            return
        }
        let before = try latest(of: model, client)
        let progress = Progress("sending", total: publication.size, isQuiet: options.json)
        defer { progress.finish() }
        let (version, isNew): (RemoteVersion, Bool)
        do {
            (version, isNew) = try client.publish(publication) { progress.update($0) }
        } catch let error as ClientError where error.problem?.code == "model-unknown" {
            // What one may not publish to is answered as if it did not exist.
            throw Failure(
                .notFound,
                "you may not publish \(publication.model); 'moru namespace list' shows where you may, and an owner of a "
                    + "namespace lets you in with 'moru namespace add'")
        }
        progress.finish()
        report(version, isNew: isNew, publication)
        if isNew, let before { noteLostContext(of: version, since: before, publication) }
    }

    // MARK: What to publish

    private func description() throws -> PushDescription {
        var flags = PushDescription()
        if let target {
            let parts = target.split(separator: "@", maxSplits: 1, omittingEmptySubsequences: false)
            flags.model = try ModelName(parts[0])
            flags.version = try parts.dropFirst().first.map { try VersionNumber($0) }
        }
        (flags.title, flags.summary, flags.license, flags.notes) = (title, summary, license, notes)
        flags.serviceType = service
        flags.visibility = isPrivate ? .private : nil
        flags.readme = try readme.map { path in
            guard let resolved = LocalFiles.resolved(path) else { throw LocalFiles.failure(path) }
            return resolved
        }
        flags.context = try context.map { try ContextTag($0) }
        flags.aliases = try aliases.map { try AliasName($0) }
        flags.isDraft = draft
        for text in variants { try Self.add(text, to: &flags.variants) }
        let path = source + "/moru.json"
        guard LocalFiles.status(of: path) != nil else { return flags }
        let bytes = try LocalFiles.read(path, maximum: 1 << 20)
        do {
            return try PushDescription(bytes).overridden(by: flags)
        } catch {
            throw Failure(.usage, "\(path): \(error); see 'moru help push'")
        }
    }

    /// `NAME=PATH[,key:value…]`; a name that comes again adds to its variant.
    private static func add(_ text: String, to variants: inout [PushDescription.VariantDescription]) throws {
        guard let equals = text.firstIndex(of: "=") else {
            throw ValidationError("--variant \(text): write NAME=PATH, such as onnx=model.onnx")
        }
        let name = try VariantName(text[..<equals])
        let pieces = text[text.index(after: equals)...].split(separator: ",", omittingEmptySubsequences: false)
        let context = try pieces.dropFirst().map { try ContextTag($0) }
        if let position = variants.firstIndex(where: { $0.name == name }) {
            variants[position].paths.append(String(pieces[0]))
            variants[position].context += context
        } else {
            variants.append(.init(name: name, paths: [String(pieces[0])], context: context))
        }
    }

    private func publication(of model: ModelName, _ plan: PushPlan, _ description: PushDescription) throws
        -> Publication
    {
        var publication = Publication(model: model)
        publication.description = description.fields
        publication.version = description.version
        publication.notes = description.notes ?? ""
        publication.context = try ContextTag.set(description.context)
        publication.aliases = description.aliases
        publication.isDraft = description.isDraft
        let files = Set(plan.variants.flatMap(\.files))
        let progress = Progress("reading", total: files.reduce(0) { $0 + $1.size }, isQuiet: options.json)
        defer { progress.finish() }
        var done: Int64 = 0
        var hashed: [PushPlan.File: Publication.LocalFile] = [:]
        for file in files {
            hashed[file] = try LocalFiles.hashed(file.location) {
                done += Int64($0)
                progress.update(done)
            }
        }
        publication.variants = try plan.variants.map { variant in
            Publication.LocalVariant(
                name: variant.name, context: try ContextTag.set(variant.context),
                artifacts: variant.files.compactMap { file in hashed[file].map { (file.path, $0) } })
        }
        publication.readme = try plan.readme.map { try LocalFiles.hashed($0) }
        return publication
    }

    /// The version that is there with the same content, if there is one.
    private func published(_ publication: Publication, _ client: RegistryClient) throws -> RemoteVersion? {
        let selector = publication.version.map { VersionSelector.number($0) } ?? .alias(.latest)
        let version: RemoteVersion
        do {
            version = try client.version(selector, of: publication.model)
        } catch let error as ClientError where error.problem?.status == 404 {
            return nil
        }
        if publication.hasContent(of: try client.manifest(of: publication.model, version.manifest)) { return version }
        if let number = publication.version {
            throw Failure(
                .failed,
                "\(publication.model)@\(number) is there with other content, and a version never changes; "
                    + "push under another number")
        }
        return nil
    }

    private func latest(of model: ModelName, _ client: RegistryClient) throws -> RemoteVersion? {
        do {
            return try client.version(.alias(.latest), of: model)
        } catch let error as ClientError where error.problem?.status == 404 {
            return nil
        }
    }

    // MARK: Telling

    /// Context is said anew with each version, which is easily forgotten: devices would not find the new one by it.
    private func noteLostContext(of version: RemoteVersion, since before: RemoteVersion, _ publication: Publication) {
        let said = Set(publication.context + publication.variants.flatMap(\.context))
        let lost = before.context.filter { !said.contains($0) }
        guard !lost.isEmpty else { return }
        let tags = lost.map { "\($0)" }.joined(separator: ", ")
        Output.note(
            "\(before.number) had context that \(version.number) has not: \(tags) (say it with --context or in moru.json)"
        )
    }

    private func report(_ version: RemoteVersion, isNew: Bool, _ publication: Publication) {
        let missing = publication.aliases.filter { !version.aliases.contains($0) }
        for alias in missing where !isNew {
            Output.note(
                "\(alias) is another version; to move it: moru alias set \(version.model) \(alias) \(version.number)")
        }
        if options.json {
            return Output.json(["created": .bool(isNew), "version": version.json])
        }
        let what = "\(version.model)@\(version.number)"
        let state = version.state == .draft ? " as a draft" : ""
        guard isNew else { return Output.line("already published: \(what)\(state), nothing changed") }
        let size = ByteCount.text(publication.size)
        Output.line(
            "published \(what)\(state) (\(size), \(Count.text(version.variants.count, "variant")), \(version.manifest))"
        )
    }

    private func show(_ publication: Publication) {
        if options.json { return Output.json(publication.json) }
        let number = publication.version.map { "@\($0)" } ?? " (next patch)"
        Output.line("would publish \(publication.model)\(number), \(ByteCount.text(publication.size))")
        if let readme = publication.readme { Output.line("README  \(readme.location)") }
        var table = Table("VARIANT", "SIZE", "DIGEST", "PATH")
        for variant in publication.variants {
            for (path, file) in variant.artifacts {
                table.rows.append(["\(variant.name)", "\(file.size)", "\(file.digest)", "\(path)"])
            }
        }
        table.print()
    }
}

extension Publication {
    /// What a dry run tells programs.
    fileprivate var json: JSONValue {
        let tags = { (context: [ContextTag]) in JSONValue.array(context.map { .string("\($0)") }) }
        return [
            "dry_run": true, "model": .string("\(model)"), "version": version.map { .string("\($0)") } ?? .null,
            "readme": readme.map { .string("\($0.digest)") } ?? .null, "context": tags(context), "size": .integer(size),
            "variants": .array(
                variants.map { variant in
                    [
                        "name": .string("\(variant.name)"), "context": tags(variant.context),
                        "artifacts": .array(
                            variant.artifacts.map { path, file in
                                [
                                    "path": .string("\(path)"), "size": .integer(file.size),
                                    "digest": .string("\(file.digest)"),
                                ]
                            }),
                    ]
                }),
        ]
    }
}
