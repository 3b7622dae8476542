import Registry
import Search
import TestSupport
import Testing

@Suite struct `A vocabulary with names of administrators` {
    private let vocabulary = ContextVocabulary.standard

    private func label(_ key: String, _ value: String?, _ ko: String, _ en: String, _ synonyms: [String] = []) throws
        -> ContextLabel
    {
        try ContextLabel(key: key, value: value, label: Label(ko: ko, en: en), synonyms: synonyms)
    }

    @Test func `is the same without any`() {
        #expect(vocabulary.replacing([]).entries == vocabulary.entries)
    }

    @Test func `forgets the name and the synonyms that were replaced, and keeps the rest`() throws {
        let before = try #require(vocabulary.entry(for: "object:person"))
        let old = try #require(before.synonyms.first)
        let named = vocabulary.replacing([try label("object", "person", "산책객", "Stroller", ["ambler"])])
        let entry = try #require(named.entry(for: "object:person"))
        #expect(entry.label == Label(ko: "산책객", en: "Stroller") && entry.synonyms == ["ambler"])
        #expect(entry.related == before.related && entry.broader == before.broader && entry.also == before.also)
        #expect(named.entries(named: "산책객").map(\.tag) == ["object:person"])
        #expect(
            named.entries(named: ContextVocabulary.phrase(SearchText.words("ambler"))).map(\.tag) == ["object:person"])
        #expect(
            !named.entries(named: ContextVocabulary.phrase(SearchText.words(old))).contains {
                $0.tag == "object:person"
            })
        #expect(named.entries.count == vocabulary.entries.count && named.keys == vocabulary.keys)
        #expect(named.isNamed(key: "object", folded: "person") && !vocabulary.isNamed(key: "object", folded: "person"))
    }

    @Test func `learns values and keys that no file has`() throws {
        let named = vocabulary.replacing([
            try label("berth", nil, "선석", "Berth"), try label("berth", "quay 7", "칠번 부두", "Quay seven", ["mooring"]),
        ])
        #expect(named.label(key: "berth", folded: "quay 7")?.ko == "칠번 부두")
        #expect(named.label(ofKey: "berth")?.en == "Berth" && named.key("berth") == nil && named.isNamed(key: "berth"))
        #expect(named.label(ofKey: "object") == vocabulary.key("object")?.label)
    }

    @Test func `takes a name under any way to write the value`() throws {
        let alike = try #require(vocabulary.entries.first { !$0.key.isEmpty && !$0.also.isEmpty })
        let named = vocabulary.replacing([try label(alike.key, alike.also[0], "다른 이름", "Other name")])
        #expect(named.label(key: alike.key, folded: alike.value)?.ko == "다른 이름")
        #expect(named.entries.count == vocabulary.entries.count)
    }

    @Test(
        arguments: [
            ("Key", "value", "가", "a", []), ("key", "", "가", "a", []), ("key", "value", "", "a", []),
            ("key", "value", "가", " ", []), ("key", "value", String(repeating: "가", count: 101), "a", []),
            ("key", "value", "가", "a", [""]), ("key", "value", "가", "a", Array(repeating: "s", count: 65)),
            ("key", "value", "가\u{202E}", "a", []), ("key", nil, "가", "a", ["s"]),
        ] as [(String, String?, String, String, [String])])
    func `takes no name that breaks a rule`(
        key: String, value: String?, ko: String, en: String, synonyms: [String]
    ) {
        #expect(throws: RegistryError.self) { _ = try label(key, value, ko, en, synonyms) }
    }
}
