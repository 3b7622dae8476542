import Archive
import Foundation
import Testing

@Suite struct `An archive coming in` {
    static let packers: [(name: String, command: [String])] = [
        ("a.zip", ["zip", "-qr", "a.zip", "."]),
        ("s.zip", ["zip", "-0qr", "s.zip", "."]),
        ("a.tar", ["tar", "cf", "a.tar", "README.md", "모델"]),
        ("pax.tar", ["tar", "--format=pax", "-cf", "pax.tar", "README.md", "모델"]),
        ("v7.tar", ["tar", "--format=ustar", "-cf", "v7.tar", "./README.md", "./모델"]),
        ("a.tar.gz", ["tar", "czf", "a.tar.gz", "./README.md", "./모델"]),
        ("a.tar.zst", ["tar", "--zstd", "-cf", "a.tar.zst", "README.md", "모델"]),
        ("a.tar.xz", ["tar", "cJf", "a.tar.xz", "README.md", "모델"]),
        ("py.zip", ["python3", "-c", "import shutil; shutil.make_archive('py', 'zip', '.', '모델')"]),
    ]

    func workspace() throws -> Workspace {
        let work = try Workspace()
        try work.run("mkdir", "모델")
        _ = try work.write("# 사람 감지\n".utf8, to: "README.md")
        _ = try work.write((0..<100_000).map { UInt8(truncatingIfNeeded: $0 &* $0 >> 3) }, to: "모델/가중치.onnx")
        _ = try work.write([], to: "모델/empty")
        return work
    }

