/// What can be bound to a parameter of a statement.
public enum Value: Sendable, Hashable {
    case null
    case integer(Int64)
    case real(Double)
    case text(String)
    case blob([UInt8])

    /// The integer, or NULL for nil.
    public init(_ value: Int64?) { self = value.map { .integer($0) } ?? .null }

    /// The integer, or NULL for nil.
    public init(_ value: Int?) { self = value.map { .integer(Int64($0)) } ?? .null }

    /// The number, or NULL for nil.
    public init(_ value: Double?) { self = value.map { .real($0) } ?? .null }

    /// The text, or NULL for nil.
    public init(_ value: String?) { self = value.map { .text($0) } ?? .null }

    /// The bytes, or NULL for nil.
    public init(_ value: [UInt8]?) { self = value.map { .blob($0) } ?? .null }

    /// 1 or 0, or NULL for nil.
    public init(_ value: Bool?) { self = value.map { .bool($0) } ?? .null }

    /// SQLite has no truth values: 1 or 0.
    public static func bool(_ value: Bool) -> Value { .integer(value ? 1 : 0) }

    /// A JSON array of integers, for `json_each($list)`.
    public static func list(_ values: some Sequence<Int64>) -> Value {
        .text("[" + values.map { "\($0)" }.joined(separator: ",") + "]")
    }

    /// A JSON array of strings, for `json_each($list)`.
    public static func list(_ values: some Sequence<String>) -> Value {
        .text("[" + values.map(quoted).joined(separator: ",") + "]")
    }

    private static func quoted(_ text: String) -> String {
        var quoted = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"", "\\":
                quoted.unicodeScalars.append("\\")
                quoted.unicodeScalars.append(scalar)
            case "\u{0}"..<" ":
                let digits = String(scalar.value, radix: 16)
                quoted += "\\u" + String(repeating: "0", count: 4 - digits.utf8.count) + digits
            default:
                quoted.unicodeScalars.append(scalar)
            }
        }
        return quoted + "\""
    }
}

extension Value: ExpressibleByStringLiteral, ExpressibleByStringInterpolation, ExpressibleByIntegerLiteral {
    public init(stringLiteral value: String) { self = .text(value) }
    public init(integerLiteral value: Int64) { self = .integer(value) }
}

extension Value: ExpressibleByFloatLiteral, ExpressibleByBooleanLiteral, ExpressibleByNilLiteral {
    public init(floatLiteral value: Double) { self = .real(value) }
    public init(booleanLiteral value: Bool) { self = .bool(value) }
    public init(nilLiteral: ()) { self = .null }
}
