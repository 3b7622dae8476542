/// What administrators call a context key, or one of its values, in place of what the vocabulary says.
public struct ContextLabel: Sendable, Hashable {
    /// As in ``ContextTag/key``.
    public let key: String
    /// As in ``ContextTag/folded``; nil for the key itself.
    public let value: String?
    public let label: Label
    /// Other words for the value, in either language; a key has none.
    public let synonyms: [String]

    /// The most synonyms of one value.
    public static let maximumSynonyms = 64

    /// What was kept, as it was kept: by the rules of its day, which need not be these.
    package init(kept key: String, value: String?, label: Label, synonyms: [String]) {
        (self.key, self.value, self.label, self.synonyms) = (key, value, label, synonyms)
    }

    /// - Throws: `validation-failed` when the key or value is none, a label (1–100 characters) or a synonym (1–100, at
    ///   most 64 of them, none of a key) breaks its rule: plain text without invisible characters, but for those that
    ///   emoji consist of.
    public init(key: String, value: String?, label: Label, synonyms: [String]) throws(RegistryError) {
        guard ContextTag.isKey(key) else {
            throw .invalid("key", "is no context key", ko: "컨텍스트 키가 아닙니다")
        }
        self.key = key
        if let value {
            self.value = try ContextTag(key: key, value: value).folded
        } else {
            self.value = nil
        }
        self.label = Label(
            ko: try Self.name(label.ko, field: "label.ko"), en: try Self.name(label.en, field: "label.en"))
        guard value != nil || synonyms.isEmpty else {
            throw .invalid("synonyms", "only values have them", ko: "값에만 쓸 수 있습니다")
        }
        guard synonyms.count <= Self.maximumSynonyms else {
            throw .invalid(
                "synonyms", "at most \(Self.maximumSynonyms)", ko: "\(Self.maximumSynonyms)개까지입니다")
        }
        var unique: [String] = []
        for synonym in synonyms {
            let word = try Self.name(synonym, field: "synonyms")
            if !unique.contains(word) { unique.append(word) }
        }
        self.synonyms = unique
    }

    /// Two names must not look alike: what cannot be seen is refused.
    private static func name(_ text: String, field: String) throws(RegistryError) -> String {
        let name = try PlainText.checked(text, field: field, maximum: 100, required: true)
        guard !hasInvisible(name) else {
            throw .invalid(field, "must not hold invisible characters", ko: "보이지 않는 문자를 쓸 수 없습니다")
        }
        return name
    }

    /// Whether there is more that cannot be seen than what makes one emoji of several characters: a variation selector
    /// behind an emoji, a joiner between two (UTS #51 §1.4).
    private static func hasInvisible(_ text: String) -> Bool {
        let scalars = Array(text.unicodeScalars)
        func isEmoji(at place: Int) -> Bool {
            // Digits are emoji by their property.
            scalars.indices.contains(place) && !scalars[place].isASCII && scalars[place].properties.isEmoji
        }
        func isSelector(at place: Int) -> Bool {
            ["\u{FE0E}", "\u{FE0F}"].contains(scalars[place]) && isEmoji(at: place - 1)
        }
        return scalars.indices.contains { place in
            guard scalars[place].isInvisible, !isSelector(at: place) else { return false }
            let joins = scalars[place] == "\u{200D}" && place > 0 && isEmoji(at: place + 1)
            return !joins || !(isEmoji(at: place - 1) || isSelector(at: place - 1))
        }
    }

    /// `key:value`, or the key alone.
    public var subject: String { value.map { "\(key):\($0)" } ?? key }
}
