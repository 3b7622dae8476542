public import Registry

/// What well-known context keys and values are called in Korean and English, which words mean the same, and which
/// values go together.
///
/// General knowledge of the field. It is advice: models may use any key and value.
public struct ContextVocabulary: Sendable {
    /// A context key: `object`, `task`.
    public struct Key: Sendable {
        /// As in ``ContextTag/key``.
        public let key: String
        public let label: Label
        /// `keyword`, `number` or `version range`.
        public let kind: String
    }

    /// A value of a key, or a word without a key (then ``key`` is empty).
    public struct Entry: Sendable, Hashable {
        /// As in ``ContextTag/key``; empty for a word without one.
        public let key: String
        /// As in ``ContextTag/folded``, or the word.
        public let value: String
        public let label: Label
        /// Other words for the same, in either language.
        public let synonyms: [String]
        /// Values that go together with this one, as `key:value`.
        public let related: [String]

        public init(key: String, value: String, label: Label, synonyms: [String] = [], related: [String] = []) {
            (self.key, self.value, self.label) = (key, value, label)
            (self.synonyms, self.related) = (synonyms, related)
        }

        /// `key:value`; nil for a word without a key.
        public var tag: String? { key.isEmpty ? nil : "\(key):\(value)" }

        /// What finds the models that are tagged with it; nil for a word without a key.
        package var filter: SearchQuery.TagFilter? {
            key.isEmpty ? nil : try? SearchQuery.TagFilter(key: key, values: [value])
        }

        /// Everything that names it.
        public var names: [String] { [value, label.ko, label.en] + synonyms }
    }

    public private(set) var keys: [Key] = []
    /// In the order of the tables; what ``adding(_:)`` brings and is new stands last.
    public private(set) var entries: [Entry] = []
    private var keyIndex: [String: Int] = [:]
    private var tagIndex: [String: Int] = [:]
    /// Entries by their names in the form of ``phrase(_:)``.
    private var nameIndex: [String: [Int]] = [:]
    /// The most words in one name.
    package private(set) var longestName = 1

    /// The vocabulary that the product comes with.
    public static let standard = ContextVocabulary(
        tables: [services, objects, tasks, platforms, words])

    init(tables: [String]) {
        for table in tables { read(table) }
    }

    /// The vocabulary with the service types of a repository, which admins edit, over the built-in ones.
    public func adding(_ serviceTypes: [ServiceType]) -> ContextVocabulary {
        var result = self
        for type in serviceTypes {
            let known = entry(for: "service:\(type.id)")
            if known?.label == type.label { continue }
            result.add(
                Entry(
                    key: "service", value: type.id, label: type.label,
                    synonyms: known.map { $0.synonyms + [$0.label.ko, $0.label.en] } ?? [],
                    related: known?.related ?? []))
        }
        return result
    }

    /// What `key` is called; nil for a key that is not well known.
    public func key(_ key: String) -> Key? { keyIndex[key].map { keys[$0] } }

    /// The entry of `key:value`, the value in folded form.
    public func entry(for tag: String) -> Entry? { tagIndex[tag].map { entries[$0] } }

    /// What the value of a tag is called; nil for one that is not well known.
    public func label(key: String, folded: String) -> Label? { entry(for: "\(key):\(folded)")?.label }

    /// The entries that are named exactly so; `phrase` comes from ``phrase(_:)``.
    package func entries(named phrase: String) -> [Entry] { nameIndex[phrase, default: []].map { entries[$0] } }

    /// The entries with a key, a name of which begins with `text` (folded).
    package func entries(beginning text: String) -> [Entry] {
        entries.filter { entry in !entry.key.isEmpty && entry.names.contains { $0.lowercased().hasPrefix(text) } }
    }

    /// A name as it is compared: stems of words joined by spaces, Hangul without any.
    package static func phrase(_ words: some Collection<SearchText.Word>) -> String {
        var phrase = ""
        var lastIsGrammed = true
        for word in words {
            if !phrase.isEmpty, !(word.isGrammed && lastIsGrammed) { phrase += " " }
            phrase += word.isGrammed ? word.text : SearchText.stem(word.text)
            lastIsGrammed = word.isGrammed
        }
        return phrase
    }

    /// Single Latin words of all names, to correct mistyped ones by.
    package private(set) var latinWords: Set<String> = []

    private mutating func read(_ table: String) {
        var key = ""
        for line in table.split(separator: "\n") {
            if line.first == "[" {
                let columns = line.dropFirst().dropLast().split(separator: "|", omittingEmptySubsequences: false)
                guard columns.count == 4 else { continue }
                key = String(columns[0])
                guard !key.isEmpty else { continue }
                keyIndex[key] = keys.count
                let label = Label(ko: String(columns[1]), en: String(columns[2]))
                keys.append(Key(key: key, label: label, kind: String(columns[3])))
            } else {
                let columns = line.split(separator: "|", omittingEmptySubsequences: false).map(String.init)
                guard columns.count == 5 else { continue }
                add(
                    Entry(
                        key: key, value: columns[0], label: Label(ko: columns[1], en: columns[2]),
                        synonyms: columns[3].split(separator: ",").map(String.init),
                        related: columns[4].split(separator: ",").map(String.init)))
            }
        }
    }

    private mutating func add(_ entry: Entry) {
        let index: Int
        if let tag = entry.tag, let known = tagIndex[tag] {
            entries[known] = entry
            index = known
        } else {
            index = entries.count
            entries.append(entry)
            if let tag = entry.tag { tagIndex[tag] = index }
        }
        for name in entry.names {
            let words = SearchText.words(name)
            longestName = max(longestName, words.count)
            for word in words where !word.isGrammed && word.text.utf8.count > 3 { latinWords.insert(word.text) }
            let phrase = Self.phrase(words)
            if !phrase.isEmpty, nameIndex[phrase]?.contains(index) != true {
                nameIndex[phrase, default: []].append(index)
            }
        }
    }
}
