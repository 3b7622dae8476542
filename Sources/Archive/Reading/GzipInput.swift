import CZlib

/// gzip through zlib, since libarchive does not compare the CRC-32 and the length at the end (RFC 1952 §2.3.1).
final class GzipInput: CompressedInput {
    private static let windowBits = 15 + 16
    private let file: ArchiveFile
    private let input = UnsafeMutableRawBufferPointer.allocate(byteCount: 64 * 1024, alignment: 16)
    private let output = UnsafeMutableRawBufferPointer.allocate(byteCount: 256 * 1024, alignment: 16)
    private var stream = z_stream()
    private var position: Int64 = 0
    private var isInside = true

    init(path: String) throws(ArchiveError) {
        file = try ArchiveFile(path: path)
        guard inflateInit2_(&stream, Int32(Self.windowBits), ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK
        else { throw .unsupported }
    }

    deinit {
        inflateEnd(&stream)
        input.deallocate()
        output.deallocate()
    }

    func next() throws(ArchiveError) -> UnsafeRawBufferPointer? {
        while true {
            if stream.avail_in == 0 {
                let count = try file.read(into: input, at: position)
                guard count > 0 else {
                    guard !isInside else { throw .damaged(entry: nil, reason: "the gzip stream is cut short") }
                    return nil
                }
                position += Int64(count)
                stream.next_in = input.baseAddress?.assumingMemoryBound(to: UInt8.self)
                stream.avail_in = UInt32(count)
            }
            // Another member follows the one that ended (RFC 1952 §2.2).
            if !isInside {
                inflateReset(&stream)
                isInside = true
            }
            stream.next_out = output.baseAddress?.assumingMemoryBound(to: UInt8.self)
            stream.avail_out = UInt32(output.count)
            switch inflate(&stream, Z_NO_FLUSH) {
            case Z_OK, Z_BUF_ERROR: break
            case Z_STREAM_END: isInside = false
            default: throw .damaged(entry: nil, reason: "the gzip stream is damaged")
            }
            let count = output.count - Int(stream.avail_out)
            if count > 0 { return UnsafeRawBufferPointer(rebasing: output[..<count]) }
        }
    }
}
