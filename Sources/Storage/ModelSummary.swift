public import Registry

/// What lists show of a model.
public struct ModelSummary: Sendable {
    public let model: Model
    /// The primary one first, then those that the context names.
    public let serviceTypes: [ServiceTypeLabel]
    /// The model's own and that of the version `latest` names.
    public let context: [ContextTag]
    /// Of the version `latest` names, such as `onnx` and `tflite`, and those of the model's own context.
    public let formats: [String]
    /// Bytes of the artifacts of the version `latest` names; 0 without one.
    public let size: Int64
    /// nil when nothing is offered.
    public let latest: LatestVersion?
    /// Downloads of each of the last 30 days, oldest first.
    public let downloads: [Int]
}

/// The version that `latest` names.
public struct LatestVersion: Sendable, Hashable {
    public let number: VersionNumber
    /// Unix seconds.
    public let publishedAt: Int64
}

/// A service type as lists name it.
public struct ServiceTypeLabel: Sendable, Hashable {
    /// As in ``ServiceType/id``.
    public let id: String
    public let label: Label
}
