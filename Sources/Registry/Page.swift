/// One page of a list.
public struct Page<Item: Sendable>: Sendable {
    public let items: [Item]
    /// How many there are in all, exactly.
    public let total: Int
    /// Opens the next page; nil on the last.
    public let next: String?

    public init(items: [Item], total: Int, next: String?) {
        (self.items, self.total, self.next) = (items, total, next)
    }
}
