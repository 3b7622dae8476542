import Registry
import Search
import TestSupport
import Testing

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
        #expect(adapted.entries(named: "등대관리").first?.tag == "service:lighthouse")
        #expect(adapted.entries(named: "방범").first?.tag == "service:crime-prevention")
    }
}
