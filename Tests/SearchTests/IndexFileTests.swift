import Foundation
import Search
import Testing

@Suite struct `A saved segment` {
    private static func segment() -> SearchSegment {
        var corpus = IndexCorpus(seed: 77)
        return `The snapshot finds`.grown(&corpus, models: 200, steps: 2).0.merged().main
    }

    /// The bytes that a segment is saved as.
    private static func bytes(of segment: SearchSegment, _ stamp: SegmentStamp) throws -> [UInt8] {
        try withFile { descriptor in
            try segment.write(to: descriptor, stamp: stamp)
            lseek(descriptor, 0, SEEK_SET)
            return [UInt8](FileHandle(fileDescriptor: descriptor).readDataToEndOfFile())
        }
    }

    private static func read(_ bytes: [UInt8]) throws -> (SearchSegment, SegmentStamp) {
        try withFile { descriptor in
            FileHandle(fileDescriptor: descriptor).write(Data(bytes))
            lseek(descriptor, 0, SEEK_SET)
            return try SearchSegment.read(from: descriptor)
        }
    }

    private static func withFile<Result>(_ body: (Int32) throws -> Result) throws -> Result {
        let path = FileManager.default.temporaryDirectory.appendingPathComponent("segment-\(UUID().uuidString)").path
        let descriptor = open(path, O_RDWR | O_CREAT | O_EXCL, 0o600)
        try #require(descriptor >= 0)
        defer {
            close(descriptor)
            unlink(path)
        }
        return try body(descriptor)
    }

    @Test func `answers as before when it is read again`() throws {
        var corpus = IndexCorpus(seed: 78)
        let (grown, reference) = `The snapshot finds`.grown(&corpus, models: 300, steps: 3)
        let stamp = SegmentStamp(sequence: 41, origin: 0xFEED_FACE_0123_4567)
        let saved = try Self.bytes(of: grown.merged().main, stamp)
        #expect(saved.count == grown.merged().main.byteCount)
        let (segment, found) = try Self.read(saved)
        #expect(found == stamp)
        let view = SearchView(main: segment, sequence: found.sequence)
        for number in 0..<50 {
            let request = corpus.request()
            `The snapshot finds`.check(view.find(request), reference.find(request), "plan \(number)")
        }
    }

    @Test func `may be of no models`() throws {
        let (segment, _) = try Self.read(Self.bytes(of: SearchView.empty.main, SegmentStamp(sequence: 0)))
        #expect(segment.documentCount == 0)
        #expect(SearchView(main: segment, sequence: 0).find(SearchRequest(SearchPlan(), for: .anonymous)).total == 0)
    }

    @Test func `is refused with any byte changed`() throws {
        let saved = try Self.bytes(of: Self.segment(), SegmentStamp(sequence: 9))
        // All of the header and table, then places all over.
        let places = Array(0..<800) + stride(from: 800, to: saved.count, by: 997) + [saved.count - 1]
        for place in places {
            var changed = saved
            changed[place] ^= 1 << UInt8(place % 8)
            #expect(throws: SegmentError.self, "byte \(place)") { try Self.read(changed) }
        }
    }

    @Test(arguments: [0, 1, 7, 40, 600, 5000, -1, -64, -4096])
    func `is refused cut short`(length: Int) throws {
        let saved = try Self.bytes(of: Self.segment(), SegmentStamp(sequence: 9))
        let cut = Array(saved.prefix(length < 0 ? saved.count + length : length))
        #expect(throws: SegmentError.self) { try Self.read(cut) }
    }

    @Test func `is refused with something behind it`() throws {
        let saved = try Self.bytes(of: Self.segment(), SegmentStamp(sequence: 9))
        #expect(throws: SegmentError.wrongLength) { try Self.read(saved + [0]) }
    }

    @Test func `is refused when it is something else`() throws {
        #expect(throws: SegmentError.unknownFormat) { try Self.read([UInt8](repeating: 0x20, count: 10_000)) }
    }

    @Test func `says why it cannot be written`() {
        #expect(throws: SegmentError.system(EBADF)) {
            try SearchView.empty.main.write(to: -1, stamp: SegmentStamp(sequence: 0))
        }
    }
}
