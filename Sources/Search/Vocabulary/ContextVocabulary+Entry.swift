public import Registry

extension ContextVocabulary {
    /// A value of a key, or a word without a key (then ``key`` is empty).
    public struct Entry: Sendable, Hashable {
        /// As in ``ContextTag/key``; empty for a word without one.
        public let key: String
        /// As in ``ContextTag/folded``, or the word.
        public let value: String
        public internal(set) var label: Label
        /// Other words for the same, in either language.
        public internal(set) var synonyms: [String]
        /// Words that have something to do with it, but mean more, less or something else too.
        public internal(set) var loose: [String]
        /// Other values of the key that say the same, as publishers write them; folded.
        public internal(set) var also: [String]
        /// Values that go together with this one, as `key:value`.
        public internal(set) var related: [String]
        /// What this is a kind of, as `key:value`: `object:person` of a child.
        public internal(set) var broader: [String]
        /// Whether ``value`` is a code and no name.
        package let isCode: Bool

        /// The lists in the order in which people should read them.
        public init(
            key: String, value: String, label: Label, synonyms: [String] = [], loose: [String] = [],
            also: [String] = [], related: [String] = [], broader: [String] = [], isCode: Bool = false
        ) {
            (self.key, self.value, self.label, self.isCode) = (key, value, label, isCode)
            (self.synonyms, self.loose, self.also) = (synonyms, loose, also)
            (self.related, self.broader) = (related, broader)
        }

        /// `key:value`; nil for a word without a key.
        public var tag: String? { key.isEmpty ? nil : "\(key):\(value)" }

        /// The value and the other values that say the same.
        public var values: [String] { [value] + also }

        /// What goes together with it; a word without a key also goes with what it is a kind of.
        package var companions: [String] { key.isEmpty ? related + broader : related }

        /// What finds the models that are tagged with it; nil for a word without a key.
        package var filter: SearchQuery.TagFilter? {
            key.isEmpty ? nil : try? SearchQuery.TagFilter(key: key, values: values)
        }

        /// Everything that names it; the words of ``loose`` do not.
        public var names: [String] { (isCode ? [] : values) + [label.ko, label.en] + synonyms }

        /// Adds what another line says of the same value.
        mutating func merge(_ other: Entry) {
            label = Label(
                ko: other.label.ko.isEmpty ? label.ko : other.label.ko,
                en: other.label.en.isEmpty ? label.en : other.label.en)
            for (list, words) in [
                (\Entry.synonyms, other.synonyms), (\.loose, other.loose), (\.also, other.also),
                (\.related, other.related), (\.broader, other.broader),
            ] {
                for word in words where !self[keyPath: list].contains(word) { self[keyPath: list].append(word) }
            }
        }

        /// Takes words away that a line has with a `-`.
        mutating func remove(_ words: [String]) {
            for list in [\Entry.synonyms, \.loose, \.also, \.related, \.broader] {
                self[keyPath: list].removeAll(where: words.contains)
            }
        }
    }
}
