import Glibc
import Registry
import RegistryClient

/// The files of a push, found below one directory: which are sent, under which paths, in which variants.
struct PushPlan {
    struct File: Hashable {
        let path: ArtifactPath
        let location: String
        /// Bytes, when the directory was read.
        let size: Int64
    }

    struct PlannedVariant {
        let name: VariantName
        let context: [ContextTag]
        let files: [File]
    }

    private(set) var variants: [PlannedVariant] = []
    private(set) var readme: String?
    /// Files that are in no variant.
    private(set) var leftOut: [ArtifactPath] = []

    /// Finds the files of `source`, a directory or a file that is the only artifact.
    ///
    /// - Throws: ``Failure`` when something cannot be sent: a name that some device could not create, a link that leads
    ///   out of the directory, no file at all.
    init(source: String, _ description: PushDescription) throws {
        var status = stat()
        guard let root = LocalFiles.resolved(source), stat(root, &status) == 0 else { throw LocalFiles.failure(source) }
        guard status.st_mode & S_IFMT == S_IFDIR else {
            guard status.st_mode & S_IFMT == S_IFREG else {
                throw Failure(.usage, "\(source): neither file nor directory")
            }
            try take(file: source, size: Int64(status.st_size), description)
            return
        }
        var found = try Self.files(below: root, "", root: root)
        readme = try Self.readme(description, root: root, &found)
        let files = try found.map { File(path: try ArtifactPath($0.path), location: $0.location, size: $0.size) }
        if description.variants.isEmpty {
            variants = [PlannedVariant(name: .default, context: [], files: files)]
        } else {
            variants = try description.variants.map { variant in
                PlannedVariant(
                    name: variant.name, context: variant.context,
                    files: try Self.select(variant.paths, from: files, variant: variant.name, source: source))
            }
            let sent = Set(variants.flatMap { $0.files.map(\.path) })
            leftOut = files.map(\.path).filter { !sent.contains($0) }
        }
        try check(source)
    }

    private mutating func take(file: String, size: Int64, _ description: PushDescription) throws {
        guard description.variants.count <= 1 else {
            throw Failure(.usage, "\(file) is one file; several variants need a directory")
        }
        let variant = description.variants.first
        let artifact = File(path: try ArtifactPath(LocalFiles.name(of: file)), location: file, size: size)
        variants = [
            PlannedVariant(name: variant?.name ?? .default, context: variant?.context ?? [], files: [artifact])
        ]
        readme = description.readme
    }

    private func check(_ source: String) throws {
        guard variants.contains(where: { !$0.files.isEmpty }) else {
            throw Failure(
                .usage, "\(source): there is no file to push (hidden files, README.md and moru.json do not count)")
        }
        // A form writes a quotation mark so, and cannot say that the name really holds these three characters.
        for file in variants.flatMap(\.files) where file.path.description.contains("%22") {
            throw Failure(.usage, "\(file.location): a name with %22 cannot be sent; rename the file")
        }
        try ArtifactPath.checkTogether(Array(Set(variants.flatMap { $0.files.map(\.path) })))
    }

    // MARK: Finding files

    private typealias Found = (path: String, location: String, size: Int64)

    private static func files(below directory: String, _ prefix: String, root: String) throws -> [Found] {
        var found: [Found] = []
        for name in try LocalFiles.names(in: directory) where !name.hasPrefix(".") {
            let (path, location) = (prefix + name, directory + "/" + name)
            if path == "moru.json" { continue }
            var status = stat()
            guard stat(location, &status) == 0, let link = LocalFiles.status(of: location) else {
                throw LocalFiles.failure(location)
            }
            let isLink = link.st_mode & S_IFMT == S_IFLNK
            switch status.st_mode & S_IFMT {
            case S_IFDIR where isLink:
                throw Failure(.usage, "\(location) is a link to a directory; copy the directory there")
            case S_IFDIR: found += try files(below: location, path + "/", root: root)
            case S_IFREG:
                // A link that leads out of the directory would publish what nobody meant to.
                if isLink, LocalFiles.resolved(location)?.hasPrefix(root + "/") != true {
                    throw Failure(
                        .usage, "\(location) is a link to a file outside of the directory; copy the file there")
                }
                found.append((path, location, Int64(status.st_size)))
            default: throw Failure(.usage, "\(location) is neither a file nor a directory")
            }
        }
        return found
    }

    /// The README that is named, else the README.md of the directory, which then is no artifact.
    private static func readme(_ description: PushDescription, root: String, _ found: inout [Found]) throws -> String? {
        guard let named = description.readme else {
            guard let position = found.firstIndex(where: { $0.path == "README.md" }) else { return nil }
            return found.remove(at: position).location
        }
        let location = named.hasPrefix("/") ? named : root + "/" + named
        let resolved = LocalFiles.resolved(location)
        found.removeAll { resolved != nil && LocalFiles.resolved($0.location) == resolved }
        return location
    }

    private static func select(_ paths: [String], from files: [File], variant: VariantName, source: String) throws
        -> [File]
    {
        var selected: Set<File> = []
        for path in paths {
            var wanted = path[...]
            while wanted.hasPrefix("./") { wanted = wanted.dropFirst(2) }
            while wanted.hasSuffix("/") { wanted = wanted.dropLast() }
            let name = String(wanted).normalizedNFC
            let matching = files.filter {
                name.isEmpty || name == "." || $0.path.description == name || $0.path.description.hasPrefix(name + "/")
            }
            guard !matching.isEmpty else {
                throw Failure(.usage, "variant \(variant): there is no “\(path)” in \(source)")
            }
            selected.formUnion(matching)
        }
        return selected.sorted { $0.path < $1.path }
    }
}
