import Archive
import Foundation
import Testing

@Suite struct `A damaged or greedy archive` {
    private func packed(_ work: Workspace, _ name: String) throws -> [UInt8] {
        try work.python(
            """
            import os, random
            random.seed(7)
            os.makedirs('in')
            for i in range(4): open(f'in/{i}', 'wb').write(bytes(random.randrange(64) for _ in range(3000 + 512 * i)))
            """)
        switch name {
        case "a.zip": try work.run("zip", "-qr", name, "in")
        case "s.zip": try work.run("zip", "-0qr", name, "in")
        default: try work.run("tar", "caf", name, "in")
        }
        return [UInt8](try Data(contentsOf: URL(filePath: work.file(name))))
    }

    @Test(arguments: ["a.zip", "s.zip", "a.tar", "a.tar.gz", "a.tar.zst", "a.tar.xz"])
    func `is never taken for whole when it is cut`(name: String) throws {
        let work = try Workspace()
        let bytes = try packed(work, name)
        #expect(try work.contents(of: name).count == 4)
        // A tar may lose the zeros that fill up its last record.
        let last = name == "a.tar" ? (bytes.lastIndex { $0 != 0 } ?? 0) : bytes.count - 1
        let cuts =
            Array(stride(from: 0, through: last, by: 97)) + Array(stride(from: 0, through: last, by: 512)) + [last]
        for end in cuts {
            _ = try work.write(bytes[..<end], to: "cut")
            #expect(work.failure(of: "cut") != nil, "cut at \(end) of \(bytes.count)")
        }
    }

