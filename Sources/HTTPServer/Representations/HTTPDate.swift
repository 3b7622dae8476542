import Encoding

/// The preferred form of dates on the wire (RFC 9110 §5.6.7): `Sun, 06 Nov 1994 08:49:37 GMT`.
package enum HTTPDate {
    private static let weekdays = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"]
    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]

    /// - Parameter time: Unix seconds, not before 1970.
    /// - Returns: the text.
    package static func format(_ time: Int64) -> String {
        let time = max(0, min(time, 253_402_300_799))
        let days = time / 86_400
        let date = CivilDate(daysSince1970: days)
        let rest = time % 86_400
        return weekdays[Int(days % 7)] + ", " + two(Int(date.day)) + " " + months[Int(date.month) - 1] + " "
            + four(Int(date.year)) + " "
            + two(Int(rest / 3600)) + ":" + two(Int(rest / 60 % 60)) + ":" + two(Int(rest % 60)) + " GMT"
    }

    /// - Parameter text: in the preferred form; the two obsolete forms are not understood.
    /// - Returns: Unix seconds, or nil.
    package static func parse(_ text: some StringProtocol) -> Int64? {
        let bytes = Array(text.utf8)
        guard bytes.count == 29, text.hasSuffix(" GMT"), bytes[3] == 0x2C,
            let month = months.firstIndex(of: String(decoding: bytes[8..<11], as: UTF8.self)),
            let day = number(bytes[5..<7]), let year = number(bytes[12..<16]), let hour = number(bytes[17..<19]),
            let minute = number(bytes[20..<22]), let second = number(bytes[23..<25]),
            year >= 1970, (1...31).contains(day), hour < 24, minute < 60, second < 61
        else { return nil }
        let date = CivilDate(year: year, month: Int64(month) + 1, day: day)
        return date.daysSince1970 * 86_400 + hour * 3600 + minute * 60 + second
    }

    private static func number(_ digits: ArraySlice<UInt8>) -> Int64? {
        ASCII.integer(String(decoding: digits, as: UTF8.self))
    }

    private static func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    private static func four(_ number: Int) -> String { number < 1000 ? "0" + two(number) : "\(number)" }
}
