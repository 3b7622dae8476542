import HTTPServer
import Services
import Synchronization

/// Publishes a form while it arrives.
final class MultipartSink: BodySink {
    private struct State {
        var reader: MultipartReader
        let form: PublishForm
    }

    /// Used within one call only, by the thread that makes it.
    private struct Bytes: @unchecked Sendable {
        let pointer: UnsafeRawBufferPointer
    }

    private let state: Mutex<State>
    private let publish: @Sendable (PublishRequest) throws -> Response

    /// - Throws: 415 or 400 when `contentType` is not that of a form.
    init(
        contentType: String, contentLength: Int64?, form: sending PublishForm,
        publish: @escaping @Sendable (PublishRequest) throws -> Response
    ) throws {
        state = Mutex(
            State(reader: try MultipartReader(contentType: contentType, contentLength: contentLength), form: form))
        self.publish = publish
    }

    func receive(_ bytes: UnsafeRawBufferPointer) throws {
        let bytes = Bytes(pointer: bytes)
        try state.withLock { try $0.reader.feed(bytes.pointer, to: $0.form) }
    }

    func finish() throws -> Response {
        let request = try state.withLock { state in
            do {
                try state.reader.finish()
                return try state.form.finish()
            } catch {
                state.form.cancel()
                throw error
            }
        }
        return try publish(request)
    }

    func cancel() { state.withLock { $0.form.cancel() } }
}
