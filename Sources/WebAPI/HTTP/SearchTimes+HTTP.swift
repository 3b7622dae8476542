import Services

extension SearchTimes {
    /// `Server-Timing` (W3C Server Timing), in milliseconds: `plan;dur=0.312, search;dur=1.805`.
    var field: String {
        "plan;dur=\(Self.milliseconds(planning)), search;dur=\(Self.milliseconds(finding))"
    }

    private static func milliseconds(_ time: Duration) -> String {
        let (seconds, attoseconds) = time.components
        let fraction = String(attoseconds / 1_000_000_000_000 % 1000)
        return "\(seconds * 1000 + attoseconds / 1_000_000_000_000_000)."
            + String(repeating: "0", count: 3 - fraction.count) + fraction
    }
}
