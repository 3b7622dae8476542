public import Registry
import Storage

/// What differs between two versions of a model, and what does not.
public struct VersionComparison: Sendable {
    /// What became of something on the way from the one version to the other.
    public enum Change: String, Sendable, CaseIterable {
        case same, added, removed, changed

        init<Thing: Equatable>(from first: Thing?, to second: Thing?) {
            switch (first, second) {
            case (nil, .some): self = .added
            case (.some, nil): self = .removed
            default: self = first == second ? .same : .changed
            }
        }
    }

    /// What is said under one key, of a version or of one of its variants.
    public struct ContextRow: Sendable {
        /// The variant that it is said of; nil for the whole version.
        public let variant: VariantName?
        /// As in `ContextTag`.
        public let key: String
        /// The board or dataset that a number was measured on.
        public let place: String?
        /// What the first version says; empty when it says nothing.
        public let first: [ContextTag]
        /// What the second version says; empty when it says nothing.
        public let second: [ContextTag]
        public let change: Change
        /// How much more the second number is, in the unit of the key; nil unless both have one number.
        public let difference: Double?
    }

    /// An artifact of either version, and the variants that have it.
    public struct ArtifactRow: Sendable {
        /// The artifact in one of the versions.
        public struct Side: Sendable, Hashable {
            public let artifact: Artifact
            /// The variants of that version that have it.
            public let variants: [VariantName]
        }

        public let path: ArtifactPath
        /// nil when the first version has none.
        public let first: Side?
        /// nil when the second version has none.
        public let second: Side?
        public var change: Change { Change(from: first, to: second) }
        /// How many bytes more the second one has; one that is missing counts as 0.
        public var sizeDifference: Int64 { (second?.artifact.size ?? 0) - (first?.artifact.size ?? 0) }
    }

    /// The version to compare with.
    public let first: VersionDetail
    /// The version that is compared.
    public let second: VersionDetail
    /// The version's own first, then by variant; each by key.
    public let context: [ContextRow]
    /// By path.
    public let artifacts: [ArtifactRow]
    /// ``Change/same`` also when neither version has a README.
    public let readme: Change

    init(_ first: VersionDetail, _ second: VersionDetail) {
        (self.first, self.second) = (first, second)
        readme = Change(from: first.version.readme, to: second.version.readme)
        let (old, new) = (Self.sides(of: first), Self.sides(of: second))
        artifacts = Set(old.keys).union(new.keys).sorted { $0.description < $1.description }
            .map { ArtifactRow(path: $0, first: old[$0], second: new[$0]) }
        var rows = Self.rows(first.context, second.context, of: nil)
        let names = second.variants.map(\.name)
        for name in names + first.variants.map(\.name).filter({ !names.contains($0) }) {
            let tags = [first, second].map { $0.variants.first { $0.name == name }?.context ?? [] }
            rows += Self.rows(tags[0], tags[1], of: name)
        }
        context = rows
    }

    private static func sides(of version: VersionDetail) -> [ArtifactPath: ArtifactRow.Side] {
        Dictionary(
            uniqueKeysWithValues: version.artifacts.map { artifact in
                let variants = version.variants.filter { $0.paths.contains(artifact.path) }.map(\.name)
                return (artifact.path, ArtifactRow.Side(artifact: artifact, variants: variants))
            })
    }

    private static func rows(_ first: [ContextTag], _ second: [ContextTag], of variant: VariantName?) -> [ContextRow] {
        let (old, new) = (Dictionary(grouping: first, by: column), Dictionary(grouping: second, by: column))
        return Set(old.keys).union(new.keys).sorted().map { column in
            let (before, after) = (old[column, default: []], new[column, default: []])
            let parts = column.split(separator: "@", maxSplits: 1)
            return ContextRow(
                variant: variant, key: (before + after)[0].key, place: parts.count == 2 ? String(parts[1]) : nil,
                first: before, second: after,
                change: Change(from: before.isEmpty ? nil : Set(before), to: after.isEmpty ? nil : Set(after)),
                difference: number(before).flatMap { old in number(after).map { rounded($0 - old) } })
        }
    }

    /// The key, with `@` and the board or dataset that a number belongs to.
    private static func column(of tag: ContextTag) -> String { fact(tag).column }

    private static func number(_ tags: [ContextTag]) -> Double? { tags.count == 1 ? fact(tags[0]).number : nil }

    /// Without what binary fractions add: 0.75 − 0.7 is 0.05.
    private static func rounded(_ difference: Double) -> Double {
        abs(difference) < 1e6 ? (difference * 1e9).rounded() / 1e9 : difference
    }

    private static func fact(_ tag: ContextTag) -> ContextFact {
        ContextFact(tag: 0, key: tag.key, value: tag.folded, source: .declared)
    }
}
