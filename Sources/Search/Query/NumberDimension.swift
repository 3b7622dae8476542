/// What the numbers of a context key measure, and in which units people give them.
enum NumberDimension: Sendable {
    case bytes, operations, count, milliseconds, framesPerSecond, hertz, millijoules
    /// A number without a unit of its own, such as an accuracy.
    case plain

    init(key: String) {
        switch key {
        case "size", "mem", "ram", "disk": self = .bytes
        case "flops": self = .operations
        case "params": self = .count
        case "fps", "input.fps": self = .framesPerSecond
        case "input.hz", "sample-rate": self = .hertz
        default: self = key.hasSuffix("_ms") ? .milliseconds : key.hasSuffix("_mj") ? .millijoules : .plain
        }
    }

    /// Whether the canonical form is an integer.
    var isWhole: Bool {
        switch self {
        case .bytes, .operations, .count: true
        case .milliseconds, .framesPerSecond, .hertz, .millijoules, .plain: false
        }
    }

    /// The canonical unit as it is written behind a number.
    var unit: String {
        switch self {
        case .bytes: "B"
        case .operations: "FLOPs"
        case .milliseconds: "ms"
        case .framesPerSecond: "fps"
        case .hertz: "Hz"
        case .millijoules: "mJ"
        case .count, .plain: ""
        }
    }

    /// Units in lower case and how many canonical ones each is.
    var units: [String: Double] {
        switch self {
        case .bytes: Self.byteUnits
        case .operations: Self.operationUnits
        case .count: Self.counts
        case .milliseconds: Self.timeUnits
        case .framesPerSecond: Self.rateUnits
        case .hertz: Self.frequencyUnits
        case .millijoules: Self.energyUnits
        case .plain: Self.plainUnits
        }
    }

    /// The key that a number with this unit (in lower case) is about without doubt: bytes are the size.
    static func key(ofUnit unit: String) -> String? {
        guard unit.unicodeScalars.count > 1 else { return nil }
        if byteUnits[unit] != nil { return unit.hasSuffix("i") ? nil : "size" }
        if unit.hasSuffix("flops") || unit.hasSuffix("flop") { return operationUnits[unit] == nil ? nil : "flops" }
        switch unit {
        case "ms", "msec", "millisecond", "milliseconds", "밀리초": return "latency_ms"
        case "fps", "프레임": return "fps"
        case "mj": return "energy_mj"
        default: return nil
        }
    }

    /// Hangul units, the longest first where one begins another.
    static let hangulUnits = [
        "메가바이트", "기가바이트", "킬로바이트", "테라바이트", "바이트", "메가", "기가", "테라", "밀리초", "마이크로초", "초",
        "프레임", "백만", "천만", "십억", "천", "만", "억", "조",
    ]

    private static let byteUnits: [String: Double] = [
        "b": 1, "byte": 1, "bytes": 1, "바이트": 1,
        "k": 1e3, "kb": 1e3, "kilobyte": 1e3, "kilobytes": 1e3, "킬로바이트": 1e3,
        "m": 1e6, "mb": 1e6, "megabyte": 1e6, "megabytes": 1e6, "메가바이트": 1e6, "메가": 1e6,
        "g": 1e9, "gb": 1e9, "gigabyte": 1e9, "gigabytes": 1e9, "기가바이트": 1e9, "기가": 1e9,
        "t": 1e12, "tb": 1e12, "terabyte": 1e12, "terabytes": 1e12, "테라바이트": 1e12, "테라": 1e12,
        "ki": 1_024, "kib": 1_024, "mi": 1_048_576, "mib": 1_048_576,
        "gi": 1_073_741_824, "gib": 1_073_741_824, "ti": 1_099_511_627_776, "tib": 1_099_511_627_776,
    ]

    private static let counts: [String: Double] = [
        "k": 1e3, "thousand": 1e3, "천": 1e3, "만": 1e4,
        "m": 1e6, "million": 1e6, "백만": 1e6, "천만": 1e7, "억": 1e8,
        "b": 1e9, "g": 1e9, "billion": 1e9, "십억": 1e9, "t": 1e12, "trillion": 1e12, "조": 1e12,
    ]

    private static let operationUnits: [String: Double] = {
        var units = counts
        for (letter, factor) in [("", 1.0), ("k", 1e3), ("m", 1e6), ("g", 1e9), ("t", 1e12), ("p", 1e15)] {
            for name in ["flop", "flops", "op", "ops"] { units[letter + name] = factor }
        }
        return units
    }()

    private static let timeUnits: [String: Double] = [
        "ns": 1e-6, "us": 1e-3, "µs": 1e-3, "μs": 1e-3, "usec": 1e-3, "마이크로초": 1e-3,
        "ms": 1, "msec": 1, "millisecond": 1, "milliseconds": 1, "밀리초": 1,
        "s": 1e3, "sec": 1e3, "second": 1e3, "seconds": 1e3, "초": 1e3,
    ]

    private static let rateUnits: [String: Double] = ["fps": 1, "hz": 1, "프레임": 1]

    private static let frequencyUnits: [String: Double] = ["hz": 1, "khz": 1e3, "k": 1e3, "mhz": 1e6]

    private static let energyUnits: [String: Double] = [
        "uj": 1e-3, "µj": 1e-3, "μj": 1e-3, "mj": 1, "j": 1e3, "kj": 1e6,
    ]

    private static let plainUnits: [String: Double] = counts.merging(["%": 0.01, "px": 1]) { first, _ in first }
}