    @Test(arguments: packers.indices)
    func `is read whatever packed it`(index: Int) throws {
        let work = try workspace()
        let packer = Self.packers[index]
        try work.python("import subprocess; subprocess.check_call(\(packer.command.description))")
        let files = try work.contents(of: packer.name)
        #expect(files["모델/가중치.onnx"]?.count == 100_000)
        #expect(files["모델/가중치.onnx"] == [UInt8](try Data(contentsOf: URL(filePath: work.file("모델/가중치.onnx")))))
        #expect(files["모델/empty"] == [])
        if packer.name != "py.zip" { #expect(files["README.md"] == Array("# 사람 감지\n".utf8)) }
    }

    /// A script of Python that writes `a`, and what must be thrown.
    static let refusals: [(String, ArchiveError)] = [
        (zip("z.writestr('../x', b'1')"), .refused(entry: "../x", .parentPath)),
        (zip("z.writestr('a/../../x', b'1')"), .refused(entry: "a/../../x", .parentPath)),
        (zip("z.writestr('/etc/x', b'1')"), .refused(entry: "/etc/x", .absolutePath)),
        (zip("z.writestr('./x', b'1'); z.writestr('x', b'2')"), .refused(entry: "x", .duplicate)),
        (
            zip("z.writestr('\\u1112\\u1161\\u11ab', b'1'); z.writestr('\\ud55c', b'2')"),
            .refused(entry: "한", .duplicate)
        ),
        (
            zip("i = zipfile.ZipInfo('l'); i.external_attr = 0o120777 << 16; z.writestr(i, b'/etc/passwd')"),
            .refused(entry: "l", .link)
        ),
        (
            zip("i = zipfile.ZipInfo('f'); i.external_attr = 0o010644 << 16; z.writestr(i, b'')"),
            .refused(entry: "f", .special)
        ),
        (zip("z.writestr('b', b'1', zipfile.ZIP_BZIP2)"), .refused(entry: "b", .compressionMethod)),
        (zip("z.writestr('l', b'1', zipfile.ZIP_LZMA)"), .refused(entry: "l", .compressionMethod)),
        (
            zip("z.writestr('secret', b'1' * 99)")
                + "; d = bytearray(open('a','rb').read()); d[6] |= 1; d[d.rindex(b'PK\\x01\\x02') + 8] |= 1; open('a','wb').write(d)",
            .refused(entry: "secret", .encrypted)
        ),
        (
            tar("i = tarfile.TarInfo('../x'); i.size = 1; t.addfile(i, io.BytesIO(b'1'))"),
            .refused(entry: "../x", .parentPath)
        ),
        (
            tar("i = tarfile.TarInfo('/x'); i.size = 1; t.addfile(i, io.BytesIO(b'1'))"),
            .refused(entry: "/x", .absolutePath)
        ),
        (
            tar("i = tarfile.TarInfo('l'); i.type = tarfile.SYMTYPE; i.linkname = '/etc'; t.addfile(i)"),
            .refused(entry: "l", .link)
        ),
        (
            tar(
                "t.addfile(tarfile.TarInfo('x')); i = tarfile.TarInfo('l'); i.type = tarfile.LNKTYPE; i.linkname = 'x'; t.addfile(i)"
            ),
            .refused(entry: "l", .link)
        ),
        (tar("i = tarfile.TarInfo('d'); i.type = tarfile.CHRTYPE; t.addfile(i)"), .refused(entry: "d", .special)),
        (tar("i = tarfile.TarInfo('d'); i.type = tarfile.BLKTYPE; t.addfile(i)"), .refused(entry: "d", .special)),
        (tar("i = tarfile.TarInfo('p'); i.type = tarfile.FIFOTYPE; t.addfile(i)"), .refused(entry: "p", .special)),
        (tar("t.addfile(tarfile.TarInfo('x')); t.addfile(tarfile.TarInfo('./x'))"), .refused(entry: "x", .duplicate)),
        (
            tar("t.addfile(tarfile.TarInfo('a/' + 'n' * 5000))"),
            .refused(entry: "a/" + String(repeating: "n", count: 62), .nameTooLong)
        ),
        ("open('a', 'wb').write(b'hello')", .unsupported),
        ("open('a', 'wb').write(b'')", .unsupported),
        ("open('a', 'wb').write(b'Rar!\\x1a\\x07\\x00' + bytes(100))", .unsupported),
        ("open('a', 'wb').write(b'7z\\xbc\\xaf\\x27\\x1c' + bytes(100))", .unsupported),
        ("open('a', 'wb').write(b'070701' + b'0' * 104 + bytes(600))", .unsupported),
        ("open('a', 'wb').write(b'#mtree\\nx type=file\\n')", .unsupported),
        (
            "import bz2; " + tar("t.addfile(tarfile.TarInfo('x'))")
                + "; d = open('a', 'rb').read(); open('a', 'wb').write(bz2.compress(d))",
            .unsupported
        ),
    ]

    static func zip(_ body: String) -> String { "import zipfile; z = zipfile.ZipFile('a', 'w'); \(body); z.close()" }
    static func tar(_ body: String) -> String { "import tarfile, io; t = tarfile.open('a', 'w'); \(body); t.close()" }

    @Test(arguments: refusals.indices)
    func `is refused`(index: Int) throws {
        let work = try Workspace()
        try work.python(Self.refusals[index].0)
        #expect(work.failure(of: "a") == Self.refusals[index].1)
    }

    @Test func `is refused when a tar is sparse or a name is not UTF-8`() throws {
        let work = try Workspace()
        try work.run("truncate", "-s", "1M", "hole")
        try work.run(
            "sh", "-c",
            "printf x >> hole && tar --sparse -cf gnu.tar hole && tar --format=posix --sparse -cf posix.tar hole")
        #expect(work.failure(of: "gnu.tar") == .refused(entry: "hole", .sparse))
        #expect(work.failure(of: "posix.tar") == .refused(entry: "hole", .sparse))
        try work.python(
            Self.tar("t.encoding = 'euc-kr'; t.format = tarfile.GNU_FORMAT; t.addfile(tarfile.TarInfo('모델'))"))
        guard case .refused(_, .nameNotUTF8)? = work.failure(of: "a") else {
            Issue.record("\(String(describing: work.failure(of: "a")))")
            return
        }
    }

    @Test func `loses directories and what macOS adds`() throws {
        let work = try Workspace()
        try work.python(
            Self.zip(
                "z.writestr('d/', b''); z.writestr('__MACOSX/d/._x', b'1'); z.writestr('d/.DS_Store', b'1'); z.writestr('d/x', b'1'); z.writestr('d/._x', b'1')"
            ))
        #expect(try work.contents(of: "a") == ["d/x": [0x31]])
    }

    @Test func `may be passed over without reading its entries`() throws {
        let work = try workspace()
        try work.run("zip", "-qr", "a.zip", ".")
        try work.run("tar", "czf", "a.tar.gz", "README.md", "모델")
        for name in ["a.zip", "a.tar.gz"] {
            var paths: Set<String> = []
            try ArchiveReader(path: work.file(name), limits: .init(maximumBytes: 1 << 20)).forEach {
                paths.insert($0.path)
            }
            #expect(paths == ["README.md", "모델/가중치.onnx", "모델/empty"])
        }
    }

    @Test func `hands on what its reader throws`() throws {
        struct Stop: Error {}
        let work = try workspace()
        try work.run("zip", "-qr", "a.zip", ".")
        let reader = ArchiveReader(path: work.file("a.zip"), limits: .init(maximumBytes: 1 << 20))
        #expect(throws: Stop.self) { try reader.forEach { _ in throw Stop() } }
        #expect(throws: Stop.self) { try reader.forEach { try $0.read { _ in throw Stop() } } }
    }

    @Test func `is missing`() {
        #expect(throws: ArchiveError.unreadable(path: "/none", errno: ENOENT)) {
            try ArchiveReader(path: "/none", limits: .init(maximumBytes: 1)).forEach { _ in }
        }
    }
}
