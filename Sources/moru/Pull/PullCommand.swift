import ArgumentParser
import Glibc
import JSON
import Registry
import RegistryClient

/// Brings a version into a directory and keeps it up to date.
struct PullCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "pull",
        abstract: "Bring a version of a model into a directory.",
        discussion: """
            Every file is verified by its SHA-256, and the directory is swapped as a whole: whoever opens a file in it \
            gets the old version or the new one, never half of one. An interrupted pull – kill -9 included – goes on \
            where it stopped; files that did not change are not downloaded again; when nothing is new, one small \
            request finds that out. Files of yours in the directory stay.

            The version is picked by a number (1.2.0), an alias (latest, stable), a range (^1.2) or sha256:…

            Example: moru pull demo/person-detector@stable --variant tflite-int8 --into ./model
            """)

    @Argument(help: ArgumentHelp("namespace/name, or namespace/name@selector (default: latest).", valueName: "model"))
    var source: String

    @Option(help: "Only the artifacts of this variant.")
    var variant: String?

    @Option(help: "The directory (default: one named like the model).", completion: .directory)
    var into: String?

    @OptionGroup var options: ClientOptions

    func run() throws {
        let parts = source.split(separator: "@", maxSplits: 1, omittingEmptySubsequences: false)
        let model = try ModelName(parts[0])
        let selector = try parts.dropFirst().first.map { try VersionSelector($0) } ?? .alias(.latest)
        let variant = try variant.map { try VariantName($0) }
        let client = try options.client()
        let directory = try InstallDirectory(into ?? model.name)
        let pull = Pull(client: client, model: model, selector: selector, variant: variant, isQuiet: options.json)
        let result: Pull.Result
        do {
            result = try pull.run(in: directory)
        } catch {
            directory.leave()
            throw error
        }
        try directory.clean()
        report(result, directory.path)
    }

    private func report(_ result: Pull.Result, _ path: String) {
        let record = result.record
        if options.json {
            return Output.json([
                "model": .string("\(record.model)"), "version": .string("\(record.version)"),
                "manifest_digest": .string("\(record.manifest)"), "directory": .string(path),
                "changed": .bool(result.isChanged), "received": .integer(result.received),
                "files": .array(record.files.map { .string("\($0.path)") }),
            ])
        }
        let what = "\(record.model)@\(record.version)"
        guard result.isChanged else { return Output.line("up to date: \(what) in \(path)") }
        let size = ByteCount.text(record.files.reduce(0) { $0 + $1.size })
        let received = ByteCount.text(result.received)
        Output.line(
            "pulled \(what) into \(path) (\(Count.text(record.files.count, "file")), \(size), \(received) downloaded)")
    }
}

/// One pull: what is wanted, what of it is there, and the rest.
struct Pull {
    let client: RegistryClient
    let model: ModelName
    let selector: VersionSelector
    let variant: VariantName?
    let isQuiet: Bool

    /// Devices pull unattended over bad networks, and what has begun is worth waiting for.
    private static let patience = RetryPolicy(attempts: 6)

    struct Result {
        let record: InstallRecord
        let isChanged: Bool
        /// Bytes of artifacts that were downloaded.
        let received: Int64
    }

    func run(in directory: InstallDirectory) throws -> Result {
        let record = try directory.record()
        if let record, record.model != model {
            throw Failure(.usage, "\(directory.path) holds \(record.model); use --into another directory")
        }
        let isIntact = record.map { $0.files.allSatisfy(directory.isIntact) } ?? false
        let isSameQuestion =
            record.map {
                $0.server == "\(client.server)" && $0.selector == "\(selector)" && $0.variant == variant?.description
            } ?? false
        let known = isIntact && isSameQuestion ? record : nil
        switch try client.version(selector, of: model, unless: known?.tag) {
        case .unchanged:
            guard let known else {
                throw ClientError.unexpectedAnswer("status 304 to a question without an entity tag")
            }
            return Result(record: known, isChanged: false, received: 0)
        case .value(let version, let tag):
            warn(of: version)
            if var known, known.manifest == version.manifest {
                known.tag = tag
                try LocalFiles.replace("\(directory.path)/\(InstallRecord.path)", with: known.bytes, mode: 0o644)
                return Result(record: known, isChanged: false, received: 0)
            }
            return try install(version, tag: tag, over: record, in: directory)
        }
    }

    private func warn(of version: RemoteVersion) {
        guard version.state == .deprecated || version.state == .withdrawn else { return }
        let reason = version.stateReason.isEmpty ? "" : ": \(version.stateReason)"
        Output.note("\(version.model)@\(version.number) is \(version.state.rawValue)\(reason)")
    }

