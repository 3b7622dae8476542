import Registry

/// Numbers with units, as people type them: `20MB`, `1.5G`, `512KiB`, `35 ms`, `70%`.
///
/// kB, MB and GB are powers of 1000, KiB, MiB and GiB of 1024. Upper and lower case are the same.
package enum NumberUnit {
    /// The number in the canonical unit of a context key: bytes for `size` and `mem`, operations for `flops`, a count
    /// for `params` (these are whole numbers), milliseconds for `latency_ms`, millijoules for `energy_mj`, otherwise the
    /// number itself, `70%` as 0.7. nil for what is no finite number with a unit of the key.
    package static func parse(_ text: some StringProtocol, key: String) -> Double? {
        let bytes = text.utf8
        let end = numberEnd(bytes)
        guard let number = number(bytes[..<end]) else { return nil }
        let unit = text[end...].drop { $0.isWhitespace }.lowercased()
        return value(number, unit: unit, dimension: NumberDimension(key: key))
    }

    /// `value` with a unit as ``parse(_:key:)`` reads it, the same number again.
    package static func text(_ value: Double, key: String) -> String {
        let dimension = NumberDimension(key: key)
        guard dimension.isWhole, abs(value) < 1e15, value == value.rounded() else {
            return plain(value) + (value.isFinite ? dimension.unit : "")
        }
        for (letter, factor) in [("T", 1e12), ("G", 1e9), ("M", 1e6), ("k", 1e3)] where value != 0 {
            let quotient = value / factor
            guard quotient == quotient.rounded() else { continue }
            return plain(quotient) + (dimension == .count && letter == "G" ? "B" : letter) + dimension.unit
        }
        return plain(value) + dimension.unit
    }

    /// `value` as people read it: rounded, and with a space before its unit.
    package static func shown(_ value: Double, key: String) -> String {
        let dimension = NumberDimension(key: key)
        let step = [("T", 1e12), ("G", 1e9), ("M", 1e6), ("k", 1e3)].first {
            dimension.isWhole && abs(value) >= $0.1
        }
        let letter = step.map { dimension == .count && $0.0 == "G" ? "B" : $0.0 } ?? ""
        let number = plain((value / (step?.1 ?? 1) * 1000).rounded() / 1000)
        let unit = letter + dimension.unit
        return unit.isEmpty ? number : dimension == .count ? number + unit : "\(number) \(unit)"
    }

    /// A number of a dimension from one in a unit (in lower case; empty for the canonical one).
    static func value(_ number: Double, unit: String, dimension: NumberDimension) -> Double? {
        guard let factor = unit.isEmpty ? 1 : dimension.units[unit] else { return nil }
        let value = factor < 1 ? number / (1 / factor).rounded() : number * factor
        guard value.isFinite else { return nil }
        return dimension.isWhole ? value.rounded() : value
    }

    /// Reads `12`, `-1.5`, `.5`, `1e6` and `1,000,000`; nothing else.
    static func number(_ bytes: some Collection<UInt8>) -> Double? {
        guard !bytes.isEmpty, numberEnd(bytes) == bytes.endIndex else { return nil }
        let digits = bytes.filter { $0 != UInt8(ascii: ",") }
        guard let number = Double(String(decoding: digits, as: UTF8.self)), number.isFinite else { return nil }
        return number
    }

    /// Whether something that looks like a number stands first.
    static func beginsWithNumber(_ text: String) -> Bool { numberEnd(text.utf8) > text.startIndex }

    /// Where the number at the beginning ends.
    private static func numberEnd<Bytes: Collection<UInt8>>(_ bytes: Bytes) -> Bytes.Index {
        var index = bytes.startIndex
        func peek(_ offset: Int = 0) -> UInt8 {
            guard let place = bytes.index(index, offsetBy: offset, limitedBy: bytes.endIndex), place < bytes.endIndex
            else { return 0 }
            return bytes[place]
        }
        func skipDigits() -> Int {
            var count = 0
            while peek().isDigit { (index, count) = (bytes.index(after: index), count + 1) }
            return count
        }
        if peek() == UInt8(ascii: "-") || peek() == UInt8(ascii: "+") { index = bytes.index(after: index) }
        var digits = skipDigits()
        while (1...3).contains(digits), peek() == UInt8(ascii: ","), peek(1).isDigit, peek(2).isDigit, peek(3).isDigit,
            !peek(4).isDigit
        {
            index = bytes.index(index, offsetBy: 4)
            digits = 3
        }
        if peek() == UInt8(ascii: "."), peek(1).isDigit {
            index = bytes.index(after: index)
            digits += skipDigits()
        }
        guard digits > 0 else { return bytes.startIndex }
        let isExponent = peek() | 0x20 == UInt8(ascii: "e")
        let isSigned = peek(1) == UInt8(ascii: "+") || peek(1) == UInt8(ascii: "-")
        if isExponent, peek(isSigned ? 2 : 1).isDigit {
            index = bytes.index(index, offsetBy: isSigned ? 2 : 1)
            _ = skipDigits()
        }
        return index
    }

    private static func plain(_ value: Double) -> String {
        value == value.rounded() && abs(value) < 1e15 && !(value == 0 && value.sign == .minus)
            ? "\(Int64(value))" : value.description
    }
}
