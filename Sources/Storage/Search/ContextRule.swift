/// Which context keys have one value, so that better sources replace others; all other keys may have several at once.
///
/// A table of its own beside the vocabulary: documents must not change with files that operators edit.
enum ContextRule {
    static func isMultiple(_ key: String) -> Bool { !words.contains(key) && !numbers.contains(key) }

    private static let words: Set<String> = [
        "task", "pipeline_tag", "format", "file-format", "platform", "precision", "quantization", "dtype", "license",
        "licence",
    ]
    private static let numbers: Set<String> = [
        "size", "mem", "flops", "gflops", "params", "mparams", "latency_ms", "fps", "energy_mj", "opset", "input.w",
        "input.h", "input.c", "input.fps", "input.hz", "sample-rate", "map", "map50", "top1", "top5", "accuracy", "f1",
        "miou", "wer",
    ]
}
