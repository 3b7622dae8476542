import Registry
import Testing

@Suite struct `A model name` {
    @Test(arguments: [
        "demo/silero-vad", "a/b", "keti.kr/person_detector.v2", "0/1",
        String(repeating: "n", count: 128) + "/" + String(repeating: "x", count: 128),
    ])
    func `is a namespace and a name`(text: String) throws {
        #expect(try ModelName(text).description == text)
    }

    @Test(arguments: [
        "", "demo", "demo/", "/x", "a/b/c", "Demo/x", "demo/-x", "demo/x-", "demo/.x", "demo/x.", "demo/ x", "demo/é",
        "demo/..", "demo/x\u{0}", "demo/" + String(repeating: "x", count: 129),
        String(repeating: "n", count: 129) + "/x",
    ])
    func `refuses everything else`(text: String) {
        #expect(throws: RegistryError.self) { try ModelName(text) }
    }
}

@Suite struct `An artifact path` {
    @Test(arguments: [
        "model.onnx", "nmp.mlpackage/Data/com.apple.CoreML/model.mlmodel", "한글 모델.tflite", "a/b/c.d", "con1.txt",
        "weights (1).bin", "-x", "model.sig.txt",
    ])
    func `may be any harmless name`(text: String) throws {
        #expect(try ArtifactPath(text).description == text)
    }

    @Test(arguments: [
        "", "/a", "a//b", "a/", ".", "..", "a/../b", "a\\b", "c:x", "a\u{0}b", "a\nb", "a\u{202E}b", "a\u{200B}b",
        "a.", "a ", " a", "dir./x", "con", "CON.txt", "a/Lpt1.bin", "com¹", ".git", ".gitignore", "x/.Git/config",
        "model.sig", "Server.SIG", "\u{FEFF}a", String(repeating: "x", count: 256),
        Array(repeating: "a", count: 33).joined(separator: "/"), String(repeating: "abcdefg/", count: 128) + "x",
    ])
    func `refuses what some device could not store or could be fooled by`(text: String) {
        #expect(throws: RegistryError.self) { try ArtifactPath(text) }
    }

    @Test func `is normalised to NFC`() throws {
        #expect(try ArtifactPath("e\u{301}.bin") == ArtifactPath("\u{e9}.bin"))
    }

    @Test(arguments: [["a.bin", "A.bin"], ["x", "x/y"], ["X/y", "x"], ["é", "É"]])
    func `must stand beside the others on every file system`(texts: [String]) throws {
        let paths = try texts.map { try ArtifactPath($0) }
        #expect(throws: RegistryError.self) { try ArtifactPath.checkTogether(paths) }
        #expect(throws: RegistryError.self) { try ArtifactPath.checkTogether(paths.reversed()) }
    }
}

@Suite struct `A context tag` {
    @Test(arguments: [
        ("task:object-detection", "task", "object-detection"), ("밤", "tag", "밤"), ("a b", "tag", "a b"),
        ("url:http://x", "url", "http://x"), ("Task:x", "tag", "Task:x"), (" env : night ", "tag", "env : night"),
        ("object: Person ", "object", "Person"),
    ])
    func `has a key and a value, or the key tag`(text: String, key: String, value: String) throws {
        let tag = try ContextTag(text)
        #expect((tag.key, tag.value) == (key, value))
    }

    @Test(arguments: ["", "task:", "task: ", "task:a\u{0}b", "x:\u{200B}", "x:" + String(repeating: "가", count: 43)])
    func `refuses an empty, overlong or invisible value`(text: String) {
        #expect(throws: RegistryError.self) { try ContextTag(text) }
    }

    @Test func `is compared without case and written once`() throws {
        let tags = try ContextTag.set([
            ContextTag("object:Person"), ContextTag("env:night"), ContextTag("object:person"),
        ])
        #expect(tags.map(\.description) == ["env:night", "object:Person"])
    }

    @Test func `comes in sets of at most 256`() throws {
        #expect(throws: RegistryError.self) { try ContextTag.set((0...256).map { try ContextTag("n:\($0)") }) }
    }
}
