import Archive
import Foundation
import Testing

@Suite struct `A very large archive going out` {
    /// 40 bytes before and 56 after for each member, a descriptor of 16 and an end of 22; zip64 adds its fields.
    @Test(arguments: [4_000_000_000, 4_294_967_295, 4_398_046_511_104] as [Int64])
    func `knows its length as a zip`(size: Int64) throws {
        let member = ArchiveMember(path: "a", size: size, file: "/none")
        let around: Int64 = size < 4_294_967_295 ? 40 + 16 + 56 + 22 : 60 + 24 + 76 + 98
        #expect(try ArchiveStream.zip([member], modifiedAt: 1_700_000_000).length == size + around)
    }

    @Test(arguments: [8_589_934_591, 8_589_934_592] as [Int64])
    func `knows its length as a tar`(size: Int64) throws {
        let member = ArchiveMember(path: "a", size: size, file: "/none")
        let headers: Int64 = size < 8_589_934_592 ? 512 : 512 * 3
        #expect(try ArchiveStream.tar([member], modifiedAt: 1_700_000_000).length == headers + 8_589_934_592 + 1024)
    }

    /// 65,535 entries are what the short end record cannot say.
    @Test func `holds more members than a zip had room for`() throws {
        let work = try Workspace()
        let members = (0..<65_536).map { ArchiveMember(path: "\($0)", bytes: []) }
        let stream = try ArchiveStream.zip(members, modifiedAt: 1_700_000_000)
        let bytes = try stream.allBytes()
        #expect(stream.length == Int64(bytes.count))
        _ = try work.write(bytes, to: "a.zip")
        #expect(try work.python("import zipfile; print(len(zipfile.ZipFile('a.zip').namelist()))") == "65536\n")
        let limits = ArchiveLimits(maximumEntries: 70_000, maximumBytes: 1)
        #expect(try work.contents(of: "a.zip", limits: limits).count == 65_536)
    }

    /// Writes and reads 9 GB, so only on request.
    @Test(.enabled(if: ProcessInfo.processInfo.environment["MORU_LONG_TESTS"] != nil))
    func `opens elsewhere past 4 GiB`() throws {
        let work = try Workspace()
        let size: Int64 = 4_400_000_000
        try work.run("truncate", "-s", "\(size)", "big")
        try work.run("sh", "-c", "printf end > small")
        let members = [
            ArchiveMember(path: "big", size: size, file: work.file("big")),
            ArchiveMember(path: "small", size: 3, file: work.file("small")),
        ]
        for (name, stream) in [
            ("a.zip", try ArchiveStream.zip(members, modifiedAt: 0)), ("a.tar", try .tar(members, modifiedAt: 0)),
        ] {
            let output = try FileHandle(forWritingTo: URL(filePath: try work.write([], to: name)))
            var piece = [UInt8](repeating: 0, count: 1 << 20)
            var count = 1
            while count > 0 {
                count = try piece.withUnsafeMutableBytes { try stream.read(into: $0) }
                try output.write(contentsOf: piece[..<count])
            }
            try output.close()
            #expect(try work.run("stat", "-c", "%s", name) == "\(stream.length)\n")
            var sizes: [String: Int64] = [:]
            let limits = ArchiveLimits(maximumBytes: 1 << 40)
            try ArchiveReader(path: work.file(name), limits: limits).forEach { sizes[$0.path] = $0.size }
            #expect(sizes == ["big": size, "small": 3])
        }
        #expect(try work.run("unzip", "-tq", "a.zip").contains("No errors detected"))
        #expect(try work.python("import zipfile; print(zipfile.ZipFile('a.zip').testzip())") == "None\n")
        #expect(try work.run("tar", "xOf", "a.tar", "small") == "end")
    }
}
