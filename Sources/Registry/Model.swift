/// An AI model with a name; its versions hold the files.
public struct Model: Sendable, Hashable {
    public let id: ID<Model>
    public let name: ModelName
    /// What people call it; 1–200 characters.
    public let title: String
    /// What it does, in at most 1,000 characters; may be empty.
    public let summary: String
    /// The primary service type; further ones are `service:` context tags.
    public let serviceType: String
    public let visibility: Visibility
    /// An SPDX identifier or free text; empty when unknown.
    public let license: String
    /// The username of who registered it, kept when the user is gone.
    public let createdBy: String
    /// Unix seconds.
    public let createdAt: Int64
    /// When its own fields, its context or the state of a version last changed. Unix seconds.
    public let updatedAt: Int64
    /// Rises with every change of the model's own fields and context; its entity tag is made from it.
    public let revision: Int64

    public init(
        id: ID<Model>, name: ModelName, title: String, summary: String, serviceType: String, visibility: Visibility,
        license: String, createdBy: String, createdAt: Int64, updatedAt: Int64, revision: Int64
    ) {
        self.id = id
        self.name = name
        self.title = title
        self.summary = summary
        self.serviceType = serviceType
        self.visibility = visibility
        self.license = license
        self.createdBy = createdBy
        self.createdAt = createdAt
        self.updatedAt = updatedAt
        self.revision = revision
    }
}

/// Who may see a model.
public enum Visibility: String, Sendable, CaseIterable {
    /// Everyone, signed in or not.
    case `public`
    /// The members of its namespace and admins; for everybody else it does not exist.
    case `private`
}

/// What an author says of a model when registering it; checked by ``init(title:summary:serviceType:visibility:license:context:)``.
public struct ModelDescription: Sendable, Hashable {
    /// As in ``Model/title``.
    public var title: String
    /// As in ``Model/summary``.
    public var summary: String
    /// The id of a ``ServiceType``.
    public var serviceType: String
    public var visibility: Visibility
    /// As in ``Model/license``.
    public var license: String
    /// As ``ContextTag/set(_:)`` gives it.
    public var context: [ContextTag]

    /// - Throws: `validation-failed` when a text breaks its rule: a title of 1–200 characters, a summary of at most 1,000, a
    ///   licence of at most 100.
    public init(
        title: String, summary: String = "", serviceType: String = "other", visibility: Visibility = .public,
        license: String = "", context: [ContextTag] = []
    ) throws(RegistryError) {
        self.title = try PlainText.checked(title, field: "title", maximum: 200, required: true)
        self.summary = try PlainText.checked(summary, field: "summary", maximum: 1000)
        self.serviceType = serviceType
        self.visibility = visibility
        self.license = try PlainText.checked(license, field: "license", maximum: 100)
        self.context = try ContextTag.set(context)
    }
}
