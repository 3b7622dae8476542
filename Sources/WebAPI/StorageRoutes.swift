import HTTPServer
import JSON
import Registry
import Services
import Storage

/// The space that the repository takes, for administrators.
struct StorageRoutes: Sendable {
    let storage: StorageService
    let activity: ActivityService
    let gate: Gate

    var routes: [Route] {
        [
            Route(.get, "/api/v1/storage", "getStorage", lane: .slow, get),
            Route(.get, "/api/v1/storage/models", "listStorageOfModels", lane: .slow, models),
            .bytes(.post, "/api/v1/storage/collect", "collectStorage", maximum: 1024, collect),
        ]
    }

    @Sendable private func get(_ request: Request) throws -> Response {
        let (visit, _) = try gate.admitUser(request)
        let status = try storage.status(for: visit.caller)
        return .object(fields: ["Cache-Control": Caching.none]) { $0.members(of: status) }
    }

    @Sendable private func models(_ request: Request) throws -> Response {
        let (visit, _) = try gate.admitUser(request)
        let usage = try activity.usage(for: visit.caller)
        return .object(fields: ["Cache-Control": Caching.none]) { $0.members(of: usage) }
    }

    @Sendable private func collect(_ request: Request) throws -> Response {
        let (visit, _) = try gate.admitUser(request)
        try storage.requireAdmin(visit.caller)
        var form = try request.body.isEmpty ? JSONForm(bytes: Array("{}".utf8)) : JSONForm(body: request)
        let isDryRun: Bool? = form.optional("dry_run")
        let grace = form.optional("grace", Self.grace)
        try form.finish()
        let report = try storage.collect(grace: grace, isDryRun: isDryRun ?? false, by: visit.caller)
        return .json(report.json.bytes, fields: ["Cache-Control": Caching.none])
    }

    private static func grace(_ seconds: Int64) throws -> Int64 {
        guard (0...GarbageCollector.maximumGrace).contains(seconds) else {
            throw RegistryError.invalid(
                "grace", "seconds, from 0 to \(GarbageCollector.maximumGrace)",
                ko: "0부터 \(GarbageCollector.maximumGrace)까지의 초입니다")
        }
        return seconds
    }
}

extension JSONWriter {
    fileprivate mutating func members(of usage: SummaryStore.Usage) {
        array("items") { json in
            for item in usage.items {
                json.object { json in
                    json.member("name", item.name)
                    json.member("title", item.title)
                    json.member("versions", item.versions)
                    json.member("bytes", item.bytes)
                }
            }
        }
        object("others") { json in
            json.member("models", usage.others.models)
            json.member("bytes", usage.others.bytes)
        }
        member("shared_bytes", usage.shared)
        member("unreferenced_bytes", usage.unreferenced)
    }

    fileprivate mutating func members(of status: StorageService.Status) {
        if let disk = status.disk {
            object("disk") { json in
                json.member("total", disk.total)
                json.member("used", disk.used)
                json.member("free", disk.free)
                json.member("used_percent", disk.usedPercent)
            }
        }
        member("warning", status.disk?.isWarning ?? false)
        member("reserve", status.disk?.reserve ?? 0)
        object("blobs") { json in
            json.member("count", status.blobCount)
            json.member("bytes", status.blobBytes)
        }
        object("database") { $0.member("bytes", status.databaseBytes) }
        object("collection") { json in
            json.member("last_at", time: status.collection?.endedAt)
            json.member("removed", status.collection?.report.removed ?? 0)
            json.member("bytes", status.collection?.report.bytes ?? 0)
        }
    }
}
