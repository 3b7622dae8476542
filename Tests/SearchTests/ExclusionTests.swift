import Search
import TestSupport
import Testing

@Suite struct `What is left out in words` {
    private let index: MemoryIndex

    init() throws {
        index = try MemoryIndex.holding([
            ("acme/people", ["object:person", "task:object-detection", "format:onnx"], ""),
            ("acme/cars", ["object:car", "task:object-detection", "format:tflite"], "Finds a fire truck."),
            ("acme/animals", ["object:animal", "task:image-classification", "format:onnx", "size:9000000"], ""),
            ("acme/masks", ["object:mask", "task:face-detection", "format:onnx"], ""),
            ("acme/trucks", ["object:truck", "task:image-classification", "format:tflite"], ""),
            ("acme/yolo", ["task:object-detection"], "A yolo with the knurl."),
        ])
    }

    private func plan(_ text: String) throws -> PlannedQuery {
        try Planner(vocabulary: .standard, index: index, readers: .anonymous).plan(parsed(text), of: text)
    }

    @Test(arguments: [
        ("사람 말고 차량", ["차량"], ["사람"]),
        ("사람말고 차량", ["차량"], ["사람"]),
        ("차량 사람은 빼고", ["차량"], ["사람"]),
        ("이미지 분류 말고 객체 탐지", ["객체 탐지"], ["이미지 분류"]),
        ("사람과 동물 제외 객체 탐지", ["객체 탐지"], ["사람 동물"]),
        ("사람, 동물 빼고 객체 탐지", ["객체 탐지"], ["사람 동물"]),
        ("tflite랑 onnx 빼고 객체 탐지", ["객체 탐지"], ["tflite onnx"]),
        ("yolo 계열 제외 객체 탐지", ["객체 탐지"], ["yolo"]),
        ("사람이 아닌 동물", ["동물"], ["사람"]),
        ("차량 (사람 제외)", ["차량"], ["사람"]),
        ("object detection except masks", ["object detection"], ["masks"]),
        ("object detection except fire trucks onnx", ["object detection", "onnx"], ["fire trucks"]),
        ("object detection excluding tflite models", ["object detection"], ["tflite"]),
        ("object detection other than trucks and masks", ["object detection"], ["trucks masks"]),
        ("cars except for trucks", ["cars"], ["trucks"]),
        ("cars except object:truck", ["cars"], ["object:truck"]),
        ("cars except \"fire truck\"", ["cars"], ["\"fire truck\""]),
        ("cars except (trucks OR masks)", ["cars"], ["(trucks OR masks)"]),
        ("cars trucks OR masks 제외", ["cars"], ["trucks OR masks"]),
        ("object:truck,mask 말고 차량", ["차량"], ["object:truck,mask"]),
        ("객체 탐지 5MB 이상 제외", ["객체 탐지"], ["5MB 이상"]),
        ("사람 없이 차량", ["사람", "없이", "차량"], []), ("people without masks", ["people", "without masks"], []),
    ])
    func `is not wanted`(text: String, wanted: [String], leftOut: [String]) throws {
        let planned = try plan(text)
        #expect(planned.plan.wanted.map { planned.plan.units[$0].text } == wanted)
        #expect(planned.understood.filter(\.isNegated).map(\.text) == leftOut)
    }

    @Test(arguments: [
        ("차량 말고", [1, 3, 4, 6]), ("사람과 동물 제외", [2, 4, 5, 6]), ("tflite랑 onnx 빼고", [6]),
        ("except trucks, masks", [1, 3, 6]), ("-사람 동물 말고", [2, 4, 5, 6]), ("except fire trucks", [1, 3, 4, 5, 6]),
        ("(사람 말고) (동물 말고)", [2, 4, 5, 6]), ("-(동물 말고)", [3]), ("object:person OR object:car 말고", [3, 4, 5, 6]),
    ])
    func `is not found`(text: String, found: [Int64]) throws {
        let planned = try plan(text)
        #expect(index.find(SearchRequest(planned.plan, for: .anonymous)).hits.map(\.place.model).sorted() == found)
    }

    @Test(arguments: ["사람 말고 차량", "object detection except tflite models", "차량 (사람 제외)", "사람과 동물 제외 차량"])
    func `is one part of the query together with the word that says so`(text: String) throws {
        let negated = try plan(text).understood.filter(\.isNegated)
        #expect(negated.count == 1)
        let typed = negated.map { cut($0.range, of: text) }
        #expect(["사람 말고", "except tflite models", "(사람 제외)", "사람과 동물 제외"].contains(typed.joined()))
    }

    @Test(arguments: ["말고", "제외", "except", "except except", "말고 말고", "except OR 말고", "\"말고\""])
    func `is nothing where nothing is named`(text: String) throws {
        #expect(try plan(text).understood.filter(\.isNegated).isEmpty)
    }

    @Test func `finds all others where it is more than one query may cost, and says so`() throws {
        let text =
            (0..<30).map { "word\($0)x 말고" }.joined(separator: " ") + " sort:new "
            + (30..<60).map { "word\($0)x 말고" }.joined(separator: " ")
        let planned = try plan(text)
        #expect(planned.understood.contains { $0.problem != nil })
        #expect(index.find(SearchRequest(planned.plan, for: .anonymous)).total == 6)
    }

    @Test func `is put right, but by no guess`() throws {
        #expect(try plan("사람 제외 차랑").corrected == "사람 제외 차량")
        for text in ["사람 재외", "사람 말구 차량", "cars exept trucks"] {
            #expect(try plan(text).understood.filter(\.isNegated).isEmpty)
        }
        let planned = try plan("차량 knurl 말고")
        #expect(planned.understood.filter(\.isNegated).map(\.text) == ["knurl"])
    }
}
