import HTTPServer
import Registry

/// Namespaces: who knows of them, and who changes their members.
extension AccessMatrix {
    /// What a request about members does.
    enum MemberOperation { case read, manage, leave }

    struct MemberCall {
        let operation: MemberOperation
        let request: Call
        /// For who may do it.
        var problem: String?
    }

    /// A namespace whose members the role's cells change.
    static func namespace(of role: Role) -> String { "\(hidden)-of-\(role.rawValue)" }

    /// In an order that leaves each step possible.
    static func memberCalls(of role: Role, in namespace: String) -> [MemberCall] {
        let base = "/api/v1/namespaces/\(namespace)"
        func call(
            _ operation: MemberOperation, _ method: String, _ path: String, _ body: String? = nil, _ success: Int = 200,
            problem: String? = nil
        ) -> MemberCall {
            let fields: Fields = body == nil ? [:] : ["Content-Type": "application/json"]
            return MemberCall(
                operation: operation,
                request: Call(
                    method: method, target: base + path, fields: fields, body: body.map { Array($0.utf8) },
                    success: success), problem: problem)
        }
        return [
            call(.read, "GET", "/members"), call(.read, "HEAD", "/members"), call(.read, "GET", "/members?limit=1"),
            call(.read, "GET", "/members/owner"),
            call(.read, "GET", "/members/nobody", nil, 404, problem: "member-unknown"),
            call(.manage, "PUT", "/members/candidate", #"{"role":"reader"}"#, 201),
            call(.manage, "PUT", "/members/candidate", #"{"role":"publisher"}"#),
            call(.manage, "PUT", "/members/candidate", #"{"role":"king"}"#, 422, problem: "validation-failed"),
            call(.manage, "DELETE", "/members/candidate", nil, 204),
            call(.manage, "DELETE", "/members/candidate", nil, 404, problem: "member-unknown"),
            call(.manage, "PUT", "/members/nobody", #"{"role":"reader"}"#, 404, problem: "user-unknown"),
            call(.manage, "PUT", "/members/viewer", #"{"role":"owner"}"#, 422, problem: "validation-failed"),
            call(.manage, "PUT", "/members/owner", #"{"role":"reader"}"#, 409, problem: "last-owner"),
            call(.manage, "POST", "/transfer", #"{"to":"nobody"}"#, 404, problem: "user-unknown"),
            call(.manage, "POST", "/transfer", #"{"to":"publisher"}"#),
            // Who transferred the namespace is a publisher now, and the publisher its owner.
            call(.leave, "DELETE", "/members/\(role.user)", nil, 204),
        ]
    }
}

extension AccessMatrix.Role {
    /// Whether the namespaces exist for the role, with their members.
    var knowsNamespaces: Bool {
        switch self {
        case .owner, .publisher, .reader, .keeper, .admin, .ownerReads, .ownerAliases, .ownerManages, .adminReads: true
        case .anonymous, .viewer, .device, .operator, .other, .ownerWrites, .ownerElsewhere, .ownerNarrow: false
        }
    }

    func may(_ operation: AccessMatrix.MemberOperation) -> Bool {
        switch operation {
        case .read: knowsNamespaces
        case .manage: [.owner, .ownerManages, .admin].contains(self)
        case .leave: [.owner, .ownerManages, .admin, .publisher, .reader, .keeper].contains(self)
        }
    }

    /// The status and, for a refusal, the problem.
    func expected(_ call: AccessMatrix.MemberCall) -> (status: Int, problem: String?) {
        if self == .anonymous { return (401, "unauthenticated") }
        guard knowsNamespaces else { return (404, "namespace-unknown") }
        guard may(call.operation) else { return (403, "forbidden") }
        // An admin is no member, and so has nothing to leave.
        if self == .admin, call.operation == .leave { return (404, "member-unknown") }
        return (call.request.success, call.problem)
    }
}
