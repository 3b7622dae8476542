/// Takes a request body while it arrives. Calls are serial and off the event loops.
public protocol BodySink: AnyObject, Sendable {
    /// A throw refuses the rest: the client gets `Router.problem` of the error, and `cancel` is called.
    func receive(_ bytes: UnsafeRawBufferPointer) throws
    /// The body is complete. Runs in the slow lane; a throw becomes the response, without `cancel`.
    func finish() throws -> Response
    /// The client vanished or the body was refused: leave nothing behind. Called at most once, never after `finish`.
    func cancel()
}
