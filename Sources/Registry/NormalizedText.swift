@_spi(_Unicode) import Swift

extension StringProtocol {
    /// The text in Unicode normalization form C (UAX #15), so that two spellings of one word are one string.
    public var normalizedNFC: String {
        if utf8.allSatisfy({ $0 < 0x80 }) { return String(self) }
        var scalars = String.UnicodeScalarView()
        for scalar in String(self)._nfc { scalars.append(scalar) }
        return String(scalars)
    }

    /// The text as it is compared: NFC and lower case.
    public var folded: String { String(self).foldedOnce }
}

extension String {
    fileprivate var foldedOnce: String {
        // Most text is ASCII and Hangul syllables: in NFC as they are, and only A to Z have a lower case.
        let isPlain = unicodeScalars.allSatisfy { $0.value < 0x80 || (0xAC00...0xD7A3).contains($0.value) }
        guard isPlain else { return normalizedNFC.lowercased().normalizedNFC }
        var text = self
        return text.withUTF8 { bytes in
            String(unsafeUninitializedCapacity: bytes.count) { buffer in
                for index in bytes.indices { buffer[index] = bytes[index].lowercasedASCII }
                return bytes.count
            }
        }
    }
}

extension UInt8 {
    /// The small letter of A to Z; any other byte as it is.
    package var lowercasedASCII: UInt8 { (0x41...0x5A).contains(self) ? self | 0x20 : self }
}

extension UInt8 {
    /// Whether it is a letter, digit or sign of ASCII.
    fileprivate var isGraphicASCII: Bool { (0x21...0x7E).contains(self) }
}

extension Unicode.Scalar {
    /// Whether it is printed ASCII or a Hangul syllable, as most are: looking properties up takes long.
    fileprivate var isPlain: Bool { (0x20...0x7E).contains(value) || (0xAC00...0xD7A3).contains(value) }

    fileprivate var isSpace: Bool { isPlain ? value == 0x20 : properties.isWhitespace }

    /// Control, bidirectional, zero-width and other invisible characters, which would let two names look alike.
    public var isInvisible: Bool {
        if isPlain { return false }
        return switch properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse, .unassigned: true
        default: properties.isDefaultIgnorableCodePoint
        }
    }
}

/// Rules for the free text that people write: titles, summaries, notes, names of people.
public enum PlainText {
    /// `text` trimmed and in NFC.
    ///
    /// - Throws: `validation-failed` naming `field` when the text is longer than `maximum` characters (Unicode code
    ///   points, as JSON Schema counts them), is empty though `required`, or holds control characters (line breaks are
    ///   fine where `lines` is true).
    public static func checked(
        _ text: String, field: String, maximum: Int, required: Bool = false, lines: Bool = false
    ) throws(RegistryError) -> String {
        guard text.unicodeScalars.count <= maximum else {
            throw .invalid(field, "at most \(maximum) characters", ko: "최대 \(maximum)자입니다")
        }
        let trimmed = text.trimmingWhitespace.normalizedNFC
        guard !required || !trimmed.isEmpty else {
            throw .invalid(field, "may not be empty", ko: "비워 둘 수 없습니다")
        }
        let allowed = trimmed.unicodeScalars.allSatisfy { scalar in
            if scalar == "\n" || scalar == "\t" || scalar == "\r" { return lines }
            if scalar.isPlain { return true }
            return scalar.properties.generalCategory != .control && !isBidiControl(scalar)
        }
        guard allowed else {
            throw .invalid(field, "may not hold control characters", ko: "제어 문자를 쓸 수 없습니다")
        }
        return trimmed
    }

    private static func isBidiControl(_ scalar: Unicode.Scalar) -> Bool {
        (0x202A...0x202E).contains(scalar.value) || (0x2066...0x2069).contains(scalar.value)
    }
}

extension StringProtocol {
    /// The bytes of the text as they lie in memory: rules about bytes are read many times for each answer.
    func withUTF8Bytes<T>(_ body: (UnsafeBufferPointer<UInt8>) -> T) -> T {
        if let value = utf8.withContiguousStorageIfAvailable(body) { return value }
        return Array(utf8).withUnsafeBufferPointer(body)
    }
}

extension String {
    var trimmingWhitespace: String {
        let isTrimmed = withUTF8Bytes { bytes in
            (bytes.first ?? 0).isGraphicASCII && (bytes.last ?? 0).isGraphicASCII
        }
        if isTrimmed { return self }
        var rest = unicodeScalars[...]
        while let first = rest.first, first.isSpace { rest.removeFirst() }
        while let last = rest.last, last.isSpace { rest.removeLast() }
        return String(rest)
    }
}
