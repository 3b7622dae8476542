import HTTPServer
import JSON
import Registry
import Services

/// Namespaces, and who may publish in or read them.
struct NamespaceRoutes: Sendable {
    let namespaces: NamespaceService
    let gate: Gate

    var routes: [Route] {
        [
            Route(.get, "/api/v1/namespaces", "listNamespaces", lane: .slow, list),
            Route(.get, "/api/v1/namespaces/{ns}/members", "listMembers", lane: .slow, members),
            Route(.get, "/api/v1/namespaces/{ns}/members/{username}", "getMember", member),
            .bytes(.put, "/api/v1/namespaces/{ns}/members/{username}", "setMember", maximum: 8192, set),
            Route(.delete, "/api/v1/namespaces/{ns}/members/{username}", "removeMember", lane: .slow, remove),
            .bytes(.post, "/api/v1/namespaces/{ns}/transfer", "transferNamespace", maximum: 8192, transfer),
        ]
    }

    @Sendable private func list(_ request: Request) throws -> Response {
        let (visit, _) = try gate.admitUser(request)
        let (limit, cursor) = try request.page()
        let page = try namespaces.list(limit: limit, cursor: cursor, for: visit.caller)
        return answer(.list(page, of: request) { json, namespace in json.object { $0.members(of: namespace) } })
    }

    @Sendable private func members(_ request: Request) throws -> Response {
        let (visit, _) = try gate.admitUser(request)
        let (limit, cursor) = try request.page()
        let page = try namespaces.members(
            of: namespace(request), limit: limit, cursor: cursor, for: visit.caller)
        return answer(.list(page, of: request) { json, member in json.object { $0.members(of: member) } })
    }

    @Sendable private func member(_ request: Request) throws -> Response {
        let (visit, _) = try gate.admitUser(request)
        let namespace = try namespace(request)
        // Whether there is such a user is told only to who may know the namespace.
        guard let name = try? Username(request.parameter("username")) else {
            _ = try namespaces.members(of: namespace, limit: 1, cursor: nil, for: visit.caller)
            throw Self.unknownMember
        }
        let member = try namespaces.member(name, of: namespace, for: visit.caller)
        return answer(.object { $0.members(of: member) })
    }

    @Sendable private func set(_ request: Request) throws -> Response {
        let (visit, _) = try gate.admitUser(request)
        let namespace = try namespace(request)
        try namespaces.authorise(namespace, by: visit.caller)
        var form = try JSONForm(body: request)
        let role = form.required("role", Self.role)
        try form.finish()
        let (member, isNew) = try namespaces.setMember(
            request.username(), of: namespace, to: JSONForm.present(role), by: visit.caller)
        return .object(status: isNew ? 201 : 200, fields: ["Cache-Control": Caching.none]) { $0.members(of: member) }
    }

    @Sendable private func remove(_ request: Request) throws -> Response {
        let (visit, _) = try gate.admitUser(request)
        let namespace = try namespace(request)
        guard let name = try? Username(request.parameter("username")) else {
            try namespaces.authorise(namespace, by: visit.caller)
            throw Self.unknownMember
        }
        try namespaces.removeMember(name, from: namespace, by: visit.caller)
        return .empty()
    }

    @Sendable private func transfer(_ request: Request) throws -> Response {
        let (visit, _) = try gate.admitUser(request)
        let namespace = try namespace(request)
        try namespaces.authorise(namespace, by: visit.caller)
        var form = try JSONForm(body: request)
        let name = form.required("to") { try Username($0 as String) }
        try form.finish()
        let page = try namespaces.transfer(namespace, to: JSONForm.present(name), by: visit.caller)
        var response = Response.list(page, of: request) { json, member in json.object { $0.members(of: member) } }
        // The next page is of the members, not of this address.
        response.fields["Link"] = nil
        response.fields["Cache-Control"] = Caching.none
        return response
    }

    private func namespace(_ request: Request) throws -> String {
        let name = request.parameter("ns")
        guard ModelName.isPart(name) else { throw RegistryError.unknownNamespace }
        return name
    }

    private func answer(_ response: Response) -> Response {
        var response = response
        response.fields["Cache-Control"] = Caching.ownRevalidated
        return response
    }

    private static let unknownMember = RegistryError(
        .memberUnknown, "no member has this name", ko: "이런 이름의 구성원이 없습니다")

    private static func role(_ text: String) throws -> NamespaceRole {
        guard let role = NamespaceRole(rawValue: text) else {
            let known = NamespaceRole.allCases.map(\.rawValue).joined(separator: ", ")
            throw RegistryError.invalid("role", "one of \(known)", ko: "\(known) 가운데 하나입니다")
        }
        return role
    }
}
