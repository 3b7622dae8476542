/// A model with what its page shows at first, so that one request is enough.
public struct ModelPage: Sendable {
    /// What may go along with the model.
    public enum Extra: String, Sendable, CaseIterable {
        /// The version shown, and how many there are.
        case version
        /// The README of that version.
        case readme
    }

    /// What the page says of the model itself.
    public let model: ModelDetail
    /// What was asked for.
    public let extras: Set<Extra>
    /// The version that a selector picked, else the latest, else the newest that the caller may see.
    public let version: VersionDetail?
    /// How many versions the caller may see.
    public let versionCount: Int
    /// The block tree of the version's README as JSON; nil when it has none.
    public let readme: [UInt8]?

    /// A model alone.
    public init(_ model: ModelDetail) { self.init(model, extras: [], version: nil, versionCount: 0, readme: nil) }

    init(_ model: ModelDetail, extras: Set<Extra>, version: VersionDetail?, versionCount: Int, readme: [UInt8]?) {
        (self.model, self.extras, self.version) = (model, extras, version)
        (self.versionCount, self.readme) = (versionCount, readme)
    }
}
