public import JSON

/// One change in the record of changes.
public struct Activity: Sendable {
    /// Rises with each change.
    public let id: Int64
    /// Unix seconds.
    public let at: Int64
    /// A username, or `system`; it outlives the user.
    public let actor: String
    /// Such as `version.publish`.
    public let action: String
    /// Such as `demo/silero-vad@1.0.0`.
    public let subject: String
    /// More of the change; never a secret.
    public let detail: JSONValue

    /// Which changes are asked for; nil: all.
    public struct Filter: Sendable {
        /// As in ``Activity/actor``.
        public var actor: String?
        /// One kind of change, or with `model` all whose name begins with `model.`.
        public var action: String?
        /// What was changed; with a model also its versions and aliases.
        public var subject: String?

        public init(actor: String? = nil, action: String? = nil, subject: String? = nil) {
            (self.actor, self.action, self.subject) = (actor, action, subject)
        }
    }
}
