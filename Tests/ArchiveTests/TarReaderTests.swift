import Archive
import Testing

@Suite struct `Reading back a tar` {
    /// A tar of small members, or with sizes whose contents are left out.
    private func tar(_ members: [(path: String, contents: String)]) throws -> [UInt8] {
        let layout = TarLayout(modifiedAt: 1_800_000_000)
        var bytes: [UInt8] = []
        for member in members {
            let size = Int64(member.contents.utf8.count)
            bytes += try layout.header(path: member.path, size: size)
            bytes += Array(member.contents.utf8) + TarLayout.padding(after: size)
        }
        return bytes + TarLayout.end
    }

    private func reader(_ bytes: [UInt8], piece: Int = 700) -> TarReader {
        var rest = bytes[...]
        return TarReader { buffer in
            let count = min(buffer.count, rest.count, piece)
            buffer.copyBytes(from: rest.prefix(count))
            rest = rest.dropFirst(count)
            return count
        }
    }

    private func read(_ bytes: [UInt8]) throws -> [String] {
        let reader = reader(bytes)
        var found: [String] = []
        while let member = try reader.next() {
            found.append("\(member.path)=\(String(decoding: try reader.bytes(maximum: 10_000) ?? [], as: UTF8.self))")
        }
        return found
    }

    private static let long = "한국어/" + String(repeating: "deep/", count: 40) + "file"

    @Test func `gives what was written`() throws {
        let members = [("a", "one"), ("b/c", ""), (Self.long, String(repeating: "x", count: 512)), ("d", "four")]
        #expect(try read(tar(members)) == members.map { "\($0.0)=\($0.1)" })
        let reader = reader(try tar(members), piece: 1)
        var paths: [String] = []
        while let member = try reader.next() { paths.append(member.path) }
        #expect(paths == members.map(\.0), "contents may be passed over")
    }

    @Test(arguments: [8_589_934_591, 8_589_934_592, 1 << 50])
    func `gives sizes past what eleven octal digits hold`(size: Int64) throws {
        let header = try TarLayout(modifiedAt: 0).header(path: "big", size: size)
        let reader = reader(header)
        let member = try reader.next()
        #expect(member?.path == "big" && member?.size == size)
        #expect(throws: ArchiveError.self) { try reader.next() }
    }

    @Test func `calls a size below nothing damaged`() throws {
        var header = try TarLayout(modifiedAt: 0).header(path: "big", size: 1 << 50)
        let record = try #require(header.firstRange(of: Array("size=1".utf8)))
        header[record.upperBound - 1] = UInt8(ascii: "-")
        let altered = header
        let error = #expect(throws: ArchiveError.self) { try reader(altered).next() }
        let isDamage = if case .damaged? = error { true } else { false }
        #expect(isDamage)
    }

    @Test func `refuses any other byte outside of the contents, any cut, and more`() throws {
        let whole = try tar([("a", "one"), ("b/c", "two")])
        let contents = Set(512..<515).union(1536..<1539)
        for place in whole.indices where !contents.contains(place) {
            for mask: UInt8 in [1, 0x10, 0x80] {
                var bytes = whole
                bytes[place] ^= mask
                #expect(throws: ArchiveError.self, "byte \(place)") { try read(bytes) }
            }
        }
        for length in 0..<whole.count {
            #expect(throws: ArchiveError.self, "\(length) bytes") { try read(Array(whole.prefix(length))) }
        }
        #expect(throws: ArchiveError.self) { try read(whole + [0]) }
        #expect(try read(whole).count == 2)
    }
}
