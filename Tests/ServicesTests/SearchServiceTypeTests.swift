import Registry
import Storage
import TestSupport
import Testing

@Suite struct `A word for a service type finds` {
    private let fixture: SearchFixture

    init() throws {
        fixture = try SearchFixture()
        try fixture.add("demo/people", title: "Person detector", service: "crime-prevention", tags: ["object:person"])
        try fixture.add("demo/door", title: "Door sensor", tags: ["service:crime-prevention"])
        try fixture.add("demo/walker", title: "Walker", tags: ["object:person"])
        try fixture.add("demo/plates", title: "LPR", service: "illegal-parking", tags: ["object:license-plate"])
        try fixture.add("demo/cars", title: "Detector", tags: ["service:illegal-parking", "object:car"])
        try fixture.add("demo/kerb", title: "Kerb", service: "illegal-parking")
        for number in 0..<10 {
            try fixture.add(
                "fire/watch-\(number)", title: "화재 감시 \(number)", summary: "감시 카메라, surveillance and monitoring",
                service: "fire-watch", tags: ["object:fire", "task:image-classification"],
                readme: "감시 카메라로 화재를 감시합니다. Surveillance.")
        }
        for number in 0..<5 {
            try fixture.add(
                "word/security-\(number)", title: "보안 침입 범죄 security intrusion", summary: "침입 보안, security",
                readme: "Security, 보안, intruder.")
            try fixture.add(
                "word/parking-\(number)", title: "주정차 단속 parking enforcement", summary: "주정차, parking violation",
                readme: "주정차")
        }
    }

    @Test(arguments: ["방범", "방범용", "방범 감시", "crime prevention", "Crime-Prevention", "방범 모델", "범죄"])
    func `persons against crime first, then what else is tagged so`(text: String) throws {
        #expect(try Array(fixture.names(text).prefix(2)) == ["demo/people", "demo/door"])
    }

    @Test(arguments: ["불법주정차", "불법 주정차", "불법주정차 단속", "illegal parking", "illegal-parking"])
    func `cars and plates first, then what else is tagged so`(text: String) throws {
        let names = try fixture.names(text)
        #expect(Set(names.prefix(2)) == ["demo/plates", "demo/cars"])
        #expect(names.dropFirst(2).first == "demo/kerb")
    }

    @Test func `what goes with it before what holds a word of many meanings`() throws {
        let names = try fixture.names("방범")
        let walker = try #require(names.firstIndex(of: "demo/walker"))
        #expect(names.indices.filter { names[$0].hasPrefix("fire/") }.allSatisfy { $0 > walker })
    }

    @Test func `nothing that the caller may not read`() throws {
        try fixture.add(
            "secret/people", title: "방범", service: "crime-prevention", tags: ["object:person"], visibility: .private)
        #expect(try fixture.names("방범").contains("secret/people") == false)
        let admin = try SearchFixture.caller(.admin)
        #expect(try fixture.names("방범", for: admin).first == "secret/people")
    }

    @Test(arguments: [("화재 감시", "fire/"), ("감시 카메라", "fire/")])
    func `still what the words say themselves`(text: String, prefix: String) throws {
        #expect(try #require(try fixture.names(text).first).hasPrefix(prefix))
    }
}
