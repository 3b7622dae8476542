import CMicroHTTPD
import Glibc

/// Networks of proxies whose word about the client is believed.
struct TrustedProxies: Sendable {
    private struct Network: Sendable {
        let address: [UInt8]
        let bits: Int
    }

    private let networks: [Network]

    init(_ texts: [String]) throws(ServerError) {
        var networks: [Network] = []
        for text in texts {
            let halves = text.split(separator: "/" as Character, maxSplits: 1)
            guard let address = halves.first.flatMap({ Self.bytes(of: String($0)) }),
                let bits = halves.count > 1 ? Int(halves[1]) : address.count * 8, (0...address.count * 8).contains(bits)
            else { throw ServerError(description: "\(text) is no network such as 10.0.0.0/8 or ::1/128.") }
            networks.append(Network(address: address, bits: bits))
        }
        self.networks = networks
    }

    func contains(_ text: String) -> Bool {
        guard !networks.isEmpty, let address = Self.bytes(of: text) else { return false }
        return networks.contains { network in
            guard network.address.count == address.count else { return false }
            let whole = network.bits / 8
            guard network.address[..<whole] == address[..<whole] else { return false }
            let rest = network.bits % 8
            return rest == 0 || (network.address[whole] ^ address[whole]) >> (8 - rest) == 0
        }
    }

    /// The last address of `X-Forwarded-For` that is no trusted proxy; nil when the field holds no address.
    func client(in forwardedFor: String) -> String? {
        var client: String?
        for element in forwardedFor.split(separator: "," as Character).reversed() {
            let text = String(ASCII.trimmed(element))
            guard Self.bytes(of: text) != nil else { return client }
            client = text
            if !contains(text) { return client }
        }
        return client
    }

    /// Four or sixteen bytes; an IPv4 address inside IPv6 is the IPv4 address.
    private static func bytes(of text: String) -> [UInt8]? {
        var four = in_addr()
        if inet_pton(AF_INET, text, &four) == 1 { return withUnsafeBytes(of: &four) { Array($0) } }
        var six = in6_addr()
        guard inet_pton(AF_INET6, text, &six) == 1 else { return nil }
        let bytes = withUnsafeBytes(of: &six) { Array($0) }
        let isMapped = bytes[..<10].allSatisfy { $0 == 0 } && bytes[10] == 0xFF && bytes[11] == 0xFF
        return isMapped ? Array(bytes[12...]) : bytes
    }

    /// The text of a peer's address; IPv4 inside IPv6 is shown as IPv4.
    static func peer(of connection: OpaquePointer) -> String {
        withUnsafeTemporaryAllocation(of: CChar.self, capacity: 64) { buffer in
            guard let base = buffer.baseAddress, cmhd_peer_text(connection, base, 64) != 0 else { return "-" }
            let text = String(cString: base)
            return text.hasPrefix("::ffff:") && text.contains(".") ? String(text.dropFirst(7)) : text
        }
    }
}
