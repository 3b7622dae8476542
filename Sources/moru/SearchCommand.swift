import ArgumentParser
import Registry
import RegistryClient

/// Finds models.
struct SearchCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "search",
        abstract: "Find models by words and context.",
        discussion: """
            Columns: model, latest version, size, downloads in 30 days, service types, title; tab-separated, sizes in \
            bytes and without headings when the output is no terminal.

            Words, and what narrows them down: key:value, "a phrase", yolo*, size<5MB, latency_ms@rpi5<=50, -word, a OR b, \
            has:key, sort:new. Quote them, so that the shell leaves them as they are.

            Example: moru search '방범 size<5MB' --tag task:object-detection --format tflite
            """)

    @Argument(help: "Words, Korean or English; none lists all models.")
    var words: [String] = []

    @Option(name: .customLong("tag"), help: ArgumentHelp("A context tag; repeatable.", valueName: "key:value"))
    var tags: [String] = []

    @Option(help: "A service type, such as retail.")
    var service: String?

    @Option(
        name: .customLong("format"), help: ArgumentHelp("A file format, such as onnx; repeatable.", valueName: "format")
    )
    var formats: [String] = []

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "relevance, new, downloads, name, or a number such as size, or -size for the greatest first.",
            valueName: "order"))
    var sort: String?

    @Flag(help: "Refuse words that cannot be read as they are meant.")
    var strict = false

    @Option(help: "How many at most, 1 to 100.")
    var limit = 20

    @Option(help: "Where the page before ended: 'next' of its --json.")
    var cursor: String?

    @OptionGroup var options: ClientOptions

    func validate() throws {
        guard (1...100).contains(limit) else { throw ValidationError("--limit is 1 to 100") }
        guard sort.map({ SearchSort($0) != nil }) ?? true else {
            throw ValidationError("--sort is relevance, new, downloads, name, or a number such as size or -size")
        }
    }

    func run() throws {
        var request = SearchRequest()
        request.text = words.joined(separator: " ")
        request.tags = try tags.map { try ContextTag($0) }
        (request.service, request.formats, request.sort) = (service, formats, sort)
        (request.limit, request.cursor, request.isStrict) = (limit, cursor, strict)
        let answer = try options.client().search(request)
        if options.json { return Output.json(answer.json) }
        var notes = answer.corrected.map { ["searched for “\($0)”"] } ?? []
        if answer.isRelaxed, request.text.contains(" ") {
            notes.append("few models have all of the words, so any of them counts")
        }
        if !notes.isEmpty { Output.note(notes.joined(separator: "; ")) }
        var table = Table("MODEL", "VERSION", "SIZE", "DOWNLOADS", "SERVICE", "TITLE")
        for model in answer.page.items {
            table.rows.append([
                "\(model.name)", model.latest.map { "\($0)" } ?? "-",
                Output.isTerminal ? ByteCount.text(model.size) : "\(model.size)", "\(model.downloads)",
                model.serviceTypes.joined(separator: ","), model.title,
            ])
        }
        table.print()
        if answer.page.items.isEmpty {
            Output.note("nothing was found")
        } else if answer.page.total > answer.page.items.count {
            Output.note("\(answer.page.items.count) of \(answer.page.total); narrow it with --tag, or see --limit")
        }
    }
}
