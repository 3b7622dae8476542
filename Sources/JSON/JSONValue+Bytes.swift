extension JSONValue {
    /// The value as compact JSON, members in their order.
    public var bytes: [UInt8] { JSONWriter.bytes { $0.value(self) } }

    /// The value in the canonical form of RFC 8785: compact, keys sorted by their UTF-16 code units.
    ///
    /// Integers are written as they are, also beyond 2^53.
    public var canonicalBytes: [UInt8] { JSONWriter.bytes { $0.canonical(self) } }
}

extension JSONWriter {
    /// Writes any value, members in their order.
    public mutating func value(_ value: JSONValue) {
        switch value {
        case .null: null()
        case .bool(let value): bool(value)
        case .integer(let value): integer(value)
        case .number(let value): number(value)
        case .string(let value): string(value)
        case .array(let elements): array { writer in for element in elements { writer.value(element) } }
        case .object(let members):
            object { writer in
                for member in members {
                    writer.key(member.key)
                    writer.value(member.value)
                }
            }
        }
    }

    mutating func canonical(_ value: JSONValue) {
        switch value {
        case .array(let elements): array { writer in for element in elements { writer.canonical(element) } }
        case .object(let members):
            object { writer in
                for member in members.sorted(by: { $0.key.utf16.lexicographicallyPrecedes($1.key.utf16) }) {
                    writer.key(member.key)
                    writer.canonical(member.value)
                }
            }
        default: self.value(value)
        }
    }
}
