/// Takes a request body while it arrives. Calls are serial and off the event loops.
public protocol BodySink: AnyObject, Sendable {
    /// Takes the next bytes, which hold during the call only.
    ///
    /// - Throws: What refuses the rest: the client gets `Router.problem` of the error, and `cancel` is called.
    func receive(_ bytes: UnsafeRawBufferPointer) throws
    /// The body is complete. Runs in the slow lane.
    ///
    /// - Throws: What becomes the response by `Router.problem`, without `cancel`.
    func finish() throws -> Response
    /// The client vanished or the body was refused: leave nothing behind. Called at most once, never after `finish`.
    func cancel()
}
