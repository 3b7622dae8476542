import CMicroHTTPD
import Glibc
import Synchronization

// libmicrohttpd calls these on its own threads: free functions, since a closure may inherit an actor.

/// Whether a new connection is taken; otherwise it is closed unread.
func engineAccepts(
    _ cls: UnsafeMutableRawPointer?, _: UnsafePointer<sockaddr>?, _: socklen_t
) -> MHD_Result {
    guard let cls else { return .NO }
    let engine = Unmanaged<Engine>.fromOpaque(cls)
    return engine._withUnsafeGuaranteedRef { $0.isDraining.load(ordering: .relaxed) } ? .NO : .YES
}

func engineConnection(
    _ cls: UnsafeMutableRawPointer?, _ handle: OpaquePointer?,
    _ context: UnsafeMutablePointer<UnsafeMutableRawPointer?>?, _ event: MHD_ConnectionNotificationCode
) {
    guard let cls, let handle, let context else { return }
    let engine = Unmanaged<Engine>.fromOpaque(cls).takeUnretainedValue()
    if event == .CONNECTION_NOTIFY_STARTED {
        context.pointee = Unmanaged.passRetained(engine.opened(handle)).toOpaque()
    } else if let state = context.pointee {
        context.pointee = nil
        engine.closed(handle)
        Unmanaged<ConnectionState>.fromOpaque(state).release()
    }
}

/// The request line is there. What is returned becomes the context of the request.
func engineBegan(
    _: UnsafeMutableRawPointer?, _ uri: UnsafePointer<CChar>?, _ handle: OpaquePointer?
) -> UnsafeMutableRawPointer? {
    guard let uri, let handle, let state = cmhd_context(handle) else { return nil }
    Unmanaged<ConnectionState>.fromOpaque(state)._withUnsafeGuaranteedRef { $0.begin(target: uri) }
    return state
}

/// Leaves the path as it was sent: the router decodes after it has split.
func engineUnescape(
    _: UnsafeMutableRawPointer?, _: OpaquePointer?, _ text: UnsafeMutablePointer<CChar>?
) -> Int {
    text.map { cLength($0) } ?? 0
}

func engineAccess(
    _ cls: UnsafeMutableRawPointer?, _: OpaquePointer?, _: UnsafePointer<CChar>?,
    _ method: UnsafePointer<CChar>?, _ version: UnsafePointer<CChar>?, _ data: UnsafePointer<CChar>?,
    _ size: UnsafeMutablePointer<Int>?, _ context: UnsafeMutablePointer<UnsafeMutableRawPointer?>?
) -> MHD_Result {
    guard let cls, let method, let version, let size, let state = context?.pointee else { return .NO }
    let engine = Unmanaged<Engine>.fromOpaque(cls)
    let connection = Unmanaged<ConnectionState>.fromOpaque(state)
    return engine._withUnsafeGuaranteedRef { engine in
        connection._withUnsafeGuaranteedRef { connection in
            if connection.stage == .head { return engine.headArrived(connection, method, version) }
            if size.pointee > 0 {
                let (taken, result) = engine.bodyArrived(
                    connection, UnsafeRawBufferPointer(start: data, count: size.pointee))
                size.pointee -= taken
                return result
            }
            return engine.proceed(connection)
        }
    }
}

func engineCompleted(
    _ cls: UnsafeMutableRawPointer?, _: OpaquePointer?,
    _ context: UnsafeMutablePointer<UnsafeMutableRawPointer?>?, _ reason: MHD_RequestTerminationCode
) {
    guard let cls, let state = context?.pointee else { return }
    Unmanaged<Engine>.fromOpaque(cls)._withUnsafeGuaranteedRef { engine in
        Unmanaged<ConnectionState>.fromOpaque(state)._withUnsafeGuaranteedRef { connection in
            engine.completed(connection, isWhole: reason == .REQUEST_TERMINATED_COMPLETED_OK)
        }
    }
}
