import Registry

/// Reads the lines of vocabulary files (Documentation/vocabulary.md).
///
///     # a comment
///     [key | Korean | English | kind, option… | Korean line on it | English line on it]
///     value | Korean | English | word, ~loose word, =other value, -word to take away | key:value, <key:value
///
/// `[]` begins words that belong to no key. A key or value that was there before is added to.
struct VocabularyParser {
    private(set) var keys: [ContextVocabulary.Key] = []
    private(set) var entries: [ContextVocabulary.Entry] = []
    private var keyPlaces: [String: Int] = [:]
    private var entryPlaces: [String: Int] = [:]
    /// Of the lines to come: empty for words without one, nil before the first section.
    private var section: String?
    private var file = ""
    private var line = 0

    mutating func read(_ file: VocabularyFile) throws(VocabularyError) {
        (self.file, line, section) = (file.name, 0, nil)
        for text in file.text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
            line += 1
            let text = String(Self.trimmed(Substring(text)))
            if text.isEmpty || text.first == "#" { continue }
            if text.first == "[" { try readKey(text) } else { try readEntry(text) }
        }
    }

    private mutating func readKey(_ text: String) throws(VocabularyError) {
        guard text.last == "]" else { throw failure("a section ends in ]") }
        let columns = Self.columns(of: text.dropFirst().dropLast(), separator: "|")
        let key = columns.first ?? ""
        section = key
        if key.isEmpty {
            guard columns.count < 2 else { throw failure("a section of words without a key is []") }
            return
        }
        guard ContextTag.isKey(key) else { throw failure("“\(key)” is no context key") }
        if columns.count == 1 {
            guard keyPlaces[key] != nil else { throw failure("[\(key)] is new: say what it is called and its kind") }
            return
        }
        guard columns.count == 4 || columns.count == 6 else {
            throw failure("a section has a key, two names, a kind, and none or two descriptions, between |")
        }
        guard !columns[1].isEmpty, !columns[2].isEmpty else { throw failure("a key has a Korean and an English name") }
        let described = columns.count == 6 ? Label(ko: columns[4], en: columns[5]) : Label(ko: "", en: "")
        let found = try self.key(key, Label(ko: columns[1], en: columns[2]), described, options: columns[3])
        if let place = keyPlaces[key] {
            keys[place] = found
        } else {
            keyPlaces[key] = keys.count
            keys.append(found)
        }
    }

    private func key(
        _ key: String, _ label: Label, _ description: Label, options: String
    ) throws(VocabularyError) -> ContextVocabulary.Key {
        typealias Key = ContextVocabulary.Key
        let words = Self.columns(of: options[...], separator: ",")
        guard let kind = words.first.flatMap(Key.Kind.init(rawValue:)) else {
            throw failure("“\(words.first ?? "")” is no kind: keyword, number or version range")
        }
        var (unit, place, sameAs, scale) = (Key.Unit?.none, Key.Place?.none, String?.none, Key.Scale?.none)
        for word in words.dropFirst() {
            if word == "multiple" || word == "codes" { continue }
            if let found = Key.Unit(rawValue: word) {
                unit = found
            } else if word.hasPrefix("at "), let found = Key.Place(rawValue: String(word.dropFirst(3))) {
                place = found
            } else if word.hasPrefix("same as "), ContextTag.isKey(word.dropFirst(8)) {
                sameAs = String(word.dropFirst(8))
            } else if let found = Self.scale(word) {
                scale = found
            } else {
                throw failure("“\(word)” is no option of a key")
            }
        }
        if kind != .number, unit != nil || place != nil || scale != nil {
            throw failure("only numbers have a unit, a place or a scale")
        }
        if let scale {
            let other = keyPlaces[scale.key].map { keys[$0] }
            guard scale.key != key, sameAs == nil, let other, other.kind == .number, other.scale == nil else {
                throw failure("“\(scale.key)” is no number that stands above and has no scale itself")
            }
        }
        return Key(
            key: key, label: label, description: description, kind: kind, unit: unit,
            isMultiple: words.contains("multiple"), needsPlace: place, hasCodes: words.contains("codes"),
            sameAs: sameAs, scale: scale)
    }

    /// `in millions of params`.
    private static func scale(_ option: String) -> ContextVocabulary.Key.Scale? {
        for (name, factor) in [("thousands", 1e3), ("millions", 1e6), ("billions", 1e9)] {
            let beginning = "in \(name) of "
            guard option.hasPrefix(beginning), ContextTag.isKey(option.dropFirst(beginning.count)) else { continue }
            return .init(of: String(option.dropFirst(beginning.count)), factor: factor)
        }
        return nil
    }

    private mutating func readEntry(_ text: String) throws(VocabularyError) {
        guard let section else { throw failure("a line stands below a section, such as [object]") }
        let columns = Self.columns(of: text[...], separator: "|")
        guard (3...5).contains(columns.count) else {
            throw failure("a line has a value, a Korean and an English name, then words and tags, between |")
        }
        let value = columns[0].folded
        if section.isEmpty ? value.isEmpty : (try? ContextTag(key: section, value: value)) == nil {
            throw failure("“\(columns[0])” is no context value")
        }
        var entry = ContextVocabulary.Entry(
            key: section, value: value, label: Label(ko: columns[1], en: columns[2]),
            isCode: keyPlaces[section].map { keys[$0].hasCodes } ?? false)
        var removed: [String] = []
        for word in columns.count > 3 ? Self.columns(of: columns[3][...], separator: ",") : [] {
            switch word.first {
            case nil: continue
            case "~": entry.loose.append(try rest(of: word))
            case "=": entry.also.append(try rest(of: word).folded)
            case "-": removed.append(try rest(of: word))
            default: entry.synonyms.append(word)
            }
        }
        for tag in columns.count > 4 ? Self.columns(of: columns[4][...], separator: ",") : [] {
            switch tag.first {
            case nil: continue
            case "<": entry.broader.append(try checked(rest(of: tag)))
            case "-": removed.append(try rest(of: tag))
            default: entry.related.append(try checked(tag))
            }
        }
        try add(entry, without: removed)
    }

    private mutating func add(
        _ entry: ContextVocabulary.Entry, without removed: [String]
    ) throws(VocabularyError) {
        let place = "\(entry.key):\(entry.value)"
        if let known = entryPlaces[place] {
            entries[known].merge(entry)
            entries[known].remove(removed)
            return
        }
        guard !entry.label.ko.isEmpty, !entry.label.en.isEmpty else {
            throw failure("“\(entry.value)” is new: it needs a Korean and an English name")
        }
        entryPlaces[place] = entries.count
        entries.append(entry)
    }

    /// What follows the mark at the beginning of a word.
    private func rest(of word: String) throws(VocabularyError) -> String {
        let rest = String(Self.trimmed(word.dropFirst()))
        guard !rest.isEmpty else { throw failure("nothing follows “\(word)”") }
        return rest
    }

    private func checked(_ tag: String) throws(VocabularyError) -> String {
        guard let colon = tag.firstIndex(of: ":"), ContextTag.isKey(tag[..<colon]), let found = try? ContextTag(tag)
        else { throw failure("“\(tag)” is no context tag such as object:person") }
        return "\(found.key):\(found.folded)"
    }

    private func failure(_ reason: String) -> VocabularyError {
        VocabularyError(file: file, line: line, reason: reason)
    }

    private static func columns(of text: Substring, separator: Unicode.Scalar) -> [String] {
        text.utf8.split(separator: UInt8(ascii: separator), omittingEmptySubsequences: false)
            .map { String(trimmed(Substring($0))) }
    }

    private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0x0D }

    /// Without blanks at both ends.
    private static func trimmed(_ text: Substring) -> Substring {
        var rest = text.utf8
        while let first = rest.first, isBlank(first) { rest.removeFirst() }
        while let last = rest.last, isBlank(last) { rest.removeLast() }
        return Substring(rest)
    }
}
