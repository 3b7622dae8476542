public import Registry
import Synchronization

/// The vocabulary with the service types of a repository, which seldom change.
public final class AdaptedVocabulary: Sendable {
    /// As the files say.
    public let base: ContextVocabulary
    private let last: Mutex<(types: [ServiceType], vocabulary: ContextVocabulary)>

    public init(_ base: ContextVocabulary) {
        self.base = base
        last = Mutex(([], base))
    }

    /// ``ContextVocabulary/adding(_:)``, made anew only when the service types are others than the last time.
    public func with(_ serviceTypes: [ServiceType]) -> ContextVocabulary {
        last.withLock { last in
            if last.types != serviceTypes { last = (serviceTypes, base.adding(serviceTypes)) }
            return last.vocabulary
        }
    }
}
