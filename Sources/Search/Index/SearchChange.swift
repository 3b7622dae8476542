/// What has become of a model since an index was made.
package enum SearchChange: Sendable, Hashable {
    /// It is new, or its document is another one.
    case put(SearchDocument)
    /// The model with this row id is gone.
    case remove(Int64)

    package var model: Int64 {
        switch self {
        case .put(let document): document.model
        case .remove(let model): model
        }
    }
}
