public import Registry

/// What well-known context keys and values are called in Korean and English, which words mean the same, and which
/// values go together.
///
/// General knowledge of the field, read from the files of `Vocabulary/`. It is advice: models may use any key and value.
public struct ContextVocabulary: Sendable {
    public private(set) var keys: [Key] = []
    /// In the order of the files; what ``adding(_:)`` brings and is new stands last.
    public private(set) var entries: [Entry] = []
    private var keyIndex: [String: Int] = [:]
    private var tagIndex: [String: Int] = [:]
    private var names = VocabularyNames()
    /// Entries by what they are a kind of.
    private var narrowerIndex: [String: [Int]] = [:]
    /// What administrators call keys, well known or not.
    private var keyLabels: [String: Label] = [:]
    /// What administrators have named, as `key` or `key:value`.
    private var named: Set<String> = []

    /// One that knows nothing.
    public init() {}

    /// Reads files, later ones over earlier ones.
    ///
    /// - Throws: ``VocabularyError`` with file and line.
    public init(_ files: [VocabularyFile]) throws(VocabularyError) {
        var parser = VocabularyParser()
        for file in files { try parser.read(file) }
        for key in parser.keys { add(key) }
        for entry in parser.entries { add(entry) }
    }

    /// The vocabulary with the service types of a repository, which admins edit, over the ones of the files.
    ///
    /// It costs a copy; ``AdaptedVocabulary`` keeps the result.
    public func adding(_ serviceTypes: [ServiceType]) -> ContextVocabulary {
        var result = self
        for type in serviceTypes {
            let known = entry(for: "service:\(type.id)")
            if known?.label == type.label { continue }
            var entry = known ?? Entry(key: "service", value: type.id, label: type.label)
            entry.label = type.label
            if let label = known?.label { entry.synonyms += [label.ko, label.en] }
            result.add(entry)
        }
        return result
    }

    /// The vocabulary with what administrators call keys and values, in place of what the files call them; what else the
    /// files say of a value holds on.
    ///
    /// It is made anew from its entries, so that a name or synonym that was taken away is gone; ``AdaptedVocabulary`` keeps
    /// the result.
    public func replacing(_ labels: [ContextLabel]) -> ContextVocabulary {
        guard !labels.isEmpty else { return self }
        var result = ContextVocabulary()
        var entries = entries
        var added: [String: Int] = [:]
        for label in labels {
            result.named.insert(label.subject)
            guard let value = label.value else {
                result.keyLabels[label.key] = label.label
                continue
            }
            let tag = "\(label.key):\(value)"
            if let place = place(of: tag) ?? added[tag] {
                entries[place].label = label.label
                entries[place].synonyms = label.synonyms
            } else {
                added[tag] = entries.count
                entries.append(
                    Entry(
                        key: label.key, value: value, label: label.label, synonyms: label.synonyms,
                        isCode: key(label.key)?.hasCodes ?? false))
            }
        }
        for key in keys { result.add(key) }
        for entry in entries { result.add(entry) }
        return result
    }

    /// What a key is called; nil for one that nobody has given a name.
    public func label(ofKey key: String) -> Label? { keyLabels[key] ?? self.key(key)?.label }

    /// Whether an administrator has named a key.
    public func isNamed(key: String) -> Bool { named.contains(key) }

    /// Whether an administrator has named a value of a key, or another value that says the same.
    public func isNamed(key: String, folded: String) -> Bool {
        let tag = "\(key):\(folded)"
        return named.contains(entry(for: tag)?.tag ?? tag)
    }

    /// What is known of `key`; nil for a key that is not well known.
    public func key(_ key: String) -> Key? { keyIndex[key].map { keys[$0] } }

    /// The keys that say the same as `key`, itself first: `lang`, `language`.
    public func keys(like key: String) -> [String] {
        let main = self.key(key)?.sameAs ?? key
        return [key] + keys.filter { $0.key != key && ($0.key == main || $0.sameAs == main) }.map(\.key)
    }

    /// The keys that count the same as `key`, itself first: `params`, `mparams`.
    public func keys(counting key: String) -> [String] {
        let main = self.key(key)?.scale?.key ?? key
        return keys(like: key) + keys.filter { $0.key != key && ($0.key == main || $0.scale?.key == main) }.map(\.key)
    }

    /// The entry of `key:value`, the value in folded form; also of another value or key that says the same.
    public func entry(for tag: String) -> Entry? { place(of: tag).map { entries[$0] } }

