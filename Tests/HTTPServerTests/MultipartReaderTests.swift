import HTTPServer
import Testing

/// Writes down what a reader tells.
private final class Recorder: MultipartDelegate {
    var parts: [(head: MultipartPart, bytes: [UInt8])] = []
    var ended = 0

    func partBegan(_ part: MultipartPart) { parts.append((part, [])) }
    func partReceived(_ bytes: UnsafeRawBufferPointer) { parts[parts.count - 1].bytes += Array(bytes) }
    func partEnded() { ended += 1 }

    var summary: [String] {
        parts.map { "\($0.head.name)|\($0.head.filename ?? "-")|\(String(decoding: $0.bytes, as: UTF8.self))" }
    }
}

private func read(
    _ pieces: [[UInt8]], type: String = "multipart/form-data; boundary=XYZ", limits: MultipartReader.Limits = .init()
) throws -> Recorder {
    var reader = try MultipartReader(contentType: type, limits: limits)
    let recorder = Recorder()
    for piece in pieces { try piece.withUnsafeBytes { try reader.feed($0, to: recorder) } }
    try reader.finish()
    #expect(recorder.ended == recorder.parts.count)
    return recorder
}

private func read(_ text: String, limits: MultipartReader.Limits = .init()) throws -> Recorder {
    try read([Array(text.utf8)], limits: limits)
}

private func part(_ disposition: String, _ body: String = "x", extra: String = "") -> String {
    "--XYZ\r\nContent-Disposition: form-data; \(disposition)\r\n\(extra)\r\n\(body)\r\n--XYZ--\r\n"
}

@Suite struct `A form` {
    @Test(arguments: [1, 7, 10_000]) func `of a known length tells how long its last part is`(step: Int) throws {
        let last = "bytes of the last"
        let form = Array(
            ("--XYZ\r\nContent-Disposition: form-data; name=a\r\n\r\nfirst\r\n" + part("name=b; filename=b", last)).utf8
        )
        var reader = try MultipartReader(
            contentType: "multipart/form-data; boundary=XYZ", contentLength: Int64(form.count))
        let recorder = Recorder()
        for start in stride(from: 0, to: form.count, by: step) {
            try form[start..<min(start + step, form.count)].withUnsafeBytes { try reader.feed($0, to: recorder) }
        }
        #expect(recorder.parts.last?.head.sizeIfLast == Int64(last.utf8.count))
        #expect(try read([form]).parts.allSatisfy { $0.head.sizeIfLast == nil })
    }

    private static let form = """
        preamble\r
        --XYZ\r
        Content-Disposition: form-data; name="version"\r
        \r
        1.0.0\r
        --XYZ  \r
        content-disposition: form-data; name=artifact; filename="모델.bin"\r
        Content-Type: application/octet-stream\r
        \r
        \r\n--XY\r\r\n-\r\n--X\r
        \r
        --XYZ\r
        Content-Disposition: form-data; name="empty"\r
        \r
        \r
        --XYZ--\r
        epilogue --XYZ
        """
    private static let parts = [
        "version|-|1.0.0", "artifact|모델.bin|\r\n--XY\r\r\n-\r\n--X\r\n", "empty|-|",
    ]

    @Test func `is read the same, wherever it is cut in two`() throws {
        let bytes = Array(Self.form.utf8)
        for position in 0...bytes.count {
            #expect(try read([Array(bytes[..<position]), Array(bytes[position...])]).summary == Self.parts)
        }
    }

    @Test(arguments: [1, 2, 3, 5, 7]) func `is read the same in small pieces`(size: Int) throws {
        let bytes = Array(Self.form.utf8)
        let pieces = stride(from: 0, to: bytes.count, by: size).map { Array(bytes[$0..<min($0 + size, bytes.count)]) }
        #expect(try read(pieces).summary == Self.parts)
    }

