import Glibc

/// The part of the Internet that counts as one client: an IPv4 address, or the /64 of an IPv6 address.
///
/// Who has one IPv6 address has 2^64 of them (RFC 6177).
public struct ClientNetwork: Hashable, Sendable {
    private let bits: UInt64
    private let isIPv6: Bool

    /// - Parameter address: As a socket or a proxy names it. All texts that are no address count as one client.
    public init(_ address: String) {
        var four = in_addr()
        var six = in6_addr()
        if inet_pton(AF_INET, address, &four) == 1 {
            self.init(bits: UInt64(UInt32(bigEndian: four.s_addr)), isIPv6: false)
        } else if inet_pton(AF_INET6, address, &six) == 1 {
            let (high, low) = withUnsafeBytes(of: &six) { bytes in
                (
                    UInt64(bigEndian: bytes.loadUnaligned(as: UInt64.self)),
                    UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: 8, as: UInt64.self))
                )
            }
            // An IPv4 address in IPv6 form, `::ffff:1.2.3.4` (RFC 4291 §2.5.5.2), is the same client.
            if high == 0, low >> 32 == 0xFFFF {
                self.init(bits: low & 0xFFFF_FFFF, isIPv6: false)
            } else {
                self.init(bits: high, isIPv6: true)
            }
        } else {
            self.init(bits: 0, isIPv6: false)
        }
    }

    private init(bits: UInt64, isIPv6: Bool) {
        (self.bits, self.isIPv6) = (bits, isIPv6)
    }
}
