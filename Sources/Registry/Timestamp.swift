/// Times as the API writes them.
public enum Timestamp {
    /// RFC 3339 in UTC to the second, such as `2026-11-21T02:15:32Z`.
    public static func rfc3339(_ unixSeconds: Int64) -> String {
        let (days, second) = divide(unixSeconds, by: 86_400)
        let (year, month, day) = civil(days)
        return "\(pad(year, 4))-\(pad(month, 2))-\(pad(day, 2))T"
            + "\(pad(second / 3600, 2)):\(pad(second / 60 % 60, 2)):\(pad(second % 60, 2))Z"
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
            guard let digit = rest.first, digit.isDigit else { return nil }
            rest = rest.drop(while: \.isDigit)
        }
        guard let offset = offsetSeconds(Array(rest)) else { return nil }
        let days = daysFromCivil(year, month, day)
        let (backYear, backMonth, backDay) = civil(days)
        guard (backYear, backMonth, backDay) == (year, month, day) else { return nil }
        let seconds = days * 86_400 + hour * 3600 + minute * 60 + second - offset
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
        guard digits.allSatisfy(\.isDigit) else { return nil }
        return digits.reduce(0) { $0 * 10 + Int64($1 - 0x30) }
    }

    private static func divide(_ value: Int64, by divisor: Int64) -> (Int64, Int64) {
        let remainder = value % divisor
        return remainder < 0 ? (value / divisor - 1, remainder + divisor) : (value / divisor, remainder)
    }

    /// Days since 1970-01-01 to the proleptic Gregorian calendar, counted in eras of 400 years from March.
    private static func civil(_ days: Int64) -> (Int64, Int64, Int64) {
        let (era, dayOfEra) = divide(days + 719_468, by: 146_097)
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shifted = (5 * dayOfYear + 2) / 153
        let month = shifted < 10 ? shifted + 3 : shifted - 9
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * shifted + 2) / 5 + 1)
    }

    private static func daysFromCivil(_ year: Int64, _ month: Int64, _ day: Int64) -> Int64 {
        let (era, yearOfEra) = divide(month <= 2 ? year - 1 : year, by: 400)
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }

    private static func pad(_ value: Int64, _ width: Int) -> String {
        let digits = String(value)
        return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
    }
}
