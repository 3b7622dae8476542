import Foundation
import Search
import TestSupport
import Testing

@Suite struct `A segment that was made up` {
    private struct Section {
        let name: String
        let table, begin, length: Int
    }

    /// In the order of the file.
    private static let names = [
        "models", "publicBits", "popularity", "updated", "privateNamespaces", "privateDocuments", "wordStarts",
        "wordBytes",
        "wordLetters", "wordLists", "hashes", "hashLists", "tagIds", "tagPublicCounts", "tagLists", "tagTextStarts",
        "tagTextBytes", "tagsByRow", "keyStarts", "keyBytes", "keyOrdinals", "keyLists", "postings", "forwardStarts",
        "forwardTags", "lexiconStarts", "lexiconBytes", "lexiconTagStarts", "lexiconTags", "columnStarts",
        "columnBytes",
        "columnNumbers", "numberDocuments", "numberCodes", "valueStarts", "values",
    ]
    /// Those in which a number of all ones leads out of the memory, whatever it stands for.
    private static let leading: Set<String> = [
        "models", "publicBits", "privateDocuments", "wordStarts", "wordLists", "hashLists", "tagPublicCounts",
        "tagLists",
        "tagTextStarts", "tagsByRow", "keyStarts", "keyOrdinals", "keyLists", "forwardStarts", "forwardTags",
        "lexiconStarts", "lexiconTagStarts", "lexiconTags", "columnStarts", "columnNumbers", "numberDocuments",
        "numberCodes", "valueStarts", "values",
    ]

    private static func saved() throws -> (bytes: [UInt8], sections: [Section]) {
        var corpus = IndexCorpus(seed: 77)
        let segment = `The snapshot finds`.grown(&corpus, models: 700, steps: 2).0.merged().main
        let path = FileManager.default.temporaryDirectory.appendingPathComponent("forged-\(UUID().uuidString)").path
        let descriptor = open(path, O_RDWR | O_CREAT | O_EXCL, 0o600)
        try #require(descriptor >= 0)
        defer {
            close(descriptor)
            unlink(path)
        }
        try segment.write(to: descriptor, stamp: SegmentStamp(sequence: 9))
        lseek(descriptor, 0, SEEK_SET)
        let bytes = [UInt8](FileHandle(fileDescriptor: descriptor).readDataToEndOfFile())
        let sections = names.enumerated().map { place, name in
            let table = 48 + place * 16
            return Section(
                name: name, table: table, begin: number(bytes, table), length: number(bytes, table + 8))
        }
        return (bytes, sections)
    }

    private static func number(_ bytes: [UInt8], _ place: Int) -> Int {
        (0..<8).reduce(0) { $0 | Int(bytes[place + $1]) << ($1 * 8) }
    }

    private static func put(_ number: Int, at place: Int, in bytes: inout [UInt8]) {
        for index in 0..<8 { bytes[place + index] = UInt8(truncatingIfNeeded: number >> (index * 8)) }
    }

    /// The segment of bytes that sum up; asked some questions where it was not refused.
    private static func read(_ bytes: [UInt8]) throws -> SearchSegment {
        var bytes = bytes
        SegmentForgery.sign(&bytes)
        let path = FileManager.default.temporaryDirectory.appendingPathComponent("forged-\(UUID().uuidString)").path
        try Data(bytes).write(to: URL(filePath: path))
        let descriptor = open(path, O_RDONLY)
        defer {
            close(descriptor)
            unlink(path)
        }
        let (segment, _) = try SearchSegment.read(from: descriptor)
        var corpus = IndexCorpus(seed: 5)
        let view = SearchView(main: segment, sequence: 1)
        for _ in 0..<20 { _ = view.find(corpus.request()) }
        return segment
    }

    @Test func `is read where nothing was changed`() throws {
        let (bytes, _) = try Self.saved()
        #expect(try Self.read(bytes).documentCount > 0)
    }

    @Test func `is refused where a number leads out of its memory`() throws {
        let (bytes, sections) = try Self.saved()
        for section in sections where section.length >= 8 {
            for place in [0, section.length / 16 * 8, section.length - 8] {
                var forged = bytes
                for index in 0..<8 { forged[section.begin + place + index] = 0xFF }
                if Self.leading.contains(section.name) {
                    #expect(throws: SegmentError.self, "\(section.name) \(place)") { try Self.read(forged) }
                } else {
                    // What means nothing by itself may be anything: it is answered, or refused.
                    _ = try? Self.read(forged)
                }
            }
        }
    }

    @Test func `is answered or refused with any number in its postings`() throws {
        let (bytes, sections) = try Self.saved()
        let postings = try #require(sections.first { $0.name == "postings" })
        var random = IndexRandom(seed: 1)
        for _ in 0..<400 {
            var forged = bytes
            let place = postings.begin + random.below(postings.length / 4) * 4
            for index in 0..<4 { forged[place + index] = UInt8(truncatingIfNeeded: random.next()) }
            _ = try? Self.read(forged)
        }
    }

    @Test func `is refused with sections that begin or end elsewhere`() throws {
        let (bytes, sections) = try Self.saved()
        for (section, next) in zip(sections, sections.dropFirst()) {
            for wrong in [-1, Int.max, bytes.count, bytes.count * 2, -64] {
                var forged = bytes
                Self.put(wrong, at: section.table, in: &forged)
                #expect(throws: SegmentError.self, "\(section.name) begins at \(wrong)") { try Self.read(forged) }
                forged = bytes
                Self.put(wrong, at: section.table + 8, in: &forged)
                #expect(throws: SegmentError.self, "\(section.name) has \(wrong)") { try Self.read(forged) }
            }
            // One takes from the next, so that the table is right by itself.
            guard next.length > 64, section.length % 64 == 0 || next.begin - section.begin >= section.length else {
                continue
            }
            var forged = bytes
            Self.put(next.begin + 64 - section.begin, at: section.table + 8, in: &forged)
            Self.put(next.begin + 64, at: next.table, in: &forged)
            Self.put(next.length - 64, at: next.table + 8, in: &forged)
            #expect(throws: SegmentError.self, "\(section.name) takes from \(next.name)") { try Self.read(forged) }
        }
    }

    @Test func `is refused before it is built when there is too much for it`() throws {
        var corpus = IndexCorpus(seed: 3)
        for most in [0, 5, 1_000_000] {
            let builder = SegmentBuilder(mostPostings: most)
            for tag in corpus.tags { builder.add(tag: tag) }
            for model in 1...20 { builder.add(corpus.document(Int64(model))) }
            #expect(builder.isTooLarge == (most < 10))
            if most < 10 {
                #expect(throws: SegmentError.tooLarge) { try builder.built() }
            } else {
                #expect(try builder.built().documentCount == 20)
            }
        }
    }
}
