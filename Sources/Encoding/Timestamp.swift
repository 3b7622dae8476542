/// Times as the API writes them.
public enum Timestamp {
    /// RFC 3339 in UTC to the second, such as `2026-11-21T02:15:32Z`.
    public static func rfc3339(_ unixSeconds: Int64) -> String {
        let days = (unixSeconds >= 0 ? unixSeconds : unixSeconds - 86_399) / 86_400
        let second = unixSeconds - days * 86_400
        let date = CivilDate(daysSince1970: days)
        return "\(pad(date.year, 4))-\(pad(date.month, 2))-\(pad(date.day, 2))T"
            + "\(pad(second / 3600, 2)):\(pad(second / 60 % 60, 2)):\(pad(second % 60, 2))Z"
    }

    /// ISO 8601's basic format, which may stand in the name of a file, such as `20261121T021532Z`.
    public static func basic(_ unixSeconds: Int64) -> String {
        rfc3339(unixSeconds).filter { $0 != "-" && $0 != ":" }
    }

    /// The day in UTC, such as `2026-11-21`.
    public static func day(_ unixSeconds: Int64) -> String { String(rfc3339(unixSeconds).prefix(10)) }

    /// Unix seconds of an RFC 3339 time; nil when `text` is none. Fractions of a second are cut.
    public static func parse(_ text: some StringProtocol) -> Int64? {
        let bytes = Array(text.utf8)
        guard bytes.count >= 20, bytes[4] == 0x2d, bytes[7] == 0x2d, bytes[10] == 0x54 || bytes[10] == 0x74,
            bytes[13] == 0x3a, bytes[16] == 0x3a,
            let year = number(bytes[0..<4]), let month = number(bytes[5..<7]), let day = number(bytes[8..<10]),
            let hour = number(bytes[11..<13]), let minute = number(bytes[14..<16]), let second = number(bytes[17..<19]),
            (1...12).contains(month), (1...31).contains(day), hour < 24, minute < 60, second < 61
        else { return nil }
        var rest = bytes[19...]
        if rest.first == 0x2e {
            rest = rest.dropFirst()
            guard let digit = rest.first, isDigit(digit) else { return nil }
            rest = rest.drop(while: isDigit)
        }
        guard let offset = offsetSeconds(Array(rest)) else { return nil }
        let date = CivilDate(year: year, month: month, day: day)
        guard CivilDate(daysSince1970: date.daysSince1970) == date else { return nil }
        let seconds = date.daysSince1970 * 86_400 + hour * 3600 + minute * 60 + second - offset
        // An offset may lead out of the years that can be written.
        return years.contains(seconds) ? seconds : nil
    }

    /// The years 0000 to 9999.
    private static let years: ClosedRange<Int64> = -62_167_219_200...253_402_300_799

    private static func offsetSeconds(_ text: [UInt8]) -> Int64? {
        if text == [0x5a] || text == [0x7a] { return 0 }
        guard text.count == 6, text[0] == 0x2b || text[0] == 0x2d, text[3] == 0x3a, let hours = number(text[1..<3]),
            let minutes = number(text[4..<6]), hours < 24, minutes < 60
        else { return nil }
        let seconds = hours * 3600 + minutes * 60
        return text[0] == 0x2b ? seconds : -seconds
    }

    private static func number(_ digits: ArraySlice<UInt8>) -> Int64? {
        guard digits.allSatisfy(isDigit) else { return nil }
        return digits.reduce(0) { $0 * 10 + Int64($1 - 0x30) }
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }

    private static func pad(_ value: Int64, _ width: Int) -> String {
        let digits = String(value)
        return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
    }
}
