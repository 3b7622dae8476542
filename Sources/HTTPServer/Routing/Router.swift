import Encoding

/// Finds the route of a request. Literal segments win over `{parameters}`, those over `{rest...}`.
public struct Router: Sendable {
    public let routes: [Route]
    package let fallback: Route.Handler?
    package let problem: Problem
    private var nodes: [Node] = [Node()]

    /// Turns an error into a response.
    ///
    /// The request is nil when it was refused before it could be read; its id, as in ``Request/id``, is known even then.
    public typealias Problem = @Sendable (_ error: any Error, _ request: Request?, _ id: String) -> Response

    private struct Node: Sendable {
        var literals: [Substring: Int] = [:]
        var parameter: Int?
        /// Routes that end here, and those that take one or more further segments.
        var here: [(method: Method, route: Int)] = []
        var rest: [(method: Method, route: Int)] = []
    }

    /// - Parameters:
    ///   - routes: the first wins where two have the same method and shape.
    ///   - fallback: answers GET and HEAD of paths that no route has, in the fast lane (static files).
    ///   - problem: answers errors of handlers and of the engine (``HTTPError``).
    public init(_ routes: [Route], fallback: Route.Handler? = nil, problem: @escaping Problem) {
        self.routes = routes
        self.fallback = fallback
        self.problem = problem
        for index in routes.indices { add(routes[index], index) }
    }

    private mutating func add(_ route: Route, _ index: Int) {
        var node = 0
        for segment in route.path.split(separator: "/" as Character, omittingEmptySubsequences: false).dropFirst() {
            if segment.hasPrefix("{"), segment.hasSuffix("...}") {
                nodes[node].rest.append((route.method, index))
                return
            }
            let isParameter = segment.hasPrefix("{") && segment.hasSuffix("}")
            if let next = isParameter ? nodes[node].parameter : nodes[node].literals[segment] {
                node = next
                continue
            }
            nodes.append(Node())
            let made = nodes.count - 1
            if isParameter { nodes[node].parameter = made } else { nodes[node].literals[segment] = made }
            node = made
        }
        nodes[node].here.append((route.method, index))
    }

    package enum Match: Sendable {
        case route(Int)
        /// The path exists with these methods only.
        case otherMethods(String)
        case none
    }

    /// - Parameters:
    ///   - method: HEAD finds GET routes too; nil is one that no route has.
    ///   - path: in normal form.
    /// - Returns: the index of the route in `routes`, or why there is none.
    package func match(_ method: Method?, _ path: String) -> Match {
        let segments = path.split(separator: "/" as Character, omittingEmptySubsequences: false).dropFirst()
        var allowed: Set<Method> = []
        if let index = find(method, 0, segments, &allowed) { return .route(index) }
        return allowed.isEmpty ? .none : .otherMethods(Self.allow(allowed))
    }

    private func find(
        _ method: Method?, _ node: Int, _ segments: ArraySlice<Substring>, _ allowed: inout Set<Method>
    ) -> Int? {
        guard let segment = segments.first else { return pick(method, nodes[node].here, &allowed) }
        if let next = nodes[node].literals[segment],
            let found = find(method, next, segments.dropFirst(), &allowed)
        {
            return found
        }
        if let next = nodes[node].parameter, !segment.isEmpty,
            let found = find(method, next, segments.dropFirst(), &allowed)
        {
            return found
        }
        return segment.isEmpty ? nil : pick(method, nodes[node].rest, &allowed)
    }

    private func pick(
        _ method: Method?, _ ends: [(method: Method, route: Int)], _ allowed: inout Set<Method>
    ) -> Int? {
        if let exact = ends.first(where: { $0.method == method }) { return exact.route }
        if method == .head, let get = ends.first(where: { $0.method == .get }) { return get.route }
        for end in ends {
            allowed.insert(end.method)
            if end.method == .get { allowed.insert(.head) }
        }
        return nil
    }

    package static func allow(_ methods: Set<Method>) -> String {
        Method.allCases.filter { methods.contains($0) || $0 == .options }.map(\.rawValue).joined(separator: ", ")
    }

    /// The decoded parameters that `route` declares, out of a path it matched.
    ///
    /// - Throws: 400 when bytes are not UTF-8, or a `{rest...}` segment hides a slash.
    package func parameters(
        of route: Route, in path: String
    ) throws(HTTPError) -> [(name: String, value: String)] {
        let names = route.path.split(separator: "/" as Character, omittingEmptySubsequences: false)
        let segments = path.split(separator: "/" as Character, omittingEmptySubsequences: false)
        var parameters: [(name: String, value: String)] = []
        for (index, name) in names.enumerated() where name.hasPrefix("{") && index < segments.count {
            if name.hasSuffix("...}") {
                var parts: [String] = []
                for segment in segments[index...] {
                    guard let part = PercentEncoding.decode(segment), !part.utf8.contains(0x2F) else {
                        throw .badRequest("The path holds a malformed or hidden part.")
                    }
                    parts.append(part)
                }
                parameters.append((String(name.dropFirst().dropLast(4)), parts.joined(separator: "/")))
            } else {
                guard let value = PercentEncoding.decode(segments[index]) else {
                    throw .badRequest("The path is not UTF-8.")
                }
                parameters.append((String(name.dropFirst().dropLast()), value))
            }
        }
        return parameters
    }
}
