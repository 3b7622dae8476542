import Registry
import Testing

@Suite struct `What a caller may do` {
    static func caller(
        _ role: Role, _ namespaces: [String: NamespaceRole] = [:], scopes: Set<Scope>? = nil, models: [String] = []
    ) throws -> Caller {
        let user = User(
            id: ID(1), username: try Username("u"), displayName: "", role: role, language: "ko", isDisabled: false,
            createdAt: 0, lastSeenAt: nil)
        let patterns = try models.map { try ModelPattern($0) }
        let token = scopes.map {
            Token(
                id: ID(1), user: ID(1), name: "", prefix: "", scopes: $0, models: patterns, createdAt: 0,
                expiresAt: nil, lastUsedAt: nil)
        }
        return Caller(user: user, namespaces: namespaces, token: token)
    }

    let model: ModelName

    init() throws {
        model = try ModelName("demo/m")
    }

    @Test func `a private model exists for members of its namespace and admins only`() throws {
        #expect(!Caller.anonymous.mayRead(model, .private))
        #expect(Caller.anonymous.mayRead(model, .public))
        #expect(try Self.caller(.viewer, ["demo": .reader]).mayRead(model, .private))
        #expect(try !Self.caller(.developer, ["other": .owner]).mayRead(model, .private))
        #expect(try !Self.caller(.operator).mayRead(model, .private))
        #expect(try Self.caller(.admin).mayRead(model, .private))
    }

    @Test func `a token narrows its user`() throws {
        #expect(try !Self.caller(.admin, scopes: [.modelWrite]).mayRead(model, .private))
        #expect(try Self.caller(.admin, scopes: [.modelRead]).mayRead(model, .private))
        #expect(try !Self.caller(.admin, scopes: [.modelRead], models: ["other/*"]).mayRead(model, .private))
        #expect(try !Self.caller(.admin, scopes: [.modelRead], models: ["other/*"]).seesEverything)
        #expect(try !Self.caller(.admin, scopes: [.modelRead, .modelWrite]).isAdmin)
        #expect(try Self.caller(.admin, scopes: [.admin]).isAdmin)
        #expect(try !Self.caller(.admin, scopes: [.admin], models: ["other/*"]).isAdmin)
        #expect(try !Self.caller(.developer, scopes: [.admin]).isAdmin)
    }

    @Test func `developers publish in their own and in free namespaces`() throws {
        #expect(try Self.caller(.developer).mayPublish(model, namespaceIsFree: true))
        #expect(try !Self.caller(.developer).mayPublish(model, namespaceIsFree: false))
        #expect(try Self.caller(.developer, ["demo": .publisher]).mayPublish(model, namespaceIsFree: false))
        #expect(try !Self.caller(.developer, ["demo": .reader]).mayPublish(model, namespaceIsFree: false))
        #expect(try !Self.caller(.developer, scopes: [.modelRead]).mayPublish(model, namespaceIsFree: true))
        for role in [Role.operator, .viewer, .device] {
            #expect(try !Self.caller(role, ["demo": .owner]).mayPublish(model, namespaceIsFree: true))
        }
        #expect(!Caller.anonymous.mayPublish(model, namespaceIsFree: true))
        #expect(try Self.caller(.admin).mayPublish(model, namespaceIsFree: false))
    }

    @Test func `only owners and admins delete a model; operators move aliases`() throws {
        #expect(try Self.caller(.developer, ["demo": .owner]).mayDelete(model))
        #expect(try !Self.caller(.developer, ["demo": .publisher]).mayDelete(model))
        #expect(try Self.caller(.operator).mayMoveAliases(of: model))
        #expect(try !Self.caller(.operator).mayDelete(model))
        #expect(try Self.caller(.developer, ["demo": .publisher], scopes: [.aliasWrite]).mayMoveAliases(of: model))
        #expect(try !Self.caller(.developer, ["demo": .publisher], scopes: [.modelRead]).mayMoveAliases(of: model))
    }
}
