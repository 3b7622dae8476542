import HTTPServer
import JSON
import Registry
import Services
import Storage

/// What has been changed, and how much there is; for administrators.
struct ActivityRoutes: Sendable {
    let activity: ActivityService
    let gate: Gate

    var routes: [Route] {
        [
            Route(.get, "/api/v1/activity", "listActivity", lane: .slow, list),
            Route(.get, "/api/v1/summary", "getSummary", lane: .slow, summary),
        ]
    }

    @Sendable private func list(_ request: Request) throws -> Response {
        let (visit, _) = try gate.admitUser(request)
        let (limit, cursor) = try request.page()
        let filter = Activity.Filter(
            actor: try Self.text("actor", request), action: try Self.text("action", request),
            subject: try Self.text("subject", request))
        let (items, next) = try activity.activity(filter, limit: limit, cursor: cursor, for: visit.caller)
        var response = Response.object(fields: ["Cache-Control": Caching.none]) { json in
            json.array("items") { json in for item in items { json.object { $0.members(of: item) } } }
            json.member("next", next)
        }
        response.fields["Link"] = request.link(toNext: next)
        return response
    }

    @Sendable private func summary(_ request: Request) throws -> Response {
        let (visit, _) = try gate.admitUser(request)
        let summary = try activity.summary(for: visit.caller)
        return .object(fields: ["Cache-Control": Caching.none]) { json in
            json.member("models", summary.counts.models)
            json.member("versions", summary.counts.versions)
            json.member("users", summary.counts.users)
            json.member("tokens", summary.counts.tokens)
            json.member("namespaces", summary.counts.namespaces)
            json.member("service_types", summary.counts.serviceTypes)
            json.member("blob_bytes", summary.blobBytes)
            json.member("disk_bytes", summary.disk?.total)
            json.array("downloads") { json in for count in summary.downloads { json.integer(count) } }
        }
    }

    /// A filter; an empty one is none.
    private static func text(_ name: String, _ request: Request) throws -> String? {
        guard let text = request.query[name], !text.isEmpty else { return nil }
        guard text.unicodeScalars.count <= 256 else {
            throw RegistryError.invalid(name, "at most 256 characters", ko: "256자까지입니다")
        }
        return text
    }
}

extension JSONWriter {
    fileprivate mutating func members(of item: Activity) {
        member("id", item.id)
        member("at", time: item.at)
        member("actor", item.actor)
        member("action", item.action)
        member("subject", item.subject)
        member("detail", item.detail)
    }
}
