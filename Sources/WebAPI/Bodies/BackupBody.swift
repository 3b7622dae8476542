import HTTPServer
import Services

/// A ``BackupStream`` as the engine pulls it.
final class BackupBody: BodyStream {
    private let stream: BackupStream
    private let log: @Sendable (String) -> Void

    /// `log` receives why a backup failed half-way, which the client cannot be told any more.
    init(_ stream: BackupStream, log: @escaping @Sendable (String) -> Void) {
        (self.stream, self.log) = (stream, log)
    }

    var length: Int64? { stream.length }

    func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
        do {
            return try stream.read(into: buffer)
        } catch {
            log("the backup failed: \(error)")
            throw error
        }
    }

    func cancel() { stream.cancel() }
}
