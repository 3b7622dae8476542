import HTTPServer
import Registry
import Services
import Synchronization

/// Takes a small JSON body on a route whose bodies are streamed.
final class DocumentSink: BodySink {
    private static let maximum = 1 << 20
    private let collected = Mutex<[UInt8]>([])
    private let answer: @Sendable ([UInt8]) throws -> Response

    /// - Parameter answer: called with the whole body.
    init(answer: @escaping @Sendable ([UInt8]) throws -> Response) {
        self.answer = answer
    }

    func receive(_ bytes: UnsafeRawBufferPointer) throws {
        try collected.withLock { collected in
            guard collected.count + bytes.count <= Self.maximum else {
                throw HTTPError.contentTooLarge(maximum: Int64(Self.maximum))
            }
            collected.append(contentsOf: bytes)
        }
    }

    func finish() throws -> Response { try answer(collected.withLock { $0 }) }

    func cancel() {}
}
