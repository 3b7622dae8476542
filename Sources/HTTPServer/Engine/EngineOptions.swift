import CMicroHTTPD
import Glibc

/// The options of libmicrohttpd.
enum EngineOptions {
    static func flags(isIPv6: Bool) -> UInt32 {
        var flags =
            MHD_USE_EPOLL_INTERNAL_THREAD.rawValue | MHD_ALLOW_SUSPEND_RESUME.rawValue | MHD_USE_ITC.rawValue
        if isIPv6 { flags |= MHD_USE_DUAL_STACK.rawValue }
        return flags
    }

    static func make(
        _ configuration: ServerConfiguration, limit: Int, threads: Int, address: UnsafeRawPointer,
        cls: UnsafeMutableRawPointer
    ) -> [MHD_OptionItem] {
        let completed: MHD_RequestCompletedCallback = engineCompleted
        let connected: MHD_NotifyConnectionCallback = engineConnection
        let began:
            @convention(c) (UnsafeMutableRawPointer?, UnsafePointer<CChar>?, OpaquePointer?) ->
                UnsafeMutableRawPointer? = engineBegan
        let unescape: @convention(c) (UnsafeMutableRawPointer?, OpaquePointer?, UnsafeMutablePointer<CChar>?) -> Int =
            engineUnescape
        func item(_ option: MHD_OPTION, _ value: Int, _ pointer: UnsafeMutableRawPointer? = nil) -> MHD_OptionItem {
            MHD_OptionItem(option: option, value: value, ptr_value: pointer)
        }
        return [
            item(.NOTIFY_COMPLETED, unsafeBitCast(completed, to: Int.self), cls),
            item(.NOTIFY_CONNECTION, unsafeBitCast(connected, to: Int.self), cls),
            item(.URI_LOG_CALLBACK, unsafeBitCast(began, to: Int.self), cls),
            item(.UNESCAPE_CALLBACK, unsafeBitCast(unescape, to: Int.self), cls),
            item(.THREAD_POOL_SIZE, threads),
            item(.CONNECTION_TIMEOUT, max(1, configuration.idleTimeout)),
            item(.CONNECTION_LIMIT, limit),
            item(.PER_IP_CONNECTION_LIMIT, max(0, configuration.connectionsPerAddress)),
            // Cleared for every request, so larger ones cost time; smaller ones refuse long heads.
            item(.CONNECTION_MEMORY_LIMIT, 16 << 10),
            item(.CONNECTION_MEMORY_INCREMENT, 8 << 10),
            item(.STRICT_FOR_CLIENT, 1),
            item(.LISTEN_BACKLOG_SIZE, 1024),
            item(.SIGPIPE_HANDLED_BY_APP, 1),
            item(.SOCK_ADDR, 0, UnsafeMutableRawPointer(mutating: address)),
            item(.END, 0),
        ]
    }
}
