import Cryptography
import Encoding
import HTTPServer
import Registry
import Services
import Storage

/// Care of the stored data, for administrators.
struct MaintenanceRoutes: Sendable {
    let repository: Repository
    let gate: Gate
    let configuration: Configuration
    /// Each backup under way takes as much room as the database, and holds collection off.
    private let backups = Turns(limit: 2)
    private let checks = Turns(limit: 2)

    var routes: [Route] {
        [
            Route(.get, "/api/v1/storage/check", "checkStorage", lane: .slow, check),
            Route(.get, "/api/v1/storage/backup", "getBackup", lane: .slow, backup),
        ]
    }

    @Sendable private func check(_ request: Request) throws -> Response {
        try admit(request)
        var response = Response(fields: ["Content-Type": "application/jsonl", "Cache-Control": Caching.none])
        guard request.method == .get else { return response }
        let turn = try checks.take()
        let check = RepositoryCheck(repository.directory, database: repository.database, now: repository.clock.now)
        response.body = .stream(CheckBody(check, turn))
        return response
    }

    @Sendable private func backup(_ request: Request) throws -> Response {
        let caller = try admit(request)
        let now = repository.clock.now
        var response = Response(fields: [
            "Content-Type": "application/x-tar", "Cache-Control": Caching.none,
            "Content-Disposition": Disposition.attachment(filename: "moru-backup-\(Timestamp.basic(now)).tar"),
        ])
        // A copy of the database would be made for nothing.
        guard request.method == .get else { return response }
        let turn = try backups.take()
        // The reserve is for deleting and collecting.
        let storage = try repository.storage.status(for: caller)
        try storage.disk?.requireRoom(for: storage.databaseBytes)
        let copy = "\(repository.directory.incomingPath)/backup-\(Hex.encode(SecureRandom.bytes(8))).sqlite"
        do {
            let source = try BackupSource(
                repository.directory, database: repository.database, copyAt: copy,
                product: configuration.productVersion, now: now)
            response.body = .stream(BackupBody(try BackupStream(source), turn, log: configuration.log))
        } catch let error as BackupError {
            configuration.log("request \(request.id): no backup: \(error)")
            throw RegistryError(error)
        }
        return response
    }

    /// - Throws: Also `csrf-failed`, when a page of another site sends an administrator here: though nothing changes, each
    ///   answer is much work, and a backup is a copy of every secret.
    @discardableResult
    private func admit(_ request: Request) throws -> Caller {
        let (visit, _) = try gate.admitUser(request)
        try repository.accounts.requireAdmin(visit.caller)
        if visit.session != nil { try gate.requireSameOrigin(request) }
        return visit.caller
    }
}

extension RegistryError {
    /// A backup that could not begin, without the paths of the server.
    fileprivate init(_ error: BackupError) {
        switch error.kind {
        case .full:
            self.init(
                .storeFull, "there is no room on the server for a copy of the database",
                ko: "서버에 데이터베이스 사본을 둘 공간이 없습니다")
        case .damaged:
            self.init(
                .storeUnavailable, "the database is damaged, so no backup is made of it; check the storage",
                ko: "데이터베이스가 손상되어 백업하지 않습니다. 저장소를 점검하세요")
        case .refused, .failed:
            self.init(
                .storeUnavailable, "no backup could be made; the server's log says why",
                ko: "백업하지 못했습니다. 이유는 서버 로그에 있습니다")
        }
    }
}
