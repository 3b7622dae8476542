/// What a merge patch (RFC 7396) says about one member.
public enum JSONChange<Value> {
    /// It was left out: keep what is there.
    case keep
    /// It was null: remove what is there.
    case remove
    case set(Value)

    /// What the member is after the patch.
    public func applied(to old: Value?) -> Value? {
        switch self {
        case .keep: old
        case .remove: nil
        case .set(let new): new
        }
    }
}

extension JSONChange: Sendable where Value: Sendable {}
extension JSONChange: Equatable where Value: Equatable {}
