import HTTPServer
import JSON
import Registry
import TestSupport
import Testing
import WebAPI

/// A server with one public and one private model, callers of every kind, and the rules they are held to.
struct AccessMatrix {
    /// Stands wherever the private model has text: if a caller that may not read it sees this, that is a leak.
    static let canary = "zqxcanary"
    /// In the names of private models: lists may not show it either.
    static let hidden = "zqxhidden"

    static func model(_ visibility: Visibility) -> String {
        visibility == .public ? "team/open" : "team/\(hidden)"
    }

    /// A model of its own for each role's changes, so that one cell does not disturb another.
    static func throwaway(_ role: Role, _ visibility: Visibility) -> String {
        "\(model(visibility))-\(role.rawValue)"
    }
    /// A namespace with nothing but a private model: outsiders may not meet even its name.
    static let hiddenNamespace = "\(hidden)-lab"
    static let publicModels = 1 + Role.allCases.count
    /// Those of `team`, and one in the hidden namespace.
    static let privateModels = 2 + Role.allCases.count

    enum Role: String, CaseIterable {
        case anonymous, viewer, device, `operator`, owner, publisher, reader, other, admin
        /// An operator who belongs to the namespaces as a reader.
        case keeper
        case ownerReads = "owner-reads"
        case ownerWrites = "owner-writes"
        case ownerElsewhere = "owner-elsewhere"
        case ownerAliases = "owner-aliases"
        /// Only the scope admin.
        case ownerManages = "owner-manages"
        /// All scopes, but only for the models of the two namespaces.
        case ownerNarrow = "owner-narrow"
        case adminReads = "admin-reads"

        var user: String { rawValue.prefix { $0 != "-" }.description }

        var scopes: Set<Scope> {
            switch self {
            case .ownerReads, .adminReads: [.modelRead]
            case .ownerWrites: [.modelWrite]
            case .ownerAliases: [.modelRead, .aliasWrite]
            case .ownerManages: [.admin]
            default: Set(Scope.allCases)
            }
        }

        var models: [String] {
            switch self {
            case .ownerElsewhere: ["elsewhere/*"]
            case .ownerNarrow: ["team/*", "\(hiddenNamespace)/*"]
            default: []
            }
        }

        func reads(_ visibility: Visibility) -> Bool {
            if visibility == .public { return true }
            return switch self {
            case .owner, .publisher, .reader, .keeper, .admin, .ownerReads, .ownerAliases, .ownerNarrow, .adminReads:
                true
            case .anonymous, .viewer, .device, .operator, .other, .ownerWrites, .ownerElsewhere, .ownerManages: false
            }
        }

        /// Whether the role may, given that it reads the model.
        func may(_ kind: Change.Kind) -> Bool {
            switch (self, kind) {
            case (.owner, _), (.admin, _), (.ownerWrites, _), (.ownerNarrow, _): true
            case (.publisher, .delete): false
            case (.publisher, _): true
            case (.operator, .alias), (.keeper, .alias), (.ownerAliases, .alias): true
            default: false
            }
        }

        func expected(_ kind: Change.Kind, _ visibility: Visibility, success: Int) -> Int {
            if self == .anonymous { return 401 }
            if !reads(visibility) { return 404 }
            guard may(kind) else { return 403 }
            // Drafts exist for those who would read a private model.
            return kind == .draft && !reads(.private) ? 404 : success
        }
    }

    struct Call {
        var method: String
        var target: String
        var fields: Fields = [:]
        var body: [UInt8]?
        var success = 200

        func of(_ model: String, instead old: String) -> Call {
            var call = self
            call.target = target.replacing(old, with: model)
            return call
        }
    }

    struct Change {
        enum Kind { case publish, edit, draft, alias, delete }
        let kind: Kind
        let request: Call

        func isSample(of route: Route) -> Bool {
            let (pattern, target) = (route.path.split(separator: "/"), request.target.split(separator: "/"))
            return request.method == route.method.rawValue && pattern.count == target.count
                && zip(pattern, target).allSatisfy { $0.hasPrefix("{") || $0 == $1 }
        }
    }

    let server: TestServer
    private let tokens: [Role: String]
    private let artifactTag: [Visibility: String]

