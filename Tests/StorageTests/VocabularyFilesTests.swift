import Foundation
import Registry
import Search
import Storage
import TestSupport
import Testing

@Suite struct `The files of a vocabulary` {
    private let directory: TemporaryDirectory

    init() throws { directory = try TemporaryDirectory() }

    private func write(_ name: String, _ text: String) throws -> String {
        let path = "\(directory.path)/\(name)"
        try Data(text.utf8).write(to: URL(filePath: path))
        return path
    }

    private func failure(_ body: () throws -> ContextVocabulary) -> VocabularyError? {
        do {
            _ = try body()
            return nil
        } catch {
            return error as? VocabularyError
        }
    }

    @Test func `may be in a data directory before its first start`() throws {
        _ = try write("vocabulary.txt", "[object]\nbee | 벌 | Bee")
        #expect(try DataDirectory.open(directory.path).path == directory.path)
        let other = try TemporaryDirectory()
        try Data().write(to: URL(filePath: "\(other.path)/other.txt"))
        #expect(throws: DataDirectoryError.self) { try DataDirectory.open(other.path) }
    }

    @Test func `are read by name, and a repository's own after them`() throws {
        _ = try write("b.txt", "[object]\nbee | 벌 | Bee")
        _ = try write("a.txt", "[object | 대상 | Object | keyword]\nbee | 꿀벌 | Honey bee | 벌집")
        _ = try write("notes.md", "no vocabulary")
        let other = try TemporaryDirectory()
        let own = "\(other.path)/vocabulary.txt"
        try Data("[object]\nbee | | Bumblebee".utf8).write(to: URL(filePath: own))
        let vocabulary = try VocabularyFiles.read(
            directory: directory.path, optional: [own, "\(other.path)/absent.txt"])
        let bee = try #require(vocabulary.entry(for: "object:bee"))
        #expect(bee.label == Label(ko: "벌", en: "Bumblebee"))
        #expect(bee.synonyms == ["벌집"])
    }

    @Test func `are named when one cannot be read`() throws {
        let fine = try write("a.txt", "[object | 대상 | Object | keyword]")
        let path = directory.path
        #expect(
            failure { try VocabularyFiles.read(directory: path, required: ["\(path)/none.txt"]) }?.file
                == "\(path)/none.txt")
        #expect(failure { try VocabularyFiles.read(directory: path, required: [path]) }?.reason == "it is no file")
        try Data([0x5B, 0xFF]).write(to: URL(filePath: "\(path)/z.txt"))
        #expect(failure { try VocabularyFiles.read(directory: path) }?.description == "\(path)/z.txt: it is not UTF-8")
        let bad = try write("z.txt", "[object]\nbee")
        let error = failure { try VocabularyFiles.read(directory: path) }
        #expect(error?.description.hasPrefix("\(bad):2: ") == true)
        try FileManager.default.removeItem(atPath: bad)
        try FileManager.default.removeItem(atPath: fine)
        #expect(failure { try VocabularyFiles.read(directory: path) }?.file == path)
    }

    @Test func `of the product know the keys of the context and what numbers count`() throws {
        let vocabulary = ContextVocabulary.standard
        for key in [
            "service", "task", "object", "env", "sensor", "format", "runtime", "precision", "accel", "arch", "os",
            "board", "size", "mem", "flops", "params", "latency_ms", "fps", "energy_mj", "map", "map50", "top1", "f1",
            "license", "region", "lang", "base", "dataset", "opset", "input.w", "input.h", "input.c", "input.fps",
            "input.hz",
        ] {
            let known = try #require(vocabulary.key(key), "\(key)")
            #expect(!known.description.ko.isEmpty && !known.description.en.isEmpty, "\(key)")
        }
        #expect(vocabulary.key("latency_ms")?.needsPlace == .board)
        #expect(vocabulary.key("map")?.needsPlace == .dataset)
        #expect(vocabulary.key("size")?.unit == .bytes)
        for key in vocabulary.keys {
            guard let main = key.sameAs else { continue }
            #expect(vocabulary.key(main)?.sameAs == nil && vocabulary.key(main) != nil, "\(key.key) is like \(main)")
        }
        for entry in vocabulary.entries {
            for tag in entry.broader { #expect(vocabulary.entry(for: tag) != nil, "\(entry.value) is a \(tag)") }
        }
    }

    @Test func `are adapted to the service types once`() throws {
        let adapted = AdaptedVocabulary(.standard)
        let type = try ServiceType(id: "lighthouse", label: Label(ko: "등대", en: "Lighthouse"), description: "")
        #expect(adapted.with([]).entry(for: "service:lighthouse") == nil)
        #expect(adapted.with([type]).entry(for: "service:lighthouse")?.label.ko == "등대")
        #expect(adapted.with([]).entry(for: "service:lighthouse") == nil)
        #expect(adapted.base.entry(for: "service:lighthouse") == nil)
    }
}
