import JSON
public import Registry
import SQLite
public import Search
import Storage
import Synchronization

/// What context is called: what the files of the vocabulary say, administrators' names over it, and the service types.
public final class VocabularyService: Sendable {
    private let transactions: Transactions
    private let adapted: AdaptedVocabulary
    private let last = Mutex<(generation: UInt64, vocabulary: ContextVocabulary)?>(nil)

    init(_ transactions: Transactions, _ base: ContextVocabulary) {
        (self.transactions, adapted) = (transactions, AdaptedVocabulary(base))
    }

    /// As of the last change that was committed.
    ///
    /// - Throws: `store-unavailable` when the database cannot be read.
    public func current() throws -> ContextVocabulary {
        let generation = transactions.database.generation
        if let last = last.withLock({ $0 }), last.generation == generation { return last.vocabulary }
        let vocabulary = try transactions.read { db in try current(in: db) }
        last.withLock { $0 = (generation, vocabulary) }
        return vocabulary
    }

    /// As the transaction sees it.
    func current(in db: borrowing Connection) throws -> ContextVocabulary {
        try current(with: ServiceTypeStore.all(in: db), in: db)
    }

    /// The same where all service types are known.
    func current(with types: [ServiceType], in db: borrowing Connection) throws -> ContextVocabulary {
        let revision = try ContextLabelStore.revision(in: db)
        return try adapted.with(types, revision: revision) { try ContextLabelStore.all(in: db) }
    }

    // MARK: Names

    /// - Throws: `unauthenticated` or `forbidden`.
    public func requireAdmin(_ caller: Caller) throws { try caller.requireAdmin() }

    /// Gives a context key or value a name, in place of the one it has; of a value also its synonyms.
    ///
    /// - Returns: What was kept: under the value that the vocabulary lists, where another one says the same.
    /// - Throws: `unauthenticated`, `forbidden`, `state-conflict` for a service type, which has its own name, or
    ///   `validation-failed` when there are too many.
    public func set(_ label: ContextLabel, by caller: Caller) throws -> ContextLabel {
        try caller.requireAdmin()
        let label = try named(label)
        try transactions.grow { db in
            try Self.requireNoServiceType(label.key, label.value, in: db)
            let before = try ContextLabelStore.synonymCount(in: db)
            try ContextLabelStore.set(label, at: transactions.clock.now, in: db)
            guard try ContextLabelStore.count(in: db) <= Self.maximumLabels else {
                throw RegistryError.invalid(
                    "label", "at most \(Self.maximumLabels) names", ko: "이름은 \(Self.maximumLabels)개까지입니다")
            }
            let synonyms = try ContextLabelStore.synonymCount(in: db)
            guard synonyms <= max(before, Self.maximumSynonyms) else {
                throw RegistryError.invalid(
                    "synonyms",
                    "at most \(Self.maximumSynonyms) of all values together, which would have \(synonyms); take some away",
                    ko: "모든 값의 동의어를 합쳐 \(Self.maximumSynonyms)개까지인데 \(synonyms)개가 됩니다. 쓰지 않는 것을 지우세요")
            }
            try EventStore.append(
                "context.edit", label.subject, by: caller.actor,
                detail: [
                    "ko": .string(label.label.ko), "en": .string(label.label.en),
                    "synonyms": .array(label.synonyms.map { JSONValue.string($0) }),
                ], at: transactions.clock.now, in: db)
        }
        return label
    }

    /// Takes an administrator's name away, so that what the files say holds again; where there is none, nothing changes.
    ///
    /// - Throws: `unauthenticated`, `forbidden`, or `validation-failed` for what is no key or value.
    public func reset(key: String, value: String?, by caller: Caller) throws {
        try caller.requireAdmin()
        let label = try named(ContextLabel(key: key, value: value, label: Label(ko: "-", en: "-"), synonyms: []))
        try transactions.write { db in
            guard try ContextLabelStore.remove(key: label.key, value: label.value, in: db) else { return }
            try EventStore.append(
                "context.reset", label.subject, by: caller.actor, at: transactions.clock.now, in: db)
        }
    }

    /// The same under the key and value that the files list.
    private func named(_ label: ContextLabel) throws(RegistryError) -> ContextLabel {
        guard let value = label.value, let entry = adapted.base.entry(for: "\(label.key):\(value)") else {
            return label
        }
        return try ContextLabel(key: entry.key, value: entry.value, label: label.label, synonyms: label.synonyms)
    }

    private static let maximumLabels = 20_000
    /// Of all values together: each is one more word that the first search after a change reads.
    private static let maximumSynonyms = 20_000

    private static func requireNoServiceType(
        _ key: String, _ value: String?, in db: borrowing Connection
    ) throws {
        guard key == "service", let value, try ServiceTypeStore.serviceType(value, in: db) != nil else { return }
        throw RegistryError(
            .stateConflict, "\(value) is a service type, which is renamed as such",
            ko: "\(value)은(는) 서비스 타입입니다. 서비스 타입에서 이름을 바꾸세요")
    }
}
