import Search
import Testing

@Suite struct `What is left out in plain words` {
    @Test(arguments: [
        ("사람 말고 차량", ["-사람", "차량"]), ("사람말고 차량", ["-사람", "차량"]), ("차량 사람 빼고", ["차량", "-사람"]),
        ("번호판은 제외", ["-번호판은"]), ("얼굴 제외하고 사람 제외한 탐지", ["-얼굴", "-사람", "탐지"]),
        ("object:person 말고 night", ["-[object:person]", "night"]), ("5MB 이하 말고", ["-[size<=5MB]"]),
        ("\"어린이 보호구역\" 말고", ["-\"어린이 보호구역\""]), ("(사람 OR 차) 빼고", ["-{사람 | 차}"]),
        ("cars except trucks", ["cars", "-trucks"]), ("cars excluding fire trucks", ["cars", "-{fire trucks}"]),
        ("Except for people cars", ["-{people cars}"]),
        ("traffic except people format:onnx", ["traffic", "-people", "[format:onnx]"]),
        ("cars except OR person", ["cars", "{except | person}"]),
    ])
    func `is negated`(text: String, items: [String]) {
        #expect(parsed(text).tree == items)
    }

    @Test(arguments: ["말고", "제외", "except", "car OR 말고", "people without helmets", "헬멧 없이", "제외 말", "-사람 말고"])
    func `is nothing where nothing is named, or another thing is meant`(text: String) {
        #expect(
            !parsed(text).items.contains { if case .not(let item) = $0.node { "\(item.node)" != "사람" } else { false } })
    }

    @Test(arguments: ["사람 말고 차량", "cars except for fire trucks", "a 사람말고", "여기 (사람 말고 차)"])
    func `stands where it was typed`(text: String) {
        for item in parsed(text).items { #expect(cut(item.range, of: text) == item.text) }
        let negated = parsed(text).items.first { if case .not = $0.node { true } else { false } }
        #expect(negated != nil || text.contains("("))
    }
}
