public import Registry
public import Storage

/// A model as its own page shows it.
public struct ModelDetail: Sendable {
    public let summary: ModelSummary
    /// What was said of the model itself, without what the version `latest` names adds.
    public let ownContext: [ContextTag]
    /// `latest` first, then by name.
    public let aliases: [Alias]
    public let permissions: Permissions

    /// What the caller may do with the model.
    public struct Permissions: Sendable, Hashable {
        public let publish: Bool
        public let edit: Bool
        public let delete: Bool
        public let alias: Bool
    }
}

/// What is to change of a model; nil leaves it.
public struct ModelPatch: Sendable {
    public var title: String?
    public var summary: String?
    public var serviceType: String?
    public var visibility: Visibility?
    public var license: String?
    public var context: [ContextTag]?

    public init(
        title: String? = nil, summary: String? = nil, serviceType: String? = nil, visibility: Visibility? = nil,
        license: String? = nil, context: [ContextTag]? = nil
    ) {
        self.title = title
        self.summary = summary
        self.serviceType = serviceType
        self.visibility = visibility
        self.license = license
        self.context = context
    }
}

/// A service type and how many models of it the caller may see.
public struct CountedServiceType: Sendable {
    public let type: ServiceType
    public let count: Int
}
