import HTTPServer
import Registry

/// A language of the product.
enum Language: String, Sendable {
    case korean = "ko"
    case english = "en"

    /// The language that a request prefers (RFC 9110 §12.5.4); English when it names neither.
    init(of request: Request?) {
        guard let field = request?.fields["Accept-Language"] else {
            self = .english
            return
        }
        var best: (language: Language, quality: Int) = (.english, 0)
        for range in field.split(separator: ",").prefix(16) {
            let parts = range.split(separator: ";")
            guard let tag = parts.first?.trimmed else { continue }
            let primary = tag.split(separator: "-").first.map { $0.lowercased() }
            guard let language = primary.flatMap(Language.init(rawValue:)) else { continue }
            let quality = parts.dropFirst().first.map { Self.thousandths($0.trimmed) } ?? 1000
            if quality > best.quality { best = (language, quality) }
        }
        self = best.language
    }

    /// - Throws: `validation-failed` when `text` names no language of the product.
    static func name(_ text: String) throws(RegistryError) -> String {
        guard let language = Language(rawValue: text) else {
            throw .invalid("language", "ko or en", ko: "ko 또는 en입니다")
        }
        return language.rawValue
    }

    private static func thousandths(_ parameter: Substring) -> Int {
        guard parameter.hasPrefix("q="), let value = Double(parameter.dropFirst(2)), value >= 0, value <= 1 else {
            return 0
        }
        return Int(value * 1000)
    }
}

extension RegistryError.Message {
    func text(in language: Language) -> String { language == .korean ? ko : en }
}

extension Substring {
    /// Without spaces and tabs around it.
    var trimmed: Substring { ASCII.trimmed(self) }
}
