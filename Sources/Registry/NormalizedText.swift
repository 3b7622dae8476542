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
    public var folded: String { normalizedNFC.lowercased().normalizedNFC }
}

extension Unicode.Scalar {
    /// Control, bidirectional, zero-width and other invisible characters, which would let two names look alike.
    public var isInvisible: Bool {
        switch properties.generalCategory {
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

extension String {
    package var trimmingWhitespace: String {
        var rest = unicodeScalars[...]
        while let first = rest.first, first.properties.isWhitespace { rest.removeFirst() }
        while let last = rest.last, last.properties.isWhitespace { rest.removeLast() }
        return String(rest)
    }
}
