import ArgumentParser

/// Spans of time as people write them.
struct TimeSpan: ExpressibleByArgument, Sendable, Hashable, CustomStringConvertible {
    let text: String
    let milliseconds: Int64

    /// Rounded up.
    var seconds: Int64 { (milliseconds + 999) / 1000 }

    /// `100ms`, `30s`, `90m`, `24h`, `7d`; a number alone is seconds. nil for anything else, and over ten years.
    init?(argument text: String) {
        let digits = text.prefix { $0.isASCII && $0.isNumber }
        guard let number = Int64(digits) else { return nil }
        let factor: Int64
        switch text.dropFirst(digits.count).lowercased() {
        case "ms": factor = 1
        case "", "s": factor = 1000
        case "m": factor = 60_000
        case "h": factor = 3_600_000
        case "d": factor = 86_400_000
        default: return nil
        }
        let (span, overflow) = number.multipliedReportingOverflow(by: factor)
        guard !overflow, span <= 3650 * 86_400_000 else { return nil }
        (self.text, milliseconds) = (text, span)
    }

    private init(text: String, milliseconds: Int64) { (self.text, self.milliseconds) = (text, milliseconds) }

    static func hours(_ hours: Int64) -> TimeSpan { TimeSpan(text: "\(hours)h", milliseconds: hours * 3_600_000) }

    var description: String { text }
}
