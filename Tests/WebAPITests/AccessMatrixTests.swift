import HTTPServer
import JSON
import Registry
import TestSupport
import Testing
import WebAPI

/// Every role × visibility × operation. What is expected comes from the few rules of ``AccessMatrix/Role``, and what a
/// caller may not see is looked for in everything that comes back: bodies, counts and header fields.
@Suite struct `The access matrix` {
    @Test(arguments: AccessMatrix.Role.allCases)
    func `holds for reading one model`(role: AccessMatrix.Role) throws {
        let matrix = try AccessMatrix.shared.get()
        var cells = 0
        for visibility in Visibility.allCases {
            let model = AccessMatrix.model(visibility)
            for read in matrix.reads(of: model) {
                let response = try matrix.send(read, as: role)
                let cell = "\(role) \(read.method) \(read.target)\(read.fields["If-None-Match"].map { " \($0)" } ?? "")"
                cells += 1
                #expect(!read.target.contains("{"), "\(cell): its parameter has no sample in `routesThatRead`")
                guard !role.reads(visibility) else {
                    #expect(response.status == read.success, "\(cell)")
                    continue
                }
                #expect(
                    response.status == 404,
                    "\(cell): its service has to find the model by `caller.model(name, in: db)`, with `visit.caller`")
                #expect(!response.everything.contains(AccessMatrix.canary), "\(cell)")
                #expect(response.fields["ETag"] == nil, "\(cell)")
                let unknown = try matrix.send(read.of("\(model)-unknown", instead: model), as: role)
                #expect(
                    AccessMatrix.comparable(unknown, of: "\(model)-unknown")
                        == AccessMatrix.comparable(response, of: model),
                    "\(cell): a private model looks like one that is not there")
            }
        }
        #expect(cells >= 40)
    }

    @Test(arguments: AccessMatrix.Role.allCases)
    func `holds for lists, search, facets and totals`(role: AccessMatrix.Role) throws {
        let matrix = try AccessMatrix.shared.get()
        let sees = role.reads(.private)
        for target in AccessMatrix.lists {
            let response = try matrix.send(.init(method: "GET", target: target), as: role)
            #expect(response.status == 200 || (!sees && response.status == 404), "\(role) \(target)")
            guard !sees else { continue }
            // What was asked for is told back.
            let told = response.everything.replacing(/"text":"[^"]*"/, with: "")
            #expect(!told.contains(AccessMatrix.canary), "\(role) \(target)")
            #expect(!told.contains(AccessMatrix.hidden), "\(role) \(target)")
        }
        let found = try matrix.send(.init(method: "GET", target: "/api/v1/models?q=\(AccessMatrix.canary)"), as: role)
        #expect((found.json?["total"]?.integer ?? -1) == (sees ? Int64(AccessMatrix.privateModels) : 0), "\(role)")
        let all = try matrix.send(.init(method: "GET", target: "/api/v1/models?limit=1&facets=service,task"), as: role)
        let total = AccessMatrix.publicModels + (sees ? AccessMatrix.privateModels : 0)
        #expect(all.json?["total"]?.integer == Int64(total), "\(role)")
        let counts = all.json?["facets"]?["service"]?.array?.compactMap { $0["count"]?.integer } ?? []
        #expect(counts.reduce(0, +) == Int64(total), "\(role)")
        let types = try matrix.send(.init(method: "GET", target: "/api/v1/service-types"), as: role)
        let typeCounts = types.json?["items"]?.array?.compactMap { $0["count"]?.integer } ?? []
        #expect(typeCounts.reduce(0, +) == Int64(total), "\(role)")
    }

    @Test(arguments: AccessMatrix.Role.allCases)
    func `holds for changes to a model`(role: AccessMatrix.Role) throws {
        let matrix = try AccessMatrix.changing.get()
        for visibility in Visibility.allCases {
            for change in matrix.changes(of: AccessMatrix.throwaway(role, visibility)) {
                let expected = role.expected(change.kind, visibility, success: change.request.success)
                let response = try matrix.send(change.request, as: role)
                #expect(
                    response.status == expected,
                    "\(role) \(visibility) \(change.kind) \(change.request.target): \(response.text)")
                if !role.reads(visibility) {
                    #expect(!response.everything.contains(AccessMatrix.canary), "\(role) \(change.kind)")
                }
            }
        }
    }

    @Test(arguments: AccessMatrix.Role.allCases)
    func `holds before the body of a change is read`(role: AccessMatrix.Role) throws {
        let matrix = try AccessMatrix.shared.get()
        for visibility in Visibility.allCases {
            for change in matrix.unreadable(of: AccessMatrix.model(visibility)) {
                let response = try matrix.send(change.request, as: role)
                #expect(
                    response.status == role.expected(change.kind, visibility, success: 400),
                    """
                    \(role) \(visibility) \(change.request.method) \(change.request.target), taken for a change of kind \
                    \(change.kind): authorise before the body is read; another kind wants a row in changes(of:)
                    """)
            }
        }
    }

    @Test func `has a row for each change without a body`() throws {
        let missing = try AccessMatrix.shared.get().changesWithoutRow
        #expect(missing.isEmpty, "each wants a row in changes(of:) of AccessMatrix.swift")
    }

    @Test(arguments: AccessMatrix.Role.allCases)
    func `holds for namespaces and their members`(role: AccessMatrix.Role) throws {
        let matrix = try AccessMatrix.changing.get()
        let namespace = AccessMatrix.namespace(of: role)
        for target in ["/api/v1/me", "/api/v1/namespaces", "/api/v1/namespaces?limit=100"] {
            let response = try matrix.send(.init(method: "GET", target: target), as: role)
            #expect(response.status == (role == .anonymous && target != "/api/v1/me" ? 401 : 200), "\(role) \(target)")
            if !role.knowsNamespaces {
                // A token for some models names them itself.
                if target == "/api/v1/me", !role.models.isEmpty { continue }
                #expect(!response.everything.contains(AccessMatrix.hidden), "\(role) \(target)")
            } else if target.hasSuffix("100") {
                #expect(response.text.contains(#""name":"\#(AccessMatrix.hiddenNamespace)""#), "\(role)")
            }
        }
        var cells = 0
        for call in AccessMatrix.memberCalls(of: role, in: namespace) {
            let cell = "\(role) \(call.request.method) \(call.request.target)"
            let expected = role.expected(call)
            let response = try matrix.send(call.request, as: role)
            #expect(response.status == expected.status, "\(cell): \(response.text)")
            if call.request.method != "HEAD" { #expect(response.problem == expected.problem, "\(cell)") }
            cells += 1
            guard !role.knowsNamespaces else { continue }
            let unknown = try matrix.send(call.request.of("\(namespace)-unknown", instead: namespace), as: role)
            #expect(
                AccessMatrix.comparable(unknown, of: "\(namespace)-unknown")
                    == AccessMatrix.comparable(response, of: namespace),
                "\(cell): a namespace looks like one that nobody has made")
        }
        #expect(cells == 16)
    }

    /// The addresses themselves hold nothing to leak: a link works for whoever has its secret, and says nothing without.
    @Test(arguments: AccessMatrix.Role.allCases)
    func `holds for links, whoever tries them`(role: AccessMatrix.Role) throws {
        let matrix = try AccessMatrix.shared.get()
        for path in ["lookup", "redeem"] {
            let guess = AccessMatrix.Call(
                method: "POST", target: "/api/v1/links/\(path)", fields: ["Content-Type": "application/json"],
                body: Array(
                    #"{"token":"guess"\#(path == "redeem" ? #","password":"a long enough password""# : "")}"#.utf8))
            let response = try matrix.send(guess, as: role)
            #expect(response.status == 403 && response.problem == "link-invalid", "\(role) \(path)")
            #expect(response.fields["Set-Cookie"] == nil, "\(role) \(path)")
        }
    }

    @Test(arguments: AccessMatrix.Role.allCases)
    func `holds for users, service types and tokens`(role: AccessMatrix.Role) throws {
        let matrix = try AccessMatrix.shared.get()
        let administers = role == .admin
        for request in AccessMatrix.administration(role) {
            let response = try matrix.send(request, as: role)
            let expected = role == .anonymous ? 401 : administers ? request.success : 403
            #expect(response.status == expected, "\(role) \(request.method) \(request.target): \(response.text)")
            if !administers {
                #expect(!response.text.contains("created_at"), "\(role) \(request.target)")
                #expect(!response.text.contains("setup#"), "\(role) \(request.target)")
            }
        }
        let tokens = try matrix.send(.init(method: "GET", target: "/api/v1/tokens"), as: role)
        #expect(tokens.status == (role == .anonymous ? 401 : 200), "\(role)")
        // The others' tokens do not show.
        #expect(!tokens.text.contains("\"name\":\"of-") || tokens.text.contains("\"name\":\"of-\(role.user)-"))
    }

    @Test(arguments: AccessMatrix.Role.allCases)
    func `holds for uploads`(role: AccessMatrix.Role) throws {
        let matrix = try AccessMatrix.shared.get()
        let may: Set<AccessMatrix.Role> = [
            .owner, .publisher, .reader, .other, .admin, .ownerWrites, .ownerElsewhere, .ownerNarrow,
        ]
        let status = { (success: Int) in role == .anonymous ? 401 : may.contains(role) ? success : 403 }
        let fields: Fields = ["Tus-Resumable": "1.0.0", "Upload-Length": "3"]
        let create = AccessMatrix.Call(method: "POST", target: "/api/v1/uploads", fields: fields, body: [])
        let theirs = try #require(try matrix.send(create, as: role == .admin ? .other : .admin).fields["Location"])
        #expect(try matrix.send(create, as: role).status == status(201), "\(role)")
        let list = try matrix.send(.init(method: "GET", target: "/api/v1/uploads"), as: role)
        #expect(list.status == status(200) && !list.everything.contains(theirs.suffix(32)), "\(role)")
        for method in ["GET", "HEAD", "PATCH", "POST", "DELETE"] {
            var change = fields
            change.merge(missingFrom: ["X-HTTP-Method-Override": "DELETE", "Upload-Offset": "0"])
            let body: [UInt8]? = ["PATCH", "POST"].contains(method) ? Array("abc".utf8) : nil
            let call = AccessMatrix.Call(method: method, target: theirs, fields: change, body: body)
            #expect(try matrix.send(call, as: role).status == status(404), "\(role) \(method)")
        }
    }

    @Test(arguments: [
        "Bearer mr_nothing", "Bearer ", "Basic YWRtaW46YWRtaW4=", "mr_x",
        "Bearer mr_" + String(repeating: "A", count: 43),
    ])
    func `refuses credentials that do not hold, also for what is public`(authorization: String) throws {
        let matrix = try AccessMatrix.shared.get()
        for target in ["/api/v1/models", "/api/v1/models/\(AccessMatrix.model(.public))", "/api/v1/me"] {
            let response = try matrix.server.client.send("GET", target, fields: ["Authorization": authorization])
            #expect(response.status == 401 && response.problem == "unauthenticated")
            #expect(response.fields["WWW-Authenticate"]?.hasPrefix("Bearer") == true)
        }
    }
}
