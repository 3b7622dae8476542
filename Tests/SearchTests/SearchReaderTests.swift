import Registry
import Search
import TestSupport
import Testing

@Suite struct `A query is read as units` {
    private func units(_ text: String) -> [SearchUnit] {
        SearchReader.units(of: text, with: .standard)
    }

    @Test(arguments: [
        ("person detection", ["person detection"]),
        ("license plate on a truck", ["license plate", "truck"]),
        ("speech to text", ["speech to text"]),
        ("불법주정차 카메라", ["불법주정차", "카메라"]),
        ("야간번호판카메라", ["야간", "번호판", "카메라"]),
        ("음성을 인식하는", ["음성을 인식하는"]),
        ("xyzzy of the plugh", ["xyzzy", "plugh"]),
        ("the of", ["the", "of"]),
        ("", []),
    ])
    func `the longest known names first`(text: String, expected: [String]) {
        #expect(units(text).map(\.text) == expected)
    }

    @Test(arguments: [("사람", "person"), ("보행자", "person"), ("pedestrian", "사람"), ("자동차", "car"), ("검출", "detect")])
    func `with the same in other words`(text: String, synonym: String) throws {
        let unit = try #require(units(text).first)
        #expect(unit.synonyms.contains([synonym]))
    }

    @Test(arguments: [
        ("방범", ["person"]), ("crime prevention", ["사람"]), ("불법주정차", ["licens", "plat"]), ("불법주정차", ["car"]),
        ("illegal parking", ["번호판"]),
    ])
    func `with what goes together`(text: String, related: [String]) throws {
        let unit = try #require(units(text).first)
        #expect(unit.related.contains(related) || unit.synonyms.contains(related))
    }

    @Test func `at most twelve`() {
        #expect(units((1...500).map { "w\($0)x" }.joined(separator: " ")).count == 12)
    }

    @Test(arguments: [
        ("moblienet", "mobilenet"), ("persn", "person"), ("detecton", "detection"), ("clasification", "classification"),
    ])
    func `mistyped words are recognised`(typed: String, meant: String) {
        #expect(ContextVocabulary.standard.correction(of: typed) == meant)
    }

    @Test(arguments: ["zzzzzzzz", "abc", "qwertyuiop"])
    func `other words are left alone`(word: String) {
        #expect(ContextVocabulary.standard.correction(of: word) == nil)
    }
}

@Suite struct `The vocabulary` {
    private let vocabulary = ContextVocabulary.standard

    @Test func `knows what a service type goes with`() throws {
        #expect(try #require(vocabulary.entry(for: "service:crime-prevention")).related.contains("object:person"))
        let parking = try #require(vocabulary.entry(for: "service:illegal-parking")).related
        #expect(Set(parking).isSuperset(of: ["object:car", "object:license-plate"]))
    }

    @Test func `names only tags that it has and that are tags`() throws {
        for entry in vocabulary.entries {
            #expect(!entry.label.ko.isEmpty && !entry.label.en.isEmpty)
            if let tag = entry.tag { #expect(try ContextTag(tag).description == tag) }
            for related in entry.related {
                #expect(vocabulary.entry(for: related) != nil, "\(entry.value) goes with \(related)")
            }
        }
    }

    @Test func `takes labels from the service types of the repository`() throws {
        let edited = try ServiceType(
            id: "crime-prevention", label: Label(ko: "안전 지킴이", en: "Guardian"), description: "")
        let own = try ServiceType(id: "lighthouse", label: Label(ko: "등대 관리", en: "Lighthouse care"), description: "")
        let adapted = vocabulary.adding([edited, own])
        #expect(adapted.label(key: "service", folded: "crime-prevention")?.en == "Guardian")
        #expect(SearchReader.units(of: "등대 관리", with: adapted).first?.synonyms.contains(["lighthous"]) == true)
        #expect(SearchReader.units(of: "방범", with: adapted).first?.related.contains(["person"]) == true)
    }
}