    @Test(arguments: ["a.zip", "s.zip", "a.tar.xz", "a.tar.gz", "a.tar.zst"])
    func `never hands out other bytes silently when one is flipped`(name: String) throws {
        let work = try Workspace()
        let bytes = try packed(work, name)
        let whole = try work.contents(of: name)
        for index in stride(from: 0, to: bytes.count, by: 53) {
            var broken = bytes
            broken[index] ^= 0x10
            _ = try work.write(broken, to: "broken")
            guard let files = try? work.contents(of: "broken") else { continue }
            // Names have no checksum in a zip; the bytes do.
            #expect(
                files.values.sorted { $0.count < $1.count } == whole.values.sorted { $0.count < $1.count },
                "at \(index)")
        }
    }

    /// Long enough that the tar reader ends before it has seen the checksum at the end of the compression.
    @Test(arguments: ["a.tar.gz", "a.tar.zst", "a.tar.xz"])
    func `is read to the end of its compression`(name: String) throws {
        let work = try Workspace()
        try work.run("sh", "-c", "head -c 3000000 /dev/urandom > x && tar caf \(name) x")
        let bytes = [UInt8](try Data(contentsOf: URL(filePath: work.file(name))))
        #expect(try work.contents(of: name)["x"]?.count == 3_000_000)
        _ = try work.write(bytes.dropLast(), to: "cut")
        #expect(work.failure(of: "cut") != nil)
        for index in [bytes.count / 2, bytes.count - 3] {
            var broken = bytes
            broken[index] ^= 1
            _ = try work.write(broken, to: "broken")
            #expect(work.failure(of: "broken") != nil, "at \(index)")
        }
    }

    @Test func `is read when gzip cut it into members, and refused when packed twice`() throws {
        let work = try Workspace()
        try work.run(
            "sh", "-c",
            "head -c 200000 /dev/urandom > x && tar cf a.tar x && split -b 70000 a.tar p. && gzip p.* && cat p.*.gz > m.tar.gz"
        )
        #expect(try work.contents(of: "m.tar.gz")["x"]?.count == 200_000)
        try work.run("sh", "-c", "gzip -k a.tar && gzip -c a.tar.gz > twice && xz -c a.tar.gz > mixed")
        #expect(work.failure(of: "twice") == .unsupported)
        #expect(work.failure(of: "mixed") == .unsupported)
    }

    @Test func `cannot hide a bomb behind the end of its tar`() throws {
        let work = try Workspace()
        try work.run(
            "sh", "-c",
            "echo 1 > x && tar cf a.tar x && head -c 60000000 /dev/zero >> a.tar && gzip -k a.tar && xz a.tar")
        for name in ["a.tar.gz", "a.tar.xz"] { #expect(work.failure(of: name) == .ratioTooHigh(limit: 200)) }
    }

    @Test func `is refused past each limit`() throws {
        let work = try Workspace()
        try work.python(
            """
            import zipfile, tarfile, io
            z = zipfile.ZipFile('many.zip', 'w')
            for i in range(20): z.writestr(f'{i}/', b'')
            z.close()
            t = tarfile.open('many.tar', 'w')
            for i in range(20): t.addfile(tarfile.TarInfo(str(i)))
            t.close()
            z = zipfile.ZipFile('bomb.zip', 'w', zipfile.ZIP_DEFLATED)
            z.writestr('x', bytes(30 << 20)); z.close()
            t = tarfile.open('bomb.tar.xz', 'w:xz')
            i = tarfile.TarInfo('__MACOSX/x'); i.size = 30 << 20; t.addfile(i, io.BytesIO(bytes(30 << 20))); t.close()
            """)
        let few = ArchiveLimits(maximumEntries: 19, maximumBytes: 1 << 30)
        #expect(work.failure(of: "many.zip", limits: few) == .tooManyEntries(limit: 19))
        #expect(work.failure(of: "many.tar", limits: few) == .tooManyEntries(limit: 19))
        #expect(try work.contents(of: "many.tar").count == 20)
        #expect(work.failure(of: "bomb.zip") == .ratioTooHigh(limit: 200))
        #expect(work.failure(of: "bomb.tar.xz") == .ratioTooHigh(limit: 200))
        #expect(work.failure(of: "bomb.zip", limits: .init(maximumBytes: 1 << 20)) == .tooLarge(limit: 1 << 20))
        let loose = ArchiveLimits(maximumBytes: 30 << 20, maximumRatio: 100_000)
        #expect(try work.contents(of: "bomb.zip", limits: loose)["x"]?.count == 30 << 20)
    }

    @Test func `is refused when its entries share bytes`() throws {
        let work = try Workspace()
        try work.python(
            """
            import zipfile, struct
            z = zipfile.ZipFile('a.zip', 'w'); z.writestr('a', b'x' * 1000); z.writestr('b', b'x' * 1000); z.close()
            d = bytearray(open('a.zip', 'rb').read())
            second = d.rindex(b'PK\\x01\\x02')
            d[second + 42:second + 46] = bytes(4)
            open('a.zip', 'wb').write(d)
            z = zipfile.ZipFile('q.zip', 'w'); z.writestr('b', b'x'); z.close()
            inner = open('q.zip', 'rb').read()[:32]
            z = zipfile.ZipFile('n.zip', 'w'); z.writestr('a', inner); z.writestr('b', b'x'); z.close()
            d = bytearray(open('n.zip', 'rb').read())
            second = d.rindex(b'PK\\x01\\x02')
            d[second + 42:second + 46] = struct.pack('<I', 31)
            open('n.zip', 'wb').write(d)
            """)
        #expect(
            work.failure(of: "a.zip") == .refused(entry: "b", .overlapping)
                || work.failure(of: "a.zip") == .refused(entry: "a", .overlapping))
        #expect(work.failure(of: "n.zip") == .refused(entry: "b", .overlapping))
    }

    @Test func `is refused when its size is a lie`() throws {
        let work = try Workspace()
        try work.python(
            """
            import zipfile, struct
            z = zipfile.ZipFile('a.zip', 'w', zipfile.ZIP_DEFLATED); z.writestr('a', b'x' * 100000); z.close()
            d = bytearray(open('a.zip', 'rb').read())
            for at in (22, d.rindex(b'PK\\x01\\x02') + 24): d[at:at + 4] = struct.pack('<I', 5)
            open('a.zip', 'wb').write(d)
            """)
        guard case .damaged(entry: "a", _)? = work.failure(of: "a.zip") else {
            Issue.record("\(String(describing: work.failure(of: "a.zip")))")
            return
        }
    }
}
