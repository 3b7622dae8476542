/// Texts that look like queries, more or less; the same ones for the same seed.
struct QueryGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed &* 0xD134_2543_DE82_EF95 }

    mutating func query() -> String {
        let length = below(10) == 0 ? below(160) : below(12)
        let kind = below(8)
        var text = ""
        for _ in 0..<length {
            switch kind {
            case 0: append(scalar: UInt32(below(0x11_0000)), to: &text)
            case 1: append(scalar: UInt32(0x20 + below(0x60)), to: &text)
            case 2: text += Self.marks[below(Self.marks.count)]
            default:
                text += Self.pieces[below(Self.pieces.count)]
                if below(3) > 0 { text += " " }
                if below(12) == 0 { append(scalar: UInt32(below(0x3000)), to: &text) }
            }
        }
        return text
    }

    private func append(scalar value: UInt32, to text: inout String) {
        if let scalar = Unicode.Scalar(value) { text.unicodeScalars.append(scalar) }
    }

    /// SplitMix64 (Steele, Lea, Flood 2014).
    private mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    private mutating func below(_ bound: Int) -> Int { Int(next() % UInt64(bound)) }

    private static let marks = [
        " ", " ", "\"", "“", "”", "(", ")", "（", "）", "-", "*", ":", "：", ",", "|", "OR", "<", ">", "=", "≤", "?", "..",
        "@",
        "a", "5", "size", "format", "sort", "has", "MB", ".", "!", "~", "\u{0}", "가",
    ]

    private static let pieces =
        marks + [
            "face", "얼굴", "int8", "yolo*", "\"license plate\"", "“차량 번호판”", "format:onnx", "-format:onnx", "(", ")",
            "-(",
            "OR", "format:", "format:\"a b\",c", "note:\"a b\"", "a:b", "http://x", "size<", "size<5MB", "size<5",
            "size", "크기",
            "크기가", "메모리", "memory", "latency", "latency_ms@rpi5", "<=", "<", ">=50ms?", "50", "5MB", "5", "MB", "ms",
            "fps",
            "30fps", "30프레임", "이하", "이상", "미만의", "보다", "작은", "under", "below", "less", "than", "at", "most", "least",
            "more", "no", "or", "up", "to", "between", "and", "5~10MB", "10MB이하", "of", "params", "million", "5M", "만",
            "1,000",
            "has:license", "has:x", "sort:new", "sort:-size", "-sort:size", "sort:x", "sort:", "size:1MB..2MB",
            "size:..5",
            "size:a..5", "size:5..", "size!=5MB", "top1@imagenet>=70%", "zzz>=5", "5\"", "max", "file", "of", "is",
            "1e5",
            "0.001", "size<1e300", "fps>=-0", "params<5", "넘지", "않는", "faster", "5MB,", "size:\"5MB\"", "opset:13", "-",
            "--x",
        ]
}
