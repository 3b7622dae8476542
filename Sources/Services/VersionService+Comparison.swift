public import Registry

extension VersionService {
    /// What differs between two versions of a model.
    ///
    /// - Throws: `model-unknown` or `version-unknown`.
    public func compare(
        _ name: ModelName, _ first: VersionSelector, _ second: VersionSelector, for caller: Caller
    ) throws -> VersionComparison {
        try transactions.read { db in
            let (model, older) = try caller.version(first, of: name, in: db)
            let (_, newer) = try caller.version(second, of: name, in: db)
            return VersionComparison(
                try VersionDetail(older, of: model, in: db), try VersionDetail(newer, of: model, in: db))
        }
    }
}
