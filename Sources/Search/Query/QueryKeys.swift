import Registry

/// Which texts name context keys.
final class QueryKeys {
    private let isKnown: (String) -> Bool
    private let isNumber: (String) -> Bool
    private var answers: [String: Bool] = [:]

    init(isKnown: @escaping (String) -> Bool, isNumber: @escaping (String) -> Bool) {
        (self.isKnown, self.isNumber) = (isKnown, isNumber)
    }

    /// Whether a key may have numbers to order by.
    func hasNumbers(_ key: String) -> Bool { Self.numberKeys.contains(key) || isNumber(key) }

    /// The key that `name` (in any case) stands for: itself, or a key by another of its names such as 크기.
    func key(named name: String) -> String? {
        let folded = name.folded
        if isKey(folded) { return folded }
        guard let other = Self.otherNames[folded], isKey(other) else { return nil }
        return other
    }

    /// Whether a key is a measure of how good models are, which has no unit but percent.
    static func isMeasure(_ key: String) -> Bool { measures.contains(key) }

    /// The key of numbers that `name` stands for in plain language: `memory`, 용량; also a measure of how good models are,
    /// if it is known of any.
    func numberKey(named name: String) -> String? {
        let key = Self.otherNames[name] ?? name
        return Self.numberKeys.contains(key) || Self.measures.contains(key) && isKey(key) ? key : nil
    }

    private func isKey(_ key: String) -> Bool {
        guard ContextTag.isKey(key) else { return false }
        if Self.numberKeys.contains(key) { return true }
        if let known = answers[key] { return known }
        let answer = isKnown(key)
        answers[key] = answer
        return answer
    }

    /// Keys that search has by itself.
    private static let numberKeys: Set<String> = [
        "size", "mem", "flops", "params", "latency_ms", "fps", "energy_mj",
    ]

    private static let measures: Set<String> = ["map", "map50", "top1", "top5", "f1", "miou", "wer"]

    private static let otherNames = [
        "top-1": "top1", "top-5": "top5",
        "크기": "size", "용량": "size", "사이즈": "size", "filesize": "size", "modelsize": "size", "파일크기": "size",
        "모델크기": "size", "memory": "mem", "ram": "mem", "메모리": "mem", "램": "mem", "latency": "latency_ms",
        "지연": "latency_ms", "지연시간": "latency_ms", "추론시간": "latency_ms", "inferencetime": "latency_ms",
        "레이턴시": "latency_ms", "framerate": "fps", "프레임": "fps", "parameters": "params", "parameter": "params",
        "param": "params", "파라미터": "params", "파라미터수": "params", "파라미터개수": "params", "파라메터": "params", "매개변수수": "params",
        "매개변수": "params", "연산량": "flops", "energy": "energy_mj",
        "에너지": "energy_mj", "서비스": "service", "과제": "task", "대상": "object", "객체": "object", "환경": "env",
        "센서": "sensor", "형식": "format", "포맷": "format", "런타임": "runtime", "정밀도": "precision",
        "가속기": "accel", "보드": "board", "라이선스": "license", "licence": "license", "언어": "lang",
        "데이터셋": "dataset", "지역": "region", "태그": "tag",
    ]
}
