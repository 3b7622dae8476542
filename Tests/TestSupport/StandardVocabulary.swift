public import Search
import Storage

extension ContextVocabulary {
    /// The vocabulary that the product comes with, read from this package.
    public static let standard: ContextVocabulary = {
        do {
            return try VocabularyFiles.read(directory: PackageFolder.vocabulary)
        } catch {
            fatalError("\(error)")
        }
    }()
}
