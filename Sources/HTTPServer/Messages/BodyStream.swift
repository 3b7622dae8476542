/// A response body made while it is sent. The engine pulls it and calls one method at a time.
public protocol BodyStream: AnyObject, Sendable {
    /// Bytes in all, or nil when unknown: then it is sent chunked.
    var length: Int64? { get }
    /// Fills `buffer` from its start, on a job thread.
    ///
    /// - Returns: Bytes written; 0 is the end.
    /// - Throws: Anything; it cuts the connection, so that the client sees a fault.
    func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int
    /// The client vanished or the server stops before the end. Called at most once, never after the end.
    func cancel()
}