    @Test(arguments: [
        (#"name="a"; filename="b \"c\" d""#, #"b "c" d"#),
        (#"name="a"; filename="b%22c""#, #"b"c"#),
        (#"name="a"; filename="C:\dir\file""#, #"C:\dir\file"#),
        (#"name="a"; filename="b\\c""#, #"b\c"#),
        (#"name="a"; filename="plain"; filename*=UTF-8''%EB%AA%A8%20b"#, "모 b"),
        (#"filename*=utf-8'ko'%EB%AA%A8; name=a"#, "모"),
        (#"name="a"; filename="x;y=z""#, "x;y=z"),
        (#"name="a"; filename="""#, ""),
        (#"name = a ; filename="b""#, nil),
    ]) func `names its files as they were called`(disposition: String, filename: String?) throws {
        guard let filename else {
            #expect(throws: HTTPError.self) { try read(part(disposition)) }
            return
        }
        #expect(try read(part(disposition)).summary == ["a|\(filename)|x"])
    }

    @Test(arguments: [
        "", "--XYZ", "--XYZ\r\n", "--XYZ-\r\n", "--XYZzz\r\n\r\n", "x--XYZ--",
        "--XYZ\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nbody",
        "--XYZ\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nbody\r\n--XYZ",
        "--XYZ\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nbody\r\n--XYZ-",
        "--XYZ\r\n\r\nbody\r\n--XYZ--",
        part("filename=\"a\""), part("name=\"a"), part("name=\"a\"b"), part("name=a; name=b"),
        part("name=a", extra: "Content-Disposition: form-data; name=b\r\n"),
        part("name=a", extra: "Content-Transfer-Encoding: base64\r\n"),
        part("name=a", extra: "Content-Transfer-Encoding: quoted-printable\r\n"),
        part("name=a", extra: "No colon\r\n"), part("name=a", extra: " folded: x\r\n"),
        part("name=a", extra: "A b: x\r\n"),
        part("name=\"a\u{0}\""), part("name=\"a\nb\""), part("name=a; filename*=latin1''%E4"),
        part("name=a; filename*=UTF-8''%E4"), part("name=a; filename*=UTF-8''%zz"), part("name=a; filename*=x"),
        "--XYZ\r\nContent-Disposition: attachment; name=a\r\n\r\nx\r\n--XYZ--",
    ]) func `is refused when it is malformed or breaks off`(form: String) {
        #expect(throws: HTTPError.self) { try read(form) }
    }

    @Test(arguments: ["text/plain", "multipart/mixed; boundary=XYZ", "", "multipart/form-data"])
    func `needs its media type and a boundary`(type: String) {
        #expect(throws: HTTPError.self) { try MultipartReader(contentType: type) }
        #expect(throws: HTTPError.self) { try MultipartReader(contentType: nil) }
    }

    @Test(arguments: ["\"a b\"", "----WebKitFormBoundaryABC123", "\"'()+_,-./:=?\"", "a"])
    func `takes every boundary of the standard`(boundary: String) throws {
        let plain = boundary.replacing("\"", with: "")
        let form = "--\(plain)\r\nContent-Disposition: form-data; name=n\r\n\r\nv\r\n--\(plain)--"
        #expect(
            try read([Array(form.utf8)], type: "Multipart/Form-Data; charset=utf-8; boundary=\(boundary)").summary
                == ["n|-|v"])
    }

    @Test func `has limits`() throws {
        let many = (0..<40).map { "; p\($0)=" }.joined()
        #expect(throws: HTTPError.self) { try read(part("name=a\(many)")) }
        var limits = MultipartReader.Limits()
        limits.parts = 1
        #expect(throws: HTTPError.self) { try read(Self.form, limits: limits) }
        limits = .init()
        limits.fieldBytes = 4
        #expect(throws: HTTPError.self) { try read(Self.form, limits: limits) }
        limits.fieldBytes = 5
        #expect(try read(Self.form, limits: limits).summary == Self.parts)
        #expect(throws: HTTPError.self) {
            try read(part("name=a", extra: "X: \(String(repeating: "y", count: 9000))\r\n"))
        }
    }

    @Test func `carries any bytes`() throws {
        let body = (0..<70_000).map { UInt8(truncatingIfNeeded: $0 &* 31 >> 3) }
        let head = Array("--XYZ\r\nContent-Disposition: form-data; name=f; filename=f\r\n\r\n".utf8)
        let form = head + body + Array("\r\n--XYZ--\r\n".utf8)
        for size in [1000, 4096, 65_536] {
            let pieces = stride(from: 0, to: form.count, by: size).map { Array(form[$0..<min($0 + size, form.count)]) }
            #expect(try read(pieces).parts.first?.bytes == body)
        }
    }
}
