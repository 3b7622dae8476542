import Encoding
import HTTPServer
import Registry

extension Request {
    /// The model that `{ns}/{name}` names. A name that no model can have is an unknown model, not bad input: a URL of
    /// that form leads nowhere.
    func modelName() throws -> ModelName {
        guard let name = try? ModelName(namespace: parameter("ns"), name: parameter("name")) else {
            throw RegistryError.unknownModel
        }
        return name
    }

    /// The user that `{username}` names. A name that no user can have is an unknown user, not bad input.
    ///
    /// - Throws: `user-unknown`.
    func username() throws(RegistryError) -> Username {
        guard let username = try? Username(parameter("username")) else {
            throw RegistryError(.userUnknown, "no user has this name", ko: "이런 이름의 사용자가 없습니다")
        }
        return username
    }

    /// The version that `{v}` picks.
    func selector() throws -> VersionSelector { try VersionSelector(parameter("v")) }

    /// The version that a parameter of the query picks, if it is there.
    func queriedSelector(_ name: String) throws -> VersionSelector? { try query[name].map { try VersionSelector($0) } }

    /// `?variant=`, if it is there.
    func variant() throws -> VariantName? { try query["variant"].map { try VariantName($0) } }

    /// `?limit=` and `?cursor=` of a list.
    func page() throws -> (limit: Int, cursor: String?) {
        var limit = 20
        if let text = query["limit"] {
            guard let number = Self.wholeNumber(text), (1...100).contains(number) else {
                throw RegistryError.invalid("limit", "a whole number from 1 to 100", ko: "1부터 100까지의 정수입니다")
            }
            limit = number
        }
        let cursor = query["cursor"]
        if let cursor, !(1...640).contains(cursor.utf8.count) {
            throw RegistryError.invalidCursor
        }
        return (limit, cursor)
    }

    /// `Link` of the next page of this list (RFC 8288); nil on the last one, and where the head of an answer could not hold
    /// the address.
    func link(toNext cursor: String?) -> String? {
        guard let cursor else { return nil }
        let others = query.filter { $0.name != "cursor" }.map { ($0.name, $0.value) }
        let address = path + PercentEncoding.query(others + [("cursor", cursor)])
        return address.utf8.count <= 4096 ? "<\(address)>; rel=\"next\"" : nil
    }

    /// Whether the client is a browser that wants a page rather than an answer to a program.
    var wantsPage: Bool { fields["Accept"]?.lowercased().split(separator: ",").first?.hasPrefix("text/html") ?? false }

    private static func wholeNumber(_ text: String) -> Int? {
        guard (1...9).contains(text.utf8.count), text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else {
            return nil
        }
        return Int(text)
    }
}

extension RegistryError {
    static let unknownModel = RegistryError(
        .modelUnknown, "no model has this name, or you may not see it", ko: "이런 이름의 모델이 없거나 볼 권한이 없습니다")
}