    private func place(of tag: String) -> Int? {
        if let index = tagIndex[tag] { return index }
        guard let colon = tag.firstIndex(of: ":"), let main = key(String(tag[..<colon]))?.sameAs else { return nil }
        return tagIndex[main + tag[colon...]]
    }

    /// What the value of a tag is called; nil for one that is not well known.
    public func label(key: String, folded: String) -> Label? {
        place(of: "\(key):\(folded)").map { entries[$0].label }
    }

    /// The entries that are kinds of `key:value`.
    public func entries(narrowerThan tag: String) -> [Entry] { narrowerIndex[tag, default: []].map { entries[$0] } }

    /// The entries that are named exactly so; `phrase` comes from ``phrase(_:)``.
    package func entries(named phrase: String) -> [Entry] { names.strong[phrase, default: []].map { entries[$0] } }

    /// The entries that `phrase` has something to do with, but does not name.
    package func entries(looselyNamed phrase: String) -> [Entry] {
        names.loose[phrase, default: []].map { entries[$0] }
    }

    /// The few entries in a name of which a word stands: 윤곽선 in 윤곽선 검출; none for a word that many have.
    package func entries(partlyNamed word: SearchText.Word) -> [Entry] {
        let places = names.parts[ContextVocabulary.phrase([word]), default: []]
        return places.count > Self.mostPartlyNamed ? [] : places.map { entries[$0] }
    }

    private static let mostPartlyNamed = 3

    /// A name of an entry, or any other.
    package func read(_ name: String) -> VocabularyName { names.read[name] ?? VocabularyName(name) }

    /// Whether a word stands in a name.
    package func holds(_ word: SearchText.Word) -> Bool { names.holds(word) }

    /// The entries with a name that is the same when the spaces in it are left out; `text` without separators.
    package func entries(joined text: String) -> [Entry] {
        names.joined[SearchText.stem(text), default: []].map { entries[$0] }
    }

    /// Names in Hangul without spaces, to correct mistyped ones by; of at least two characters.
    var grammedNames: SimilarNames { names.grammed }

    /// The entries with a key, a name of which begins with `text` (folded).
    package func entries(beginning text: String) -> [Entry] { names.beginning(text).map { entries[$0] } }

    /// The entries with a key, a name of which in Hangul is typed with keys that begin so (``Keystrokes``).
    package func entries(typedWith keys: [UInt8]) -> [Entry] { names.beginning(keys: keys).map { entries[$0] } }

    /// A name in Hangul that is typed with exactly these keys; nil when there is none.
    package func name(typedWith keys: [UInt8]) -> String? {
        for entry in names.typed(keys).map({ entries[$0] }) {
            let name = entry.names.map(\.folded).first { name in
                Keystrokes.keys(of: name) == keys && SearchText.words(name).contains(where: \.isGrammed)
            }
            if let name { return name }
        }
        return nil
    }

    /// The most words in one name.
    package var longestName: Int { names.longest }

    /// Single Latin words of all names, to correct mistyped ones by.
    var latinWords: SimilarNames { names.latinWords }

    /// A name as it is compared: stems of words joined by spaces, Hangul without any.
    package static func phrase(
        _ words: some Collection<SearchText.Word>, stem: (String) -> String = SearchText.stem
    ) -> String {
        var phrase = ""
        var lastIsGrammed = true
        for word in words {
            if !phrase.isEmpty, !(word.isGrammed && lastIsGrammed) { phrase += " " }
            phrase += word.isGrammed ? word.text : stem(word.text)
            lastIsGrammed = word.isGrammed
        }
        return phrase
    }

    private mutating func add(_ key: Key) {
        keyIndex[key.key] = keys.count
        keys.append(key)
    }

    private mutating func add(_ entry: Entry) {
        let index: Int
        if let tag = entry.tag, let known = tagIndex[tag] {
            entries[known] = entry
            index = known
        } else {
            index = entries.count
            entries.append(entry)
            for value in entry.values where !entry.key.isEmpty {
                let tag = "\(entry.key):\(value)"
                // A line of its own says more of a value than one that only mentions it.
                if value == entry.value || tagIndex[tag] == nil { tagIndex[tag] = index }
            }
            for tag in entry.broader { narrowerIndex[tag, default: []].append(index) }
        }
        names.add(entry, at: index)
    }
}
