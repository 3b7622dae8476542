/// A field value with parameters: `form-data; name="a"; filename=b` (RFC 9110 §5.6.6).
package struct HeaderParameters: Sendable {
    /// No field has as many; each is compared with all before it.
    private static let maximum = 32

    package let value: String
    private var parameters: [(name: String, value: String)] = []

    /// - Returns: nil when the text is malformed, names a parameter twice or has more than 32.
    package init?(parsing text: String) {
        var rest = Array(text.utf8)[...]
        let end = rest.firstIndex(of: 0x3B) ?? rest.endIndex
        value = String(ASCII.trimmed(String(decoding: rest[..<end], as: UTF8.self)[...]))
        rest = rest[end...]
        while let byte = rest.first {
            if byte == 0x20 || byte == 0x09 || byte == 0x3B {
                rest = rest.dropFirst()
                continue
            }
            guard let equals = rest.firstIndex(of: 0x3D), rest[..<equals].allSatisfy(ASCII.isToken) else { return nil }
            let name = ASCII.lowercased(String(decoding: rest[..<equals], as: UTF8.self))
            rest = rest[(equals + 1)...]
            guard !name.isEmpty, parameters.count < Self.maximum, self[name] == nil, let value = Self.takeValue(&rest)
            else { return nil }
            parameters.append((name, value))
        }
    }

    /// The value of a parameter, by its lower-case name.
    package subscript(name: String) -> String? { parameters.first { $0.name == name }?.value }

    private static func takeValue(_ rest: inout ArraySlice<UInt8>) -> String? {
        var bytes: [UInt8] = []
        guard rest.first == 0x22 else {
            while let byte = rest.first, byte != 0x3B, byte != 0x20, byte != 0x09 {
                bytes.append(byte)
                rest = rest.dropFirst()
            }
            return String(validating: bytes, as: UTF8.self)
        }
        rest = rest.dropFirst()
        while let byte = rest.first {
            rest = rest.dropFirst()
            if byte == 0x22 { return endsValue(rest) ? String(validating: bytes, as: UTF8.self) : nil }
            // A backslash escapes quotes and itself only: some clients send whole Windows paths.
            if byte == 0x5C, let next = rest.first, next == 0x22 || next == 0x5C {
                bytes.append(next)
                rest = rest.dropFirst()
            } else {
                bytes.append(byte)
            }
        }
        return nil
    }

    private static func endsValue(_ rest: ArraySlice<UInt8>) -> Bool {
        rest.first.map { $0 == 0x3B || $0 == 0x20 || $0 == 0x09 } ?? true
    }
}