    static let shared = Result { try AccessMatrix() }
    /// Another one, for the cells that change it.
    static let changing = Result { try AccessMatrix() }

    private init() throws {
        server = try TestServer()
        let roles: [(String, Registry.Role)] = [
            ("viewer", .viewer), ("device", .device), ("operator", .operator), ("owner", .developer),
            ("publisher", .developer), ("reader", .developer), ("other", .developer), ("keeper", .operator),
            ("candidate", .developer),
        ]
        for (name, role) in roles { try server.addUser(name, role) }
        var tokens: [Role: String] = [:]
        let owner = try server.token(for: "owner")
        for visibility in Visibility.allCases {
            let models = [Self.model(visibility)] + Role.allCases.map { Self.throwaway($0, visibility) }
            for model in models { try Self.publish(model, visibility, server, owner) }
        }
        try Self.publish("\(Self.hiddenNamespace)/\(Self.hidden)", .private, server, owner)
        let admin = try server.token(for: "admin")
        for role in Role.allCases {
            let target = "/api/v1/namespaces/\(Self.namespace(of: role))/members/owner"
            let made = try server.send("PUT", target, token: admin, json: #"{"role":"owner"}"#)
            try #require(made.status == 201, "\(made.text)")
        }
        for namespace in ["team", Self.hiddenNamespace] + Role.allCases.map(Self.namespace(of:)) {
            try server.join("publisher", to: namespace, as: .publisher)
            try server.join("reader", to: namespace, as: .reader)
            try server.join("keeper", to: namespace, as: .reader)
        }
        for role in Role.allCases where role != .anonymous {
            tokens[role] = try server.token(for: role.user, scopes: role.scopes, models: role.models)
        }
        self.tokens = tokens
        var tags: [Visibility: String] = [:]
        for visibility in Visibility.allCases {
            let target = "/api/v1/models/\(Self.model(visibility))/versions/1.0.0/artifacts/model.onnx"
            tags[visibility] = try server.get(target, token: owner).fields["ETag"]
        }
        artifactTag = tags
    }

    private static func publish(
        _ model: String, _ visibility: Visibility, _ server: TestServer, _ token: String
    ) throws {
        let text = visibility == .private ? canary : "open"
        for (version, isDraft) in [("0.9.0", "false"), ("1.0.0", "false"), ("2.0.0", "true")] {
            let form = TestForm().field("title", text).field("visibility", visibility.rawValue)
                .field("service_type", "voice").field("context", "task:\(text)").field("version", version)
                .field("draft", isDraft).file("readme", "README.md", Array("# \(text)".utf8))
                .artifact("model.onnx", "bytes of \(text)")
            let response = try server.publish(model, form, token: token)
            try #require(response.status == 201, "\(response.text)")
        }
        for version in ["0.9.0", "1.0.0"] {
            let alias = try server.send(
                "PUT", "/api/v1/models/\(model)/aliases/stable", token: token, json: #"{"version":"\#(version)"}"#)
            try #require(alias.status == 200, "\(alias.text)")
        }
    }

    func send(_ call: Call, as role: Role) throws -> TestResponse {
        var fields = call.fields
        if let token = tokens[role] { fields["Authorization"] = "Bearer \(token)" }
        return try server.client.send(call.method, call.target, fields: fields, body: call.body)
    }

    func reads(of model: String) -> [Call] {
        let base = "/api/v1/models/\(model)"
        let visibility: Visibility = model == Self.model(.public) ? .public : .private
        let paths = [
            base, "\(base)?include=version,readme", "\(base)?include=version&v=stable", "\(base)/stats",
            "\(base)/compare?a=0.9.0&b=1.0.0", "\(base)/aliases", "\(base)/aliases/stable/history", "\(base)/versions",
            "\(base)/versions/1.0.0", "\(base)/versions/latest", "\(base)/versions/stable", "\(base)/versions/%5E1",
            "\(base)/versions/1.0.0/manifest", "\(base)/versions/1.0.0/readme",
            "\(base)/versions/1.0.0/readme?format=html", "\(base)/versions/1.0.0/readme?format=tree",
            "\(base)/versions/1.0.0/artifacts/model.onnx", "\(base)/versions/latest/artifacts/model.onnx",
            "\(base)/versions/1.0.0/archive.zip", "\(base)/versions/1.0.0/archive.tar", "/m/\(model)/model.onnx",
            "/m/\(model)@1.0.0/model.onnx",
        ]
        var calls = Set(paths + routesThatRead(model)).sorted().flatMap {
            [Call(method: "GET", target: $0), Call(method: "HEAD", target: $0)]
        }
        let artifact = "\(base)/versions/stable/artifacts/model.onnx"
        calls.append(Call(method: "GET", target: artifact, fields: ["Range": "bytes=0-3"], success: 206))
        calls.append(
            Call(
                method: "GET", target: artifact, fields: ["If-None-Match": artifactTag[visibility] ?? ""], success: 304)
        )
        calls.append(Call(method: "GET", target: artifact, fields: ["If-None-Match": "*"], success: 304))
        return calls
    }

    /// Every GET route of one model, so that none is left out. One with a parameter that has no sample here fails.
    private func routesThatRead(_ model: String) -> [String] {
        routes.filter { $0.method == .get }.map { Self.target(of: $0, on: model) }
    }

    /// The routes of one model.
    private var routes: [Route] { server.api.routes.filter { $0.path.contains("{ns}/{") } }

    private static func target(of route: Route, on model: String) -> String {
        let samples = [
            ("{ns}/{name}", model), ("{ns}/{model}", model), ("{v}", "1.0.0"), ("{alias}", "stable"),
            ("{path...}", "model.onnx"),
        ]
        let query = route.operationID == "compareVersions" ? "?a=0.9.0&b=latest" : ""
        return samples.reduce(route.path) { $0.replacing($1.0, with: $1.1) } + query
    }

    /// Every route that changes a model and takes a body, with one that no route can read: who may not make the change is
    /// refused before. The right is that of the route's row in ``changes(of:)``; without a row, to edit.
    func unreadable(of model: String) -> [Change] {
        let rows = changes(of: model)
        return routes.compactMap { route in
            if case .plain = route.action { return nil }
            return Change(
                kind: rows.first { $0.isSample(of: route) }?.kind ?? .edit,
                request: Call(
                    method: route.method.rawValue, target: Self.target(of: route, on: model),
                    fields: ["Content-Type": "application/json"], body: Array("[".utf8), success: 400))
        }
    }

    /// The routes that change a model without a body and have no row in ``changes(of:)``: nothing else asks them.
    var changesWithoutRow: [String] {
        let rows = changes(of: Self.model(.public))
        return routes.filter { route in
            guard case .plain = route.action, route.method != .get else { return false }
            return !rows.contains { $0.isSample(of: route) }
        }.map { "\($0.method.rawValue) \($0.path)" }
    }

    static let lists = [
        "/api/v1/models", "/api/v1/models?q=\(canary)", "/api/v1/models?q=\(canary.prefix(6))",
        "/api/v1/models?tag=task:\(canary)&facets=task,service,format", "/api/v1/models?facets=task,service,format,tag",
        "/api/v1/models?group=service&limit=100", "/api/v1/models?sort=name&limit=100", "/api/v1/suggest?q=zqx",
        "/api/v1/context", "/api/v1/context/task", "/api/v1/context/task?q=zqx", "/api/v1/context/task?limit=1",
        "/api/v1/service-types", "/api/v1/suggest?q=\(hidden)",
        "/api/v1/models?q=\(hidden)", "/api/v1/models?q=\(hiddenNamespace)", "/api/v1/models/team/open/related",
    ]

    func changes(of model: String) -> [Change] {
        let base = "/api/v1/models/\(model)"
        let json: Fields = ["Content-Type": "application/json"]
        let form = TestForm().field("version", "3.0.0").artifact("model.onnx", "three")
        return [
            Change(
                kind: .publish,
                request: Call(
                    method: "POST", target: "\(base)/versions", fields: ["Content-Type": TestForm.contentType],
                    body: form.body, success: 201)),
            Change(
                kind: .publish,
                request: Call(
                    method: "POST", target: "\(base)/versions", fields: json,
                    body: Array(#"{"from":"1.0.0","version":"4.0.0"}"#.utf8), success: 201)),
            Change(
                kind: .edit,
                request: Call(method: "PATCH", target: base, fields: json, body: Array(#"{"summary":"s"}"#.utf8))),
            Change(
                kind: .edit,
                request: Call(
                    method: "PATCH", target: "\(base)/versions/1.0.0", fields: json,
                    body: Array(#"{"notes":"n"}"#.utf8))),
            Change(
                kind: .alias,
                request: Call(
                    method: "PUT", target: "\(base)/aliases/trial", fields: json,
                    body: Array(#"{"version":"1.0.0"}"#.utf8))),
            Change(kind: .alias, request: Call(method: "POST", target: "\(base)/aliases/stable/rollback", body: [])),
            Change(kind: .alias, request: Call(method: "DELETE", target: "\(base)/aliases/stable", success: 204)),
            Change(kind: .draft, request: Call(method: "DELETE", target: "\(base)/versions/2.0.0", success: 204)),
            Change(kind: .delete, request: Call(method: "DELETE", target: base, success: 204)),
        ]
    }

    /// What only administrators may do.
    static func administration(_ role: Role) -> [Call] {
        let json: Fields = ["Content-Type": "application/json"]
        let id = "type-\(role.rawValue)"
        let user = Array(#"{"username":"made-by-\#(role.rawValue)","role":"viewer"}"#.utf8)
        let name = Array(#"{"label":{"ko":"가","en":"a"}}"#.utf8)
        let type = Array(#"{"id":"\#(id)","label":{"ko":"가","en":"a"}}"#.utf8)
        return [
            Call(method: "GET", target: "/api/v1/users"),
            Call(method: "GET", target: "/api/v1/users/other"),
            Call(method: "POST", target: "/api/v1/users", fields: json, body: user, success: 201),
            Call(
                method: "PATCH", target: "/api/v1/users/made-by-admin", fields: json,
                body: Array(#"{"display_name":"x"}"#.utf8)),
            Call(method: "POST", target: "/api/v1/service-types", fields: json, body: type, success: 201),
            Call(
                method: "PATCH", target: "/api/v1/service-types/\(id)", fields: json,
                body: Array(#"{"description":"x"}"#.utf8)),
            Call(method: "DELETE", target: "/api/v1/service-types/\(id)", success: 204),
            Call(
                method: "POST", target: "/api/v1/users/made-by-admin/link", fields: json, body: Array("{}".utf8),
                success: 201),
            Call(method: "DELETE", target: "/api/v1/users/made-by-admin", success: 204),
            Call(method: "GET", target: "/api/v1/storage"),
            Call(method: "GET", target: "/api/v1/storage/check"),
            Call(method: "GET", target: "/api/v1/storage/backup"),
            Call(
                method: "POST", target: "/api/v1/storage/collect", fields: json, body: Array(#"{"dry_run":true}"#.utf8)),
            Call(method: "GET", target: "/api/v1/storage/models"),
            Call(method: "GET", target: "/api/v1/activity"),
            Call(method: "GET", target: "/api/v1/activity?subject=\(hiddenNamespace)/\(hidden)"),
            Call(method: "GET", target: "/api/v1/summary"),
            Call(method: "PUT", target: "/api/v1/context/zqx-key", fields: json, body: name),
            Call(method: "DELETE", target: "/api/v1/context/zqx-key", success: 204),
            Call(method: "PUT", target: "/api/v1/context/zqx-key/value", fields: json, body: name),
            Call(method: "DELETE", target: "/api/v1/context/zqx-key/value", success: 204),
        ]
    }

    /// A refusal without what differs from request to request.
    static func comparable(_ response: TestResponse, of model: String) -> String {
        let own = ["date", "x-request-id", "content-length"]
        let fields = response.fields.filter { field in !own.contains(field.name.lowercased()) }
        let body = response.json?.object.map { object in
            object.filter { $0.key != "instance" }.map { "\($0.key)=\($0.value)" }.joined(separator: "\n")
                .replacing(model, with: "MODEL")
        }
        return "\(response.status)\n\(fields.map { "\($0.name): \($0.value)" })\n\(body ?? response.text)"
    }
}
