/// One page of a list.
public struct Page<Item: Sendable>: Sendable {
    public let items: [Item]
    /// How many items there are in all, exactly.
    public let total: Int
    /// Opens the next page; nil on the last.
    public let next: String?

    public init(items: [Item], total: Int, next: String?) {
        (self.items, self.total, self.next) = (items, total, next)
    }
}

extension RegistryError {
    /// A cursor that no page of the list gave.
    public static let invalidCursor = RegistryError.invalid(
        "cursor", "not a cursor of this list; take the one that the page before gave",
        ko: "이 목록의 커서가 아닙니다. 앞 페이지가 준 값을 쓰세요")
}
