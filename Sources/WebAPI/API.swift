public import HTTPServer
import Registry
public import Services
import Storage

/// Every address that Moru answers.
public struct API: Sendable {
    private let repository: Repository
    private let configuration: Configuration
    private let portal: PortalPages
    private let limiter: RateLimiter?

    /// - Parameters:
    ///   - repository: what the API is of.
    ///   - configuration: how it is run.
    ///   - publicDirectory: the path of `Public/`, read into memory here.
    /// - Throws: when the directory cannot be read.
    public init(repository: Repository, configuration: Configuration, publicDirectory: String) throws(ServerError) {
        self.repository = repository
        self.configuration = configuration
        let rate = configuration.requestRate
        limiter = rate > 0 ? RateLimiter(perSecond: rate, clock: repository.clock) : nil
        portal = try PortalPages(directory: publicDirectory)
    }

    /// The one list of routes; `openapi.json` describes exactly these.
    public var routes: [Route] {
        let gate = Gate(
            access: repository.access, configuration: configuration, clock: repository.clock, limiter: limiter)
        return [
            SystemRoutes(repository: repository, gate: gate, configuration: configuration, portal: portal).routes,
            SessionRoutes(accounts: repository.accounts, gate: gate).routes,
            UserRoutes(accounts: repository.accounts, gate: gate).routes,
            LinkRoutes(accounts: repository.accounts, gate: gate).routes,
            NamespaceRoutes(namespaces: repository.namespaces, gate: gate).routes,
            TokenRoutes(accounts: repository.accounts, gate: gate).routes,
            SearchRoutes(search: repository.search, vocabulary: repository.vocabulary, gate: gate).routes,
            ContextRoutes(search: repository.search, vocabulary: repository.vocabulary, gate: gate).routes,
            ServiceTypeRoutes(models: repository.models, gate: gate).routes,
            ModelRoutes(models: repository.models, vocabulary: repository.vocabulary, gate: gate).routes,
            VersionRoutes(versions: repository.versions, vocabulary: repository.vocabulary, gate: gate).routes,
            PublishRoutes(
                publishing: repository.publishing, vocabulary: repository.vocabulary, gate: gate,
                configuration: configuration
            ).routes,
            UploadRoutes(uploads: repository.uploads, gate: gate, configuration: configuration).routes,
            DocumentRoutes(resolving: repository.resolving, gate: gate).routes,
            ArtifactRoutes(resolving: repository.resolving, downloads: repository.downloads, gate: gate).routes,
            ArchiveRoutes(versions: repository.versions, downloads: repository.downloads, gate: gate).routes,
            AliasRoutes(versions: repository.versions, gate: gate).routes,
            MaintenanceRoutes(repository: repository, gate: gate, configuration: configuration).routes,
            StorageRoutes(storage: repository.storage, activity: repository.activity, gate: gate).routes,
            ActivityRoutes(activity: repository.activity, gate: gate).routes,
        ].flatMap { $0 }
    }

    public var router: Router {
        Router(routes, fallback: portal.answer, problem: problem)
    }

    /// Any error as a response. What is not the client's business goes to the log, under the request's id.
    @Sendable private func problem(_ error: any Error, _ request: Request?, _ id: String) -> Response {
        let problem = Problem(describing: error)
        if (problem?.status ?? 500) >= 500 { configuration.log("request \(id): \(error)") }
        var response = (problem ?? Problem(HTTPError.internalError)).response(in: Language(of: request), requestID: id)
        if let request, TusHeaders.speaks(request.path) { response.fields.merge(missingFrom: TusHeaders.common) }
        return response
    }
}
