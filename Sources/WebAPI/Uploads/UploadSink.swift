import HTTPServer
import Registry
import Services

/// Adds the body of a request to an upload while it arrives.
final class UploadSink: BodySink {
    private let part: UploadPart
    private let answer: @Sendable (ResumableUpload) -> Response

    /// `answer` is called with the upload as it is after the last byte.
    init(_ part: UploadPart, answer: @escaping @Sendable (ResumableUpload) -> Response) {
        (self.part, self.answer) = (part, answer)
    }

    func receive(_ bytes: UnsafeRawBufferPointer) throws { try part.write(bytes) }

    func finish() throws -> Response {
        do {
            return answer(try part.finish())
        } catch {
            part.cancel()
            throw error
        }
    }

    func cancel() { part.cancel() }
}
