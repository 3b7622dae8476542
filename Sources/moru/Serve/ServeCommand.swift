import ArgumentParser
import Glibc
import HTTPServer
import SQLite
import Search
import Services
import Storage
import WebAPI

/// `moru serve`: the server.
struct ServeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve", abstract: "Serve models over HTTP.",
        discussion: """
            Every option may also be given in the environment: --data-dir as MORU_DATA_DIR and so on.
            When ready, one line “listening on http://HOST:PORT” is printed; logs go to standard error.
            """)

    @OptionGroup var options: ServeOptions

    func run() throws {
        let settings = try ServeSettings(options)
        // What SQLite writes beside the database, such as the copy before a migration, is nobody else's to read either.
        umask(0o077)
        // Before any thread is made, so that all of them leave these signals to the loop below.
        let signals = SignalSet([SIGTERM, SIGINT])
        signals.block()

        let log = ServerLog(format: settings.logFormat)
        let resources = ResourceLocator()
        let directory = try DataDirectory.open(settings.dataDirectory)
        let repository = try Repository(
            directory: directory, migrations: resources.migrationsDirectory(),
            vocabulary: vocabulary(settings, resources, directory), log: { log.write($0) })
        if let password = settings.adminPassword, try repository.accounts.createAdmin(password: password) {
            log.write("made the user admin")
        }

        repository.search.start()
        let api = try API(
            repository: repository, configuration: settings.api(log: log),
            publicDirectory: resources.publicDirectory(settings.publicDirectory))
        let database = repository.database
        let server = Server(
            configuration: settings.server, router: api.router, generation: { database.generation })
        let port: UInt16
        do {
            port = try server.start()
        } catch {
            throw Failure(.failed, "\(error); name another address with --listen, or stop what uses it")
        }

        let address = "http://\(settings.urlHost):\(port)"
        log.write("moru \(Product.version) serves \(directory.path)")
        if let link = try repository.accounts.offerSetUp(at: settings.publicURL ?? address) {
            log.write("no users yet; make the first one at \(link)")
        }
        Output.write("listening on \(address)\n", to: STDOUT_FILENO)

        let collection = try CollectionSchedule(
            repository.collector, grace: settings.collectionGrace, interval: settings.collectionInterval,
            log: { log.write($0) })
        collection.start()
        while signals.wait(seconds: 2) == nil { repository.maintain() }
        log.write("stopping")
        collection.stop()
        server.stop(drainSeconds: 10)
        repository.accounts.endSetUpOffer()
        repository.close()
        log.write("stopped")
    }

    private func vocabulary(
        _ settings: ServeSettings, _ resources: ResourceLocator, _ directory: DataDirectory
    ) throws -> ContextVocabulary {
        do {
            return try VocabularyFiles.read(
                directory: resources.vocabularyDirectory(), optional: ["\(directory.path)/vocabulary.txt"],
                required: settings.vocabularyFiles)
        } catch let error as VocabularyError {
            throw Failure(.usage, "the vocabulary cannot be read: \(error)")
        }
    }
}
