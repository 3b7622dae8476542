public import JSON
public import Registry

/// A model as a server describes it.
public struct RemoteModel: Sendable {
    public let name: ModelName
    /// As in ``Model/title``.
    public let title: String
    /// As in ``Model/summary``.
    public let summary: String
    /// The ids of its service types, the primary one first.
    public let serviceTypes: [String]
    /// The formats of its latest version, such as `onnx`.
    public let formats: [String]
    /// Bytes of its latest version.
    public let size: Int64
    /// The version that `latest` names; nil while nothing is offered.
    public let latest: VersionNumber?
    /// Downloads of the last 30 days.
    public let downloads: Int64
    /// Named by the model itself; empty in lists.
    public let aliases: [Alias]
    /// All that the server said.
    public let json: JSONValue

    init(_ json: JSONValue) throws {
        let answer = try JSONAnswer(json)
        self.json = json
        name = try answer.value("name") { try ModelName($0) }
        title = json["title"]?.string ?? ""
        summary = json["summary"]?.string ?? ""
        serviceTypes = (json["service_types"]?.array ?? []).compactMap { $0["id"]?.string }
        formats = (json["formats"]?.array ?? []).compactMap(\.string)
        size = json["size"]?.integer ?? 0
        latest = json["latest"]?["version"]?.string.flatMap { VersionNumber(parsing: $0) }
        downloads = (json["downloads"]?.array ?? []).reduce(0) { $0 &+ ($1.integer ?? 0) }
        aliases = try (json["aliases"]?.array ?? []).map { try Self.alias(try JSONAnswer($0)) }
    }

    fileprivate static func alias(_ answer: JSONAnswer) throws -> Alias {
        Alias(
            name: try answer.value("alias") { try AliasName($0) },
            version: try answer.value("version") { try VersionNumber($0) }, updatedAt: answer.time("updated_at") ?? 0)
    }
}

/// One place where an alias has pointed.
public struct RemoteAliasChange: Sendable {
    /// nil when the alias was removed.
    public let version: VersionNumber?
    /// Unix seconds.
    public let changedAt: Int64
    /// The user name of who moved it.
    public let changedBy: String
    /// All that the server said.
    public let json: JSONValue

    init(_ json: JSONValue) throws {
        self.json = json
        let answer = try JSONAnswer(json)
        version = try json["version"]?.string.map { try JSONAnswer.checked($0) { try VersionNumber($0) } }
        changedAt = answer.time("changed_at") ?? 0
        changedBy = json["changed_by"]?.string ?? ""
    }
}

extension RegistryClient {
    /// A model that the caller may see.
    public func model(named name: ModelName) throws -> RemoteModel { try RemoteModel(get(Self.target(of: name))) }

    /// Lets an alias name a version.
    public func setAlias(_ alias: AliasName, of model: ModelName, to version: VersionNumber) throws {
        _ = try send(
            Call(
                method: "PUT", target: "\(Self.target(of: model))/aliases/\(alias)",
                body: .json(JSONValue.object(["version": .string("\(version)")]).bytes)))
    }

    /// Removes an alias; its version stays.
    public func removeAlias(_ alias: AliasName, of model: ModelName) throws {
        _ = try send(Call(method: "DELETE", target: "\(Self.target(of: model))/aliases/\(alias)"))
    }

    /// Where an alias has pointed, newest first. It outlives the alias.
    public func aliasHistory(_ alias: AliasName, of model: ModelName) throws -> [RemoteAliasChange] {
        try all("\(Self.target(of: model))/aliases/\(alias)/history") { try RemoteAliasChange($0) }
    }

    /// Moves an alias back to the version that it named before. Doing it again takes it back, so it is never sent twice.
    public func rollBackAlias(_ alias: AliasName, of model: ModelName) throws -> Alias {
        let call = Call(method: "POST", target: "\(Self.target(of: model))/aliases/\(alias)/rollback")
        return try RemoteModel.alias(try JSONAnswer(try json(call)))
    }
}