    private func install(
        _ version: RemoteVersion, tag: String?, over record: InstallRecord?, in directory: InstallDirectory
    ) throws -> Result {
        let manifest = try client.manifest(of: model, version.manifest)
        guard manifest.model == model, manifest.number == version.number else {
            throw ClientError.unexpectedAnswer("the manifest is that of \(manifest.model)@\(manifest.number)")
        }
        let wanted = try files(of: manifest)
        let here = sources(in: directory, record)
        let received = try fetch(wanted.filter { here[$0.file.digest] == nil }, manifest, directory)
        var tree = try InstallTree(directory)
        for (file, _) in wanted {
            try tree.add(file.path, from: here[file.digest] ?? "\(directory.partial)/\(file.digest.hex)")
        }
        try tree.keepOthers(than: record)
        let installed = try wanted.map { file, _ in
            guard let status = LocalFiles.status(of: "\(directory.tree)/\(file.path)") else {
                throw LocalFiles.failure("\(directory.tree)/\(file.path)")
            }
            return InstallRecord.File(
                path: file.path, digest: file.digest, size: Int64(status.st_size), modified: status.modified)
        }
        let next = InstallRecord(
            server: "\(client.server)", model: model, selector: "\(selector)", variant: variant?.description,
            version: version.number, manifest: version.manifest, tag: tag, files: installed)
        try tree.finish(next)
        try directory.swap()
        return Result(record: next, isChanged: true, received: received)
    }

    private typealias Wanted = (file: RemoteManifest.File, isReadme: Bool)

    /// The artifacts of the variant, or all; and the README, unless an artifact has its name.
    private func files(of manifest: RemoteManifest) throws -> [Wanted] {
        var files = manifest.artifacts
        if let variant {
            guard let chosen = manifest.variants.first(where: { $0.name == variant }) else {
                let names = manifest.variants.map(\.name.description).joined(separator: ", ")
                throw Failure(.notFound, "\(model)@\(manifest.number) has no variant \(variant); it has: \(names)")
            }
            let paths = Set(chosen.paths)
            files = files.filter { paths.contains($0.path) }
        }
        for file in files where file.path.parts.first?.lowercased() == InstallRecord.folder {
            throw Failure(.failed, "“\(file.path)” is where moru keeps its own notes; it cannot be pulled")
        }
        let wanted: [Wanted] = files.map { ($0, false) }
        guard let readme = manifest.readme, !files.contains(where: { $0.path.folded == "readme.md" }) else {
            return wanted
        }
        return wanted + [(RemoteManifest.File(path: try ArtifactPath("README.md"), digest: readme, size: 0), true)]
    }

    /// Where bytes are already: in files of the old version, or among the downloads of an interrupted pull.
    private func sources(in directory: InstallDirectory, _ record: InstallRecord?) -> [Digest: String] {
        var sources: [Digest: String] = [:]
        for name in (try? LocalFiles.names(in: directory.partial)) ?? [] {
            if let digest = Digest(hex: name) { sources[digest] = directory.partial + "/" + name }
        }
        for file in record?.files ?? [] where directory.isIntact(file) {
            sources[file.digest] = "\(directory.path)/\(file.path)"
        }
        return sources
    }

    private func fetch(_ missing: [Wanted], _ manifest: RemoteManifest, _ directory: InstallDirectory) throws -> Int64 {
        try LocalFiles.createDirectories(directory.partial)
        try removeOthers(than: manifest, directory)
        let total = missing.reduce(0) { $0 + $1.file.size }
        let progress = Progress("pulling", total: total, isQuiet: isQuiet)
        defer { progress.finish() }
        var (done, received) = (Int64(0), Int64(0))
        var fetched: Set<Digest> = []
        for (file, isReadme) in missing where fetched.insert(file.digest).inserted {
            let destination = "\(directory.partial)/\(file.digest.hex)"
            if isReadme {
                let bytes = try client.readme(of: model, manifest.number, digest: file.digest)
                try LocalFiles.replace(destination, with: bytes, mode: 0o644)
                received += Int64(bytes.count)
                continue
            }
            let download = client.download(
                file.path, of: model, manifest.number, digest: file.digest, size: file.size, to: destination,
                retries: Self.patience)
            received += try download.run(with: client) { progress.update(done + $0) }
            done += file.size
        }
        return received
    }

    /// Drops downloads that belong to another version.
    private func removeOthers(than manifest: RemoteManifest, _ directory: InstallDirectory) throws {
        var wanted = Set(manifest.artifacts.map(\.digest.hex))
        if let readme = manifest.readme { wanted.insert(readme.hex) }
        for name in try LocalFiles.names(in: directory.partial) where !wanted.contains(String(name.prefix(64))) {
            try LocalFiles.remove(directory.partial + "/" + name)
        }
    }
}
