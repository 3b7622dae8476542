public import Registry
public import Storage

/// A model as its own page shows it.
public struct ModelDetail: Sendable {
    public let summary: ModelSummary
    /// What was said of the model itself, without what the version `latest` names adds.
    public let ownContext: [ContextTag]
    /// `latest` first, then by name.
    public let aliases: [Alias]
    /// What the caller may do with it.
    public let permissions: Permissions

    /// What the caller may do with the model.
    public struct Permissions: Sendable, Hashable {
        /// Publish versions.
        public let publish: Bool
        /// Change its title, summary and so on.
        public let edit: Bool
        /// Delete it with all versions.
        public let delete: Bool
        /// Move aliases, roll them back and remove them.
        public let alias: Bool
    }
}

/// What is to change of a model; nil leaves it.
public struct ModelPatch: Sendable {
    /// As in ``Model/title``.
    public var title: String?
    /// As in ``Model/summary``.
    public var summary: String?
    /// As in ``Model/serviceType``.
    public var serviceType: String?
    public var visibility: Visibility?
    /// As in ``Model/license``.
    public var license: String?
    /// Replaces the model's own context as a whole.
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
    /// How many models of it the caller may see.
    public let count: Int
}
