/// What a version consists of: its README, artifacts, variants and context – not times, notes or the model's own context.
///
/// The SHA-256 of its canonical JSON (RFC 8785) names the version.
public struct Manifest: Sendable, Hashable {
    /// The model that the version is of.
    public let model: ModelName
    /// The number of the version.
    public let version: VersionNumber
    /// The README, which is kept as a blob and is none of the artifacts; nil for a version without one.
    public let readme: Digest?
    /// In the order of their paths.
    public let artifacts: [Artifact]
    /// In the order their author gave.
    public let variants: [Variant]
    /// In the order of ``ContextTag/set(_:)``.
    public let context: [ContextTag]

    /// - Throws: `validation-failed` when there is no artifact, there are over 10,000 or over 64 variants, two
    ///   artifacts cannot stand beside each other, a variant names an unknown path or is named twice, or an artifact is
    ///   in no variant.
    /// - Throws: `validation-failed` when there is no artifact, there are over 10,000, two artifacts cannot stand beside
    ///   each other, a variant names an unknown path or is named twice, or an artifact is in no variant.
    public init(
        model: ModelName, version: VersionNumber, readme: Digest?, artifacts: [Artifact], variants: [Variant],
        context: [ContextTag]
    ) throws(RegistryError) {
        guard !artifacts.isEmpty else {
            throw .invalid("artifact", "a version has at least one artifact", ko: "버전에는 파일이 하나 이상 있어야 합니다")
        }
        guard artifacts.count <= 10_000, variants.count <= 64 else {
            throw .invalid("artifact", "at most 10,000 artifacts and 64 variants", ko: "파일은 10,000개, 변형은 64개까지입니다")
        }
        try ArtifactPath.checkTogether(artifacts.map(\.path))
        let known = Set(artifacts.map(\.path))
        var named: Set<VariantName> = []
        var covered: Set<ArtifactPath> = []
        for variant in variants {
            guard named.insert(variant.name).inserted else {
                throw .invalid("variant", "“\(variant.name)” occurs twice", ko: "“\(variant.name)”이(가) 두 번 나옵니다")
            }
            guard !variant.paths.isEmpty, known.isSuperset(of: variant.paths) else {
                throw .invalid(
                    "variant", "“\(variant.name)” has no artifact of the version",
                    ko: "“\(variant.name)”에 이 버전의 파일이 없습니다")
            }
            covered.formUnion(variant.paths)
        }
        guard covered == known else {
            throw .invalid("variant", "every artifact is in a variant", ko: "모든 파일은 변형에 들어 있어야 합니다")
        }
        self.model = model
        self.version = version
        self.readme = readme
        self.artifacts = artifacts.sorted { $0.path < $1.path }
        self.variants = variants
        self.context = context
    }
}
