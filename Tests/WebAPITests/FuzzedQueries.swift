/// Query strings that nobody would type, and some that one might: pieces of the grammar, words of the models, any
/// Unicode, and all of it cut up. The same ones for the same seed.
struct FuzzedQueries {
    private var random: SplitMix
    private var last: [Unicode.Scalar] = Array("person 사람".unicodeScalars)

    static let words = [
        "person", "사람", "불법주정차", "야간", "people counting", "licence plate", "objct", "yolo", "yolov8n", "int8",
        "tflite", "화재 연기", "방범용", "번호판을", "detector", "night", "얼굴", "face-mesh", "the", "모델", "5MB", "35ms", "v2",
        "ａｂｃ", "İstanbul", "ﬁre", "Straße", "ça", "사\u{1161}", "\u{1112}\u{1161}\u{11AB}", "👨‍👩‍👧", "e\u{301}", "𝒳", "中文模型",
        "ไทย", "말고", "사람과", "제외", "except", "excluding", "mAP 40 이상", "params<5M",
    ]
    private static let keys = [
        "service", "task", "object", "env", "format", "precision", "license", "size", "latency_ms", "latency_ms@rpi5",
        "top1@imagenet", "tag", "nosuchkey", "has", "sort", "Service", "input.w", "@", "a@b@c", "",
    ]
    private static let values = [
        "illegal-parking", "night", "day,night", "onnx", "\"license plate\"", "5MB", "1..2", "..5GB", "1e308", "-0",
        "nan",
        "inf", "9999999999999999999999999", "0x10", "1.2.3", "5MiB..1KB", ",", ",,a", "\"", "", "*", "사람", "-size",
        "new",
        ">=2.14,<3", "size@", "35@rpi5",
    ]
    private static let marks = [
        " ", "  ", "\t", "(", ")", "((", "))", " OR ", "OR", " or ", "-", "--", "\"", "*", ":", "::", ",", "?", "<",
        "<=", ">",
        ">=", "=", "..", "@", "AND", "NOT", "'", "%", "_", "\\", ";", "|", "&", "#", "+", "/", "{", "}", "[", "]", "~",
        "^",
        "\u{1}", "\n", "\u{200B}", "\u{202E}", "\u{FEFF}", "\u{3000}", "\u{FFFD}", "\u{E000}", "\u{10FFFF}", "\u{2D1}",
        "ㅋㅋ",
    ]

    init(seed: UInt64) { random = SplitMix(state: seed) }

    /// At most 600 Unicode scalars, of which 512 are read.
    mutating func next() -> String {
        var scalars: [Unicode.Scalar] = []
        for _ in 0..<random.below(8) + 1 {
            switch random.below(12) {
            case 0...3: scalars += pick(Self.words).unicodeScalars
            case 4, 5:
                scalars +=
                    (pick(Self.keys) + pick([":", ":", "<", "<=", ">", ">=", "="]) + pick(Self.values)).unicodeScalars
            case 6, 7: scalars += pick(Self.marks).unicodeScalars
            case 8: for _ in 0..<random.below(12) { scalars.append(anyScalar()) }
            case 9: scalars += last.prefix(random.below(last.count + 1))
            case 10: scalars += String(repeating: pick(Self.marks + Self.words), count: random.below(60)).unicodeScalars
            default:
                scalars +=
                    (pick(["-", "(", "\"", ""]) + pick(Self.words) + pick([")", "\"", "*", "?", ""])).unicodeScalars
            }
            if random.below(3) > 0 { scalars.append(" ") }
        }
        if random.below(3) == 0 { mutate(&scalars) }
        last = Array(scalars.prefix(600))
        var text = String.UnicodeScalarView()
        text.append(contentsOf: last)
        return String(text)
    }

    /// The path that asks for a query, in one of many orders, with filters and facets.
    mutating func target(_ query: String) -> String {
        "/api/v1/models?q=" + Self.escaped(query) + pick(["", "", "&limit=1", "&limit=100"])
            + pick(["", "", "&sort=relevance", "&sort=updated", "&sort=downloads", "&sort=name"])
            + pick(["", "&facets=service,task,object,env,format", "&facets=size,tag,nosuchkey"])
            + pick(["", "", "", "&service=illegal-parking", "&tag=env:night&tag=object:person", "&format=onnx,tflite"])
    }

    private mutating func mutate(_ scalars: inout [Unicode.Scalar]) {
        for _ in 0..<random.below(6) + 1 where !scalars.isEmpty {
            let place = random.below(scalars.count)
            switch random.below(5) {
            case 0: scalars.remove(at: place)
            case 1: scalars.insert(anyScalar(), at: place)
            case 2: scalars.swapAt(place, random.below(scalars.count))
            case 3: scalars[place] = anyScalar()
            default: scalars.insert(contentsOf: scalars[place...].prefix(random.below(20)), at: place)
            }
        }
    }

    private mutating func anyScalar() -> Unicode.Scalar {
        let bounds: [UInt32] = [0x7F, 0x7F, 0x24F, 0x11FF, 0x3130, 0xD7A3, 0xFFFF, 0x10_FFFF]
        let value = UInt32(random.below(Int(bounds[random.below(bounds.count)]) + 1))
        return Unicode.Scalar(value) ?? "\u{AC00}"
    }

    private mutating func pick(_ some: [String]) -> String { some[random.below(some.count)] }

    private static func escaped(_ text: String) -> String {
        text.utf8.map { "%" + ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }
}

/// SplitMix64 (Steele, Lea, Flood, "Fast Splittable Pseudorandom Number Generators", 2014).
private struct SplitMix {
    var state: UInt64

    mutating func below(_ bound: Int) -> Int {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return Int((z ^ (z >> 31)) % UInt64(bound))
    }
}
