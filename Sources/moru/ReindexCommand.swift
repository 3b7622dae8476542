import ArgumentParser
import Services
import Storage

/// `moru reindex`: makes the search index anew from the models.
struct ReindexCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "reindex", abstract: "Make the search index of a stopped server anew.",
        discussion: "Needed only after the data directory was changed by something other than moru.")

    @Option(help: ArgumentHelp("Where everything is kept. (default: ./data, or MORU_DATA_DIR)", valueName: "path"))
    var dataDir: String?

    func run() throws {
        let directory = try DataDirectory.open(dataDir ?? Environment["MORU_DATA_DIR"] ?? "./data")
        let repository = try Repository(
            directory: directory, migrations: ResourceLocator().migrationsDirectory(), log: { Output.note($0) })
        defer { repository.close() }
        let count = try repository.search.rebuild()
        Output.note("indexed \(count) models")
    }
}
