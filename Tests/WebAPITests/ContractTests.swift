import Foundation
import HTTPServer
import JSON
import Registry
import TestSupport
import Testing
import WebAPI

/// What is written down is what the server does.
@Suite struct `The contract` {
    private struct Operation: Hashable, CustomStringConvertible {
        let method: String
        let path: String
        let id: String

        var description: String { "\(method) \(path) \(id)" }
    }

    @Test func `openapi.json has exactly the routes`() throws {
        let document = try JSONValue(parsing: PackageFolder.text(of: "Public/openapi.json").utf8)
        var documented: Set<Operation> = []
        for path in try #require(document["paths"]?.object) {
            for operation in try #require(path.value.object) {
                documented.insert(
                    Operation(
                        method: operation.key.uppercased(), path: path.key,
                        id: operation.value["operationId"]?.string ?? ""))
            }
        }
        let server = try TestServer()
        let routes = server.api.routes.map { route in
            Operation(
                method: route.method.rawValue, path: route.path.replacingOccurrences(of: "...}", with: "}"),
                id: route.operationID)
        }
        let (missing, extra) = (Set(routes).subtracting(documented), documented.subtracting(routes))
        #expect(missing.isEmpty, "routes that Public/openapi.json does not describe")
        #expect(extra.isEmpty, "operations of Public/openapi.json that no routes list has")
        #expect(Set(routes.map(\.id)).count == routes.count, "operation ids are unique")
    }

    @Test func `api-errors.md has exactly the codes, with their statuses`() throws {
        var documented: [String: Int] = [:]
        for line in try PackageFolder.text(of: "Documentation/api-errors.md").split(separator: "\n")
        where line.hasPrefix("| `") {
            let cells = line.split(separator: "|").map { $0.trimmingCharacters(in: CharacterSet(charactersIn: " `")) }
            documented[cells[0]] = Int(cells[1])
        }
        var known: [String: Int] = [:]
        for code in RegistryError.Code.allCases { known[code.rawValue] = code.status }
        for code in HTTPCode.allCases { known[code.rawValue] = code.status }
        #expect(documented == known)
    }

    @Test func `every code is told by the server too`() throws {
        let server = try TestServer()
        let listed = try server.get("/problems").json?["items"]?.array?.compactMap { $0["code"]?.string } ?? []
        #expect(Set(listed) == Set(RegistryError.Code.allCases.map(\.rawValue) + HTTPCode.allCases.map(\.rawValue)))
        #expect(try server.get("/problems/model-unknown").json?["status"] == 404)
        #expect(try server.get("/problems/none").status == 404)
    }
}
