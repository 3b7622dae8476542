import Archive
import Foundation
import Testing

@Suite struct `An archive going out` {
    enum Kind: CaseIterable { case zip, tar }

    static let longName = String(repeating: "directory/", count: 20) + "weights.bin"
    static let members = [
        ArchiveMember(path: "README.md", bytes: Array("# 사람 감지\n".utf8)),
        ArchiveMember(path: "모델/가중치.onnx", bytes: (0..<200_000).map { UInt8(truncatingIfNeeded: $0 &* 7 &+ $0 >> 8) }),
        ArchiveMember(path: "empty.txt", bytes: []),
        ArchiveMember(path: longName, bytes: [UInt8](repeating: 9, count: 512)),
    ]

    func stream(_ kind: Kind, _ members: [ArchiveMember] = members) throws -> ArchiveStream {
        switch kind {
        case .zip: try .zip(members, modifiedAt: 1_700_000_000)
        case .tar: try .tar(members, modifiedAt: 1_700_000_000)
        }
    }

    @Test(arguments: Kind.allCases)
    func `has the length it promised, and the same bytes each time whatever the step`(kind: Kind) throws {
        let bytes = try stream(kind).allBytes()
        #expect(Int64(bytes.count) == (try stream(kind).length))
        #expect(try stream(kind).allBytes() == bytes)
        #expect(try stream(kind).allBytes(step: 1) == bytes)
        #expect(try stream(kind).allBytes(step: 777) == bytes)
    }

    @Test(arguments: Kind.allCases)
    func `is read back by the reader for uploads`(kind: Kind) throws {
        let work = try Workspace()
        _ = try work.write(try stream(kind).allBytes(), to: "a")
        let files = try work.contents(of: "a")
        #expect(files.count == Self.members.count)
        for member in Self.members { #expect(.bytes(files[member.path] ?? [1]) == member.contents) }
    }

    @Test(arguments: Kind.allCases)
    func `may be empty`(kind: Kind) throws {
        let work = try Workspace()
        _ = try work.write(try stream(kind, []).allBytes(), to: "a")
        #expect(try work.contents(of: "a").isEmpty)
    }

    @Test func `opens with unzip and Python's zipfile`() throws {
        let work = try Workspace()
        _ = try work.write(try stream(.zip).allBytes(), to: "a.zip")
        #expect(try work.run("unzip", "-tq", "a.zip").contains("No errors detected"))
        try work.run("unzip", "-q", "a.zip", "-d", "out")
        #expect(try work.run("cat", "out/README.md") == "# 사람 감지\n")
        let listing = try work.python(
            """
            import zipfile
            z = zipfile.ZipFile('a.zip')
            assert z.testzip() is None
            for i in z.infolist(): print(i.filename, i.file_size, i.date_time, oct(i.external_attr >> 16))
            """)
        #expect(listing.contains("모델/가중치.onnx 200000 (2023, 11, 14, 22, 13, 20) 0o100644"))
        #expect(listing.split(separator: "\n").count == 4)
    }

    @Test func `opens with tar and Python's tarfile`() throws {
        let work = try Workspace()
        _ = try work.write(try stream(.tar).allBytes(), to: "a.tar")
        #expect(
            try work.run("tar", "tvf", "a.tar").contains("-rw-r--r-- 0/0          200000 2023-11-14 22:13 모델/가중치.onnx"))
        try work.run("mkdir", "out")
        try work.run("tar", "xf", "a.tar", "-C", "out")
        #expect(try work.run("stat", "-c", "%s", "out/" + Self.longName) == "512\n")
        let listing = try work.python("import tarfile; print([m.name for m in tarfile.open('a.tar', errorlevel=2)])")
        #expect(listing.contains(Self.longName) && listing.contains("모델/가중치.onnx"))
    }

    @Test(arguments: Kind.allCases)
    func `streams a file`(kind: Kind) throws {
        let work = try Workspace()
        let bytes = [UInt8](repeating: 42, count: 100_001)
        let file = try work.write(bytes, to: "blob")
        let member = ArchiveMember(path: "a.bin", size: 100_001, file: file)
        _ = try work.write(try stream(kind, [member]).allBytes(), to: "a")
        #expect(try work.contents(of: "a") == ["a.bin": bytes])
    }

    @Test(arguments: Kind.allCases)
    func `fails when a file has another size or is missing`(kind: Kind) throws {
        let work = try Workspace()
        let file = try work.write([1, 2, 3], to: "blob")
        for size in [2, 4] as [Int64] {
            let stream = try stream(kind, [ArchiveMember(path: "a.bin", size: size, file: file)])
            #expect(throws: ArchiveError.sizeChanged(entry: "a.bin")) { try stream.allBytes() }
            #expect(throws: ArchiveError.cancelled) { try stream.allBytes() }
        }
        let missing = try stream(kind, [ArchiveMember(path: "a.bin", size: 3, file: work.file("none"))])
        #expect(throws: ArchiveError.unreadable(path: work.file("none"), errno: ENOENT)) { try missing.allBytes() }
    }

    @Test(arguments: Kind.allCases)
    func `fails when a file is cut while it is read`(kind: Kind) throws {
        let work = try Workspace()
        let file = try work.write([UInt8](repeating: 1, count: 100_000), to: "blob")
        let stream = try stream(kind, [ArchiveMember(path: "a.bin", size: 100_000, file: file)])
        var piece = [UInt8](repeating: 0, count: 4096)
        #expect(try piece.withUnsafeMutableBytes { try stream.read(into: $0) } == 4096)
        try work.run("truncate", "-s", "5000", "blob")
        #expect(throws: ArchiveError.sizeChanged(entry: "a.bin")) { try stream.allBytes() }
    }

    @Test(arguments: Kind.allCases)
    func `refuses members that no archive can hold`(kind: Kind) {
        for member in [
            ArchiveMember(path: "", bytes: []), ArchiveMember(path: "a", size: -1, file: "/dev/null"),
            ArchiveMember(path: String(repeating: "a", count: 65_536), bytes: []),
            ArchiveMember(path: "a", size: .max, file: "/dev/null"),
        ] {
            #expect(throws: ArchiveError.unwritable(entry: member.path)) { try stream(kind, [member]) }
        }
    }
}
