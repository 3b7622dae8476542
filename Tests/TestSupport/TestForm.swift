/// A `multipart/form-data` body.
public struct TestForm: Sendable, CustomStringConvertible {
    public static let contentType = "multipart/form-data; boundary=moru-test-boundary"
    private var bytes: [UInt8] = []
    /// The heads of its parts.
    public private(set) var description = ""

    public init() {}

    /// The whole body.
    public var body: [UInt8] { bytes + Array("--moru-test-boundary--\r\n".utf8) }

    public func field(_ name: String, _ value: String) -> TestForm {
        part("name=\"\(name)\"", Array(value.utf8))
    }

    public func file(_ name: String, _ filename: String, _ contents: [UInt8]) -> TestForm {
        part("name=\"\(name)\"; filename=\"\(filename)\"", contents)
    }

    public func artifact(_ path: String, _ contents: String) -> TestForm {
        file("artifact", path, Array(contents.utf8))
    }

    private func part(_ disposition: String, _ contents: [UInt8]) -> TestForm {
        var form = self
        form.description += "[\(disposition)] "
        form.bytes += Array("--moru-test-boundary\r\nContent-Disposition: form-data; \(disposition)\r\n\r\n".utf8)
        form.bytes += contents
        form.bytes += [0x0D, 0x0A]
        return form
    }
}
