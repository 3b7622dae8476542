public import JSON
public import Registry

/// A version as a server describes it.
public struct RemoteVersion: Sendable {
    /// The model that it is of.
    public let model: ModelName
    public let number: VersionNumber
    public let state: VersionState
    /// Why it is deprecated or withdrawn; empty otherwise.
    public let stateReason: String
    /// The digest of its canonical manifest.
    public let manifest: Digest
    /// Bytes.
    public let size: Int64
    /// Of the version itself; variants may say more.
    public let context: [ContextTag]
    /// In the order their author gave.
    public let variants: [VariantName]
    /// The aliases that name it, `latest` among them.
    public let aliases: [AliasName]
    /// Unix seconds.
    public let createdAt: Int64
    /// All that the server said.
    public let json: JSONValue

    init(_ json: JSONValue) throws {
        let answer = try JSONAnswer(json)
        self.json = json
        model = try answer.value("model") { try ModelName($0) }
        number = try answer.value("version") { try VersionNumber($0) }
        state = json["state"]?.string.flatMap { VersionState(rawValue: $0) } ?? .published
        stateReason = json["state_reason"]?.string ?? ""
        manifest = try answer.value("manifest_digest") { try Digest($0) }
        size = json["size"]?.integer ?? 0
        createdAt = answer.time("created_at") ?? 0
        context = try answer.context()
        variants = try (json["variants"]?.array ?? []).map { variant in
            try JSONAnswer.checked(variant.string ?? variant["name"]?.string ?? "") { try VariantName($0) }
        }
        aliases = (json["aliases"]?.array ?? []).compactMap { ($0.string ?? $0["alias"]?.string) }
            .compactMap { AliasName(parsing: $0) }
    }
}

/// A version that was asked for with the entity tag of the last answer.
public enum Fetched<Value: Sendable>: Sendable {
    case unchanged
    /// `tag` is what to ask with next time; nil when the server gave none.
    case value(Value, tag: String?)
}

extension RegistryClient {
    /// The version that `selector` picks.
    public func version(_ selector: VersionSelector, of model: ModelName) throws -> RemoteVersion {
        try RemoteVersion(get(Self.target(of: model, selector)))
    }

    /// The version that `selector` picks, unless the answer still has the entity tag `tag`.
    public func version(_ selector: VersionSelector, of model: ModelName, unless tag: String?) throws
        -> Fetched<RemoteVersion>
    {
        var call = Call(target: Self.target(of: model, selector))
        if let tag { call.fields.append(("If-None-Match", tag)) }
        let reply = try send(call)
        if reply.head.status == 304 { return .unchanged }
        return .value(try RemoteVersion(Self.json(reply)), tag: reply.head["etag"])
    }

    /// All versions of a model that the caller may see, newest first.
    public func versions(of model: ModelName) throws -> [RemoteVersion] {
        try all("\(Self.target(of: model))/versions") { try RemoteVersion($0) }
    }

    /// Moves a version to another state, with the reason for those who use it.
    ///
    /// - Parameters:
    ///   - number: Of the version.
    ///   - model: Its model.
    ///   - state: `published`, `deprecated` or `withdrawn`.
    ///   - reason: Shown with `deprecated` and `withdrawn`; nil for none.
    ///   - replacement: What the aliases of a version that is withdrawn name from then on; nil when it has none.
    /// - Returns: The version as it is then.
    /// - Throws: ``ClientError``; `version-aliased` when aliases name the version and nothing replaces it.
    public func setState(
        of number: VersionNumber, of model: ModelName, to state: VersionState, reason: String? = nil,
        replaceWith replacement: VersionNumber? = nil
    ) throws -> RemoteVersion {
        var object: JSONObject = ["state": .string(state.rawValue)]
        if let reason { object["reason"] = .string(reason) }
        if let replacement { object["replace_with"] = .string("\(replacement)") }
        return try RemoteVersion(
            json(
                Call(
                    method: "PATCH", target: Self.target(of: model, .number(number)),
                    body: .json(JSONValue.object(object).bytes), isRepeatable: true)))
    }

    /// Deletes a draft; its number is free again.
    public func deleteDraft(_ number: VersionNumber, of model: ModelName) throws {
        _ = try send(Call(method: "DELETE", target: Self.target(of: model, .number(number))))
    }
}
