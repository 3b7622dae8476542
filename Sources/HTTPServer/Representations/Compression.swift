import CZlib

/// gzip of whole bodies (RFC 1952).
enum Compression {
    /// Bodies below this gain nothing.
    static let minimum = 512

    /// - Returns: nil when zlib fails or the result is not smaller.
    static func gzip(_ bytes: [UInt8], level: Int32) -> [UInt8]? {
        var stream = z_stream()
        guard let length = UInt32(exactly: bytes.count), czlib_gzip_init(&stream, level) == Z_OK else { return nil }
        defer { deflateEnd(&stream) }
        var made = 0
        let packed = [UInt8](unsafeUninitializedCapacity: bytes.count) { output, count in
            made = bytes.withUnsafeBufferPointer { input in
                stream.next_in = UnsafeMutablePointer(mutating: input.baseAddress)
                stream.avail_in = length
                stream.next_out = output.baseAddress
                stream.avail_out = length
                return deflate(&stream, Z_FINISH) == Z_STREAM_END ? bytes.count - Int(stream.avail_out) : 0
            }
            count = made
        }
        return made > 0 ? packed : nil
    }

    /// Media types that shrink. Model files never pass here: they are files or streams.
    static func isCompressible(_ mediaType: String) -> Bool {
        let type = ASCII.lowercased(ASCII.trimmed(mediaType.prefix { $0 != ";" }))
        return type.hasPrefix("text/") || type.hasSuffix("+json") || type.hasSuffix("+xml")
            || ["application/json", "application/javascript", "application/xml", "image/svg+xml"].contains(type)
    }
}
