import Registry
import SQLite
import Storage

extension Caller {
    /// The model and the version of it that a selector picks, if both exist for the caller.
    ///
    /// - Throws: `model-unknown` or `version-unknown`.
    func version(
        _ selector: VersionSelector, of name: ModelName, in db: borrowing Connection
    ) throws -> (model: Model, version: Version) {
        let model = try model(name, in: db)
        guard let version = try find(selector, of: model, in: db),
            version.state != .draft || mayReadPrivate(name)
        else { throw RegistryError.unknown(selector, of: name) }
        return (model, version)
    }

    private func find(
        _ selector: VersionSelector, of model: Model, in db: borrowing Connection
    ) throws -> Version? {
        switch selector {
        case .number(let number): return try VersionStore.version(number, of: model.id, in: db)
        case .manifest(let digest): return try VersionStore.version(manifest: digest, of: model.id, in: db)
        case .range(let range): return try VersionStore.version(in: range, of: model.id, in: db)
        case .alias(.latest): return try VersionStore.latest(of: model.id, in: db)
        case .alias(let alias):
            return try AliasStore.version(named: alias, of: model.id, in: db)
                .flatMap { try VersionStore.version(id: $0, in: db) }
        }
    }
}

extension RegistryError {
    static func unknown(_ selector: VersionSelector, of name: ModelName) -> RegistryError {
        RegistryError(
            .versionUnknown, "\(name) has no version that \(selector) names", ko: "\(name)에 \(selector)에 맞는 버전이 없습니다")
    }

    static func unknown(_ variant: VariantName) -> RegistryError {
        RegistryError(.variantUnknown, "the version has no variant \(variant)", ko: "이 버전에는 \(variant) 변형이 없습니다")
    }

    static func unknown(_ path: ArtifactPath) -> RegistryError {
        RegistryError(.artifactUnknown, "the version has no artifact \(path)", ko: "이 버전에는 \(path) 파일이 없습니다")
    }
}
