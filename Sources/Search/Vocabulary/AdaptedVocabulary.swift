public import Registry
import Synchronization

/// The vocabulary with what administrators of a repository say over the files: what context is called, and the service
/// types. Both seldom change.
///
/// A vocabulary never changes. When a reader sees other names or service types than the last one did, it makes a new
/// vocabulary from the files and puts it in the place of the old; who reads by the old one goes on with it.
public final class AdaptedVocabulary: Sendable {
    private struct State {
        var revision: Int64 = 0
        /// The vocabulary of the files with the names of ``revision``.
        var named: ContextVocabulary
        var types: [ServiceType] = []
        var vocabulary: ContextVocabulary
    }

    /// As the files say.
    public let base: ContextVocabulary
    private let last: Mutex<State>

    public init(_ base: ContextVocabulary) {
        self.base = base
        last = Mutex(State(named: base, vocabulary: base))
    }

    /// With these service types, and no names besides those of the files.
    public func with(_ serviceTypes: [ServiceType]) -> ContextVocabulary { with(serviceTypes, revision: 0) { [] } }

    /// ``ContextVocabulary/replacing(_:)`` and ``ContextVocabulary/adding(_:)``, made anew only when names or service
    /// types are others than the last time.
    ///
    /// - Parameters:
    ///   - serviceTypes: Those of the repository.
    ///   - revision: Another number for other labels; 0 while there never were any.
    ///   - labels: Asked for when the revision is another one than the last time.
    /// - Returns: The vocabulary, which is the same as before where nothing has changed.
    public func with(
        _ serviceTypes: [ServiceType], revision: Int64, labels: () throws -> [ContextLabel]
    ) rethrows -> ContextVocabulary {
        try last.withLock { last in
            if last.revision == revision, last.types == serviceTypes { return last.vocabulary }
            if last.revision != revision {
                last.named = base.replacing(try labels())
                last.revision = revision
            }
            last.vocabulary = last.named.adding(serviceTypes)
            last.types = serviceTypes
            return last.vocabulary
        }
    }
}
