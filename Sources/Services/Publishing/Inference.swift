import Registry

/// What the names of artifacts tell of a variant.
enum Inference {
    /// `format:` and `precision:` of a variant, for the keys that nobody declared.
    ///
    /// - Throws: Never for the table below; a tag's rules are checked where it is made.
    static func context(
        of variant: VariantName, paths: [ArtifactPath], declared: [ContextTag]
    ) throws -> [ContextTag] {
        let keys = Set(declared.map(\.key))
        var tags: [ContextTag] = []
        if !keys.contains("format") {
            tags += try formats(of: paths).sorted().map { try ContextTag(key: "format", value: $0) }
        }
        if !keys.contains("precision"), let precision = precision(of: [variant.description] + paths.map(\.description))
        {
            tags.append(try ContextTag(key: "precision", value: precision))
        }
        return tags
    }

    static func formats(of paths: [ArtifactPath]) -> Set<String> {
        let names = paths.map { $0.description.lowercased() }
        let known = Set(names)
        var formats: Set<String> = []
        for name in names {
            if let format = format(of: name, among: known) { formats.insert(format) }
        }
        return formats
    }

    private static func format(of name: String, among names: Set<String>) -> String? {
        let parts = name.split(separator: "/")
        // A Core ML package and a SavedModel are directories; what lies inside tells nothing more.
        if parts.contains(where: { $0.hasSuffix(".mlpackage") || $0.hasSuffix(".mlmodelc") }) { return "coreml" }
        if name.hasSuffix("_edgetpu.tflite") { return "edgetpu" }
        guard let file = parts.last, let dot = file.lastIndex(of: ".") else { return nil }
        let stem = name.dropLast(file.distance(from: dot, to: file.endIndex))
        switch file[file.index(after: dot)...] {
        case "xml": return names.contains("\(stem).bin") ? "openvino" : nil
        case "param": return names.contains("\(stem).bin") ? "ncnn" : nil
        case let suffix: return bySuffix[String(suffix)]
        }
    }

    private static let bySuffix = [
        "onnx": "onnx", "ort": "onnx", "tflite": "tflite", "lite": "tflite", "mlmodel": "coreml", "pb": "savedmodel",
        "gguf": "gguf", "pt": "torchscript", "torchscript": "torchscript", "engine": "tensorrt", "plan": "tensorrt",
        "hef": "hef", "rknn": "rknn", "safetensors": "safetensors",
    ]

    /// The one precision that the names speak of; nil when they speak of none, or of several.
    private static func precision(of names: [String]) -> String? {
        var found: Set<String> = []
        for name in names {
            for word in name.lowercased().split(whereSeparator: { !$0.isLetter && !$0.isNumber }) {
                if let precision = byWord[String(word)] { found.insert(precision) }
            }
        }
        return found.count == 1 ? found.first : nil
    }

    private static let byWord = [
        "fp32": "fp32", "float32": "fp32", "f32": "fp32", "fp16": "fp16", "float16": "fp16", "f16": "fp16",
        "bf16": "bf16", "bfloat16": "bf16", "int8": "int8", "uint8": "int8", "i8": "int8", "q8": "int8",
        "int4": "int4", "q4": "int4",
    ]
}
