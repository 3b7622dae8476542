import HTTPServer
import Registry
import Services
import Storage

/// Care of the stored data, for administrators.
struct MaintenanceRoutes: Sendable {
    let repository: Repository
    let gate: Gate

    var routes: [Route] {
        [
            Route(.get, "/api/v1/storage/check", "checkStorage", lane: .slow, check)
        ]
    }

    @Sendable private func check(_ request: Request) throws -> Response {
        let (visit, _) = try gate.admitUser(request)
        try repository.accounts.requireAdmin(visit.caller)
        let check = RepositoryCheck(repository.directory, database: repository.database, now: repository.clock.now)
        return Response(
            fields: ["Content-Type": "application/jsonl", "Cache-Control": Caching.none],
            body: .stream(CheckBody(check)))
    }
}
