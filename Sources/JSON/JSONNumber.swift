/// Numbers as ECMAScript writes them, which RFC 8785 §3.2.2.3 asks for.
enum JSONNumber {
    /// The shortest decimal form that reads back as `value`; nil for infinities and not-a-number, which JSON has no form for.
    static func text(_ value: Double) -> String? {
        guard value.isFinite else { return nil }
        if value == 0 { return "0" }
        let (digits, point) = decimal(value.magnitude)
        let sign = value < 0 ? "-" : ""
        // ECMA-262 Number::toString, steps 6 to 10, where `point` is its n and `digits.count` its k.
        switch point {
        case digits.count...21 where digits.count <= 21:
            return sign + digits + zeros(point - digits.count)
        case 1...21:
            return sign + digits.prefix(point) + "." + digits.dropFirst(point)
        case -5...0:
            return sign + "0." + zeros(-point) + digits
        default:
            let exponent = point - 1
            let fraction = digits.count == 1 ? "" : "." + digits.dropFirst()
            return sign + digits.prefix(1) + fraction + (exponent < 0 ? "e-" : "e+") + "\(exponent.magnitude)"
        }
    }

    /// The shortest digits of `value` = 0.digits × 10^point, without zeros at either end.
    ///
    /// Swift's own description has the right digits and another layout.
    private static func decimal(_ value: Double) -> (digits: String, point: Int) {
        let parts = value.description.split(separator: "e")
        let mantissa = parts[0].split(separator: ".")
        let fraction = mantissa.count > 1 ? mantissa[1] : ""
        var digits = Substring(mantissa[0] + fraction)
        var point = mantissa[0].count + (parts.count > 1 ? Int(parts[1]) ?? 0 : 0)
        while digits.first == "0" {
            digits.removeFirst()
            point -= 1
        }
        while digits.last == "0" { digits.removeLast() }
        return (String(digits), point)
    }

    private static func zeros(_ count: Int) -> String { String(repeating: "0", count: count) }
}
