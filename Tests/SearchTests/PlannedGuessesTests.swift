import Registry
import Search
import Testing

@Suite struct `What nobody says outright is found` {
    private let vocabulary: ContextVocabulary

    init() throws {
        vocabulary = try ContextVocabulary([
            VocabularyFile(
                name: "test.txt",
                text: """
                    [task | 과제 | Task | keyword]
                    face-recognition | 얼굴 인식 | Face recognition | face id
                    edge-detection | 윤곽선 검출 | Edge detection | outline finding
                    image-classification | 이미지 분류 | Image classification
                    []
                    arcface | 아크페이스 | ArcFace | arc face | <task:face-recognition
                    resnet | 레즈넷 | ResNet | | task:image-classification
                    """)
        ])
    }

    private func plan(_ text: String, in index: MemoryIndex) throws -> PlannedQuery {
        let parsed = QueryParser.parse(text) {
            vocabulary.key($0) != nil
        } isNumber: { _ in
            false
        }
        return try Planner(vocabulary: vocabulary, index: index, readers: .anonymous).plan(parsed, of: text)
    }

    private func found(_ text: String, in index: MemoryIndex) throws -> [Int64] {
        index.find(SearchRequest(try plan(text, in: index).plan, for: .anonymous)).hits.map(\.place.model)
    }

    private func index() throws -> MemoryIndex {
        try MemoryIndex.holding([
            ("acme/arcface-r50", [], ""), ("acme/resnet-50", [], ""), ("acme/edges", ["task:edge-detection"], ""),
            ("acme/faces", ["task:face-recognition"], ""), ("acme/drawings", [], "Draws a silhouette."),
        ])
    }

    @Test(arguments: ["face recognition", "얼굴 인식", "face id"])
    func `of a task by the networks that do it, after what is tagged with it`(text: String) throws {
        #expect(try found(text, in: index()) == [4, 1])
    }

    @Test func `and not by networks that do many things`() throws {
        #expect(try found("image classification", in: index()) == [])
    }

    @Test func `with the way from the words to the network`() throws {
        let planned = try plan("face id", in: index())
        let paths = planned.plan.units.flatMap(\.alternatives).map(\.path)
        #expect(paths.contains(["face id", "task:face-recognition", "arcface"]))
    }

    @Test func `of a network by its task`() throws {
        #expect(
            try plan("arcface", in: index()).associations.map(\.path).contains(["arcface", "task:face-recognition"]))
    }

    @Test(arguments: ["윤곽선", "윤곽선을", "outline"])
    func `by a word of a name, where no model holds the word`(text: String) throws {
        #expect(try found(text, in: index()) == [3])
    }

    @Test func `and by the word itself where one does`() throws {
        let index = try MemoryIndex.holding([
            ("acme/edges", ["task:edge-detection"], ""), ("acme/drawings", [], "Draws the outline of things."),
        ])
        #expect(try found("outline", in: index).first == 2)
    }

    @Test func `under the right spelling, with the models that have the slip`() throws {
        var models = (1...2000).map { number in
            (name: "acme/m\(number)", tags: [String](), readme: number <= 60 ? "Face recognition." : "")
        }
        models.append((name: "acme/slip", tags: [], readme: "Face recogniton."))
        let index = try MemoryIndex.holding(models)
        let planned = try plan("recogniton", in: index)
        #expect(planned.corrected == "recognition")
        let answer = index.find(SearchRequest(planned.plan, for: .anonymous, limit: 100))
        #expect(answer.total == 61)
        #expect(answer.hits.map(\.place.model).contains(2001))
    }

    @Test(arguments: ["-recogniton", "face -(recogniton)"])
    func `but nothing is left out by what it may be a slip of`(text: String) throws {
        var models = (1...2000).map { number in
            (name: "acme/m\(number)", tags: [String](), readme: number <= 60 ? "Face recognition." : "Face.")
        }
        models.append((name: "acme/slip", tags: [], readme: "Face recogniton."))
        let index = try MemoryIndex.holding(models)
        #expect(index.find(SearchRequest(try plan(text, in: index).plan, for: .anonymous)).total == 2000)
    }

    @Test func `nor by a guess`() throws {
        let index = try MemoryIndex.holding([("acme/edges", ["task:edge-detection"], ""), ("acme/faces", [], "")])
        #expect(index.find(SearchRequest(try plan("-윤곽선", in: index).plan, for: .anonymous)).total == 2)
    }

    @Test func `and a word that two in as many models hold is one`() throws {
        var models = (1...2000).map { number in
            (name: "acme/m\(number)", tags: [String](), readme: number <= 200 ? "Face recognition." : "")
        }
        for name in ["acme/one", "acme/two"] { models.append((name: name, tags: [], readme: "Face recogniton.")) }
        #expect(try plan("recogniton", in: MemoryIndex.holding(models)).corrected == nil)
    }

    @Test func `but not in place of a rare word that is one`() throws {
        var models = (1...2000).map { number in
            (name: "acme/m\(number)", tags: [String](), readme: number <= 20 ? "Face recognition." : "")
        }
        models.append((name: "acme/slip", tags: [], readme: "Face recogniton."))
        #expect(try plan("recogniton", in: MemoryIndex.holding(models)).corrected == nil)
    }

    @Test(arguments: [("resent50", "resnet50"), ("gtp2", "gpt2"), ("resent34", nil), ("got2", nil)])
    func `of a name with a number, though its letters are a word`(text: String, corrected: String?) throws {
        let index = try MemoryIndex.holding([
            ("acme/resnet50", [], ""), ("acme/gpt2", [], ""), ("acme/mail", [], "Messages that were resent."),
            ("acme/post", [], "Resent."), ("acme/third", [], "Never resent."),
        ])
        #expect(try plan(text, in: index).corrected == corrected)
    }

    @Test func `by what a model does before what else is asked for`() throws {
        let index = try MemoryIndex.holding([
            ("acme/spanish", [], "Spanish."), ("acme/faces", ["task:face-recognition"], ""), ("acme/other", [], ""),
        ])
        #expect(try found("face recognition spanish", in: index).first == 2)
        #expect(try found("spanish face recognition", in: index).first == 2)
    }
}
