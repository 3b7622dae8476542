import Glibc

/// A numeric address to listen on.
struct ListenAddress {
    private var four = sockaddr_in()
    private var six = sockaddr_in6()
    let isIPv6: Bool

    init(_ text: String, port: UInt16) throws(ServerError) {
        let text = text == "localhost" ? "127.0.0.1" : text
        if inet_pton(AF_INET, text, &four.sin_addr) == 1 {
            four.sin_family = sa_family_t(AF_INET)
            four.sin_port = port.bigEndian
            isIPv6 = false
        } else if inet_pton(AF_INET6, text, &six.sin6_addr) == 1 {
            six.sin6_family = sa_family_t(AF_INET6)
            six.sin6_port = port.bigEndian
            isIPv6 = true
        } else {
            throw ServerError(description: "\(text) is no IPv4 or IPv6 address to listen on.")
        }
    }

    mutating func withSocketAddress<T>(_ body: (UnsafeRawPointer) -> T) -> T {
        isIPv6
            ? withUnsafePointer(to: &six) { body(UnsafeRawPointer($0)) }
            : withUnsafePointer(to: &four) { body(UnsafeRawPointer($0)) }
    }
}
