public import Registry
public import Storage

/// What the first page of the portal shows, in one answer.
public struct Home: Sendable {
    /// The service types that have models, in the order of the menu.
    public let sections: [HomeSection]
    /// All service types in the order of the menu.
    public let serviceTypes: [CountedServiceType]
    /// How many models there are.
    public let total: Int
    public let activity: Activity

    /// What happened in the last seven days (UTC), today included.
    public struct Activity: Sendable, Hashable {
        /// How many days are looked back at.
        public static let days = 7
        /// Of all models that the caller may see.
        public let downloads: Int
        /// Versions that were published and are still offered.
        public let versions: Int
        /// Whether there was so much that not all of it was counted.
        public let isMore: Bool
    }
}

/// What the menu of the portal says of all models that the caller may see, whatever is searched for.
public struct Menu: Sendable {
    /// All service types in the order of the menu.
    public let serviceTypes: [CountedServiceType]
    /// How many models there are.
    public let total: Int
}

/// The models of one service type on the first page of the portal.
public struct HomeSection: Sendable {
    public let serviceType: ServiceType
    /// How many models have the service type.
    public let count: Int
    /// The most downloaded ones first.
    public let items: [ModelSummary]
}
