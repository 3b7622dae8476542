/// How many values of a context key hold at once.
enum ContextRule {
    case multiple, single, number

    init(of key: String) {
        if Self.numberKeys.contains(key) {
            self = .number
        } else {
            self = Self.singleKeys.contains(key) ? .single : .multiple
        }
    }

    private static let singleKeys: Set<String> = ["task", "format", "precision", "license"]
    private static let numberKeys: Set<String> = [
        "size", "mem", "flops", "params", "latency_ms", "fps", "energy_mj", "map", "map50", "top1", "f1", "opset",
        "input.w", "input.h", "input.c", "input.fps", "input.hz",
    ]
}
