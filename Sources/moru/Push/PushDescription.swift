import JSON
import Registry

/// What is said about a push, on the command line or in `moru.json`.
struct PushDescription {
    var model: ModelName?
    var version: VersionNumber?
    var title: String?
    var summary: String?
    var serviceType: String?
    var visibility: Visibility?
    var license: String?
    var context: [ContextTag] = []
    var notes: String?
    /// Relative to the directory that is pushed, as it stands in `moru.json`.
    var readme: String?
    var variants: [VariantDescription] = []
    var aliases: [AliasName] = []
    var isDraft = false

    struct VariantDescription {
        let name: VariantName
        /// Files and directories, relative to the directory that is pushed.
        var paths: [String]
        var context: [ContextTag]
    }

    init() {}

    /// Reads the bytes of a `moru.json`; keys that are not known are errors.
    init(_ bytes: [UInt8]) throws {
        var form = JSONForm(try JSONValue(parsing: bytes))
        model = form.nullable("model") { (text: String) in try ModelName(text) }
        version = form.nullable("version") { (text: String) in try VersionNumber(text) }
        title = form.nullable("title")
        summary = form.nullable("summary")
        serviceType = form.nullable("service_type")
        visibility = form.nullable("visibility") { (text: String) in try Self.visibility(text) }
        license = form.nullable("license")
        context = form.nullable("context", Self.tags) ?? []
        notes = form.nullable("notes")
        readme = form.nullable("readme")
        variants =
            form.objects("variants") { form in
                let name = form.required("name") { (text: String) in try VariantName(text) }
                let paths: [String]? = form.required("paths")
                let context = form.nullable("context", Self.tags) ?? []
                guard let name, let paths else { return nil }
                return VariantDescription(name: name, paths: paths, context: context)
            } ?? []
        aliases = form.nullable("aliases") { (texts: [String]) in try texts.map { try AliasName($0) } } ?? []
        isDraft = form.nullable("draft") ?? false
        try form.conclude()
    }

    /// This description with what `flags` say instead, wherever they say something.
    func overridden(by flags: PushDescription) -> PushDescription {
        var all = self
        all.model = flags.model ?? model
        all.version = flags.version ?? version
        all.title = flags.title ?? title
        all.summary = flags.summary ?? summary
        all.serviceType = flags.serviceType ?? serviceType
        all.visibility = flags.visibility ?? visibility
        all.license = flags.license ?? license
        all.notes = flags.notes ?? notes
        all.readme = flags.readme ?? readme
        if !flags.context.isEmpty { all.context = flags.context }
        if !flags.variants.isEmpty { all.variants = flags.variants }
        if !flags.aliases.isEmpty { all.aliases = flags.aliases }
        all.isDraft = isDraft || flags.isDraft
        return all
    }

    /// The fields of the form that describe a model when it is new.
    var fields: [(field: String, value: String)] {
        let all: [(String, String?)] = [
            ("title", title), ("summary", summary), ("service_type", serviceType),
            ("visibility", visibility?.rawValue), ("license", license),
        ]
        return all.compactMap { field, value in value.map { (field, $0) } }
    }

    private static func tags(_ texts: [String]) throws -> [ContextTag] { try texts.map { try ContextTag($0) } }

    private static func visibility(_ text: String) throws -> Visibility {
        guard let visibility = Visibility(rawValue: text) else { throw Failure(.usage, "is public or private") }
        return visibility
    }
}

extension Failure: CustomStringConvertible {
    var description: String { message }
}
