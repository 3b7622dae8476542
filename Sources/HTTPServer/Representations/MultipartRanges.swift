import Cryptography
import Encoding
import Glibc

/// A `multipart/byteranges` body (RFC 9110 §14.6), read where it is asked for.
package struct MultipartRanges: Sendable {
    package let boundary: String
    package let length: Int64
    let source: Body
    private let pieces: [Piece]

    private enum Piece: Sendable {
        case text([UInt8])
        case part(Range<Int64>)

        var length: Int64 {
            switch self {
            case .text(let bytes): Int64(bytes.count)
            case .part(let range): range.upperBound - range.lowerBound
            }
        }
    }

    init(_ parts: [Range<Int64>], of source: Body, size: Int64, mediaType: String?) {
        let boundary = "moru-" + Hex.encode(SecureRandom.bytes(12))
        var pieces: [Piece] = []
        for part in parts {
            let type = mediaType.map { "Content-Type: \($0)\r\n" } ?? ""
            let head =
                "\r\n--\(boundary)\r\n\(type)Content-Range: bytes \(part.lowerBound)-\(part.upperBound - 1)/\(size)\r\n\r\n"
            pieces += [.text(Array(head.utf8)), .part(part)]
        }
        pieces.append(.text(Array("\r\n--\(boundary)--\r\n".utf8)))
        self.boundary = boundary
        self.pieces = pieces
        self.source = source
        length = pieces.reduce(0) { $0 + $1.length }
    }

    /// Copies from `position` on.
    ///
    /// - Parameters:
    ///   - position: in the whole multipart body.
    ///   - buffer: where to.
    ///   - file: the open source, or -1 when it is bytes.
    /// - Returns: bytes copied, or nil when the source failed.
    func read(at position: Int64, into buffer: UnsafeMutableRawBufferPointer, file: Int32) -> Int? {
        var start: Int64 = 0
        for piece in pieces {
            guard position >= start + piece.length else {
                let skipped = position - start
                let count = min(buffer.count, Int(piece.length - skipped))
                return copy(piece, skipped, UnsafeMutableRawBufferPointer(rebasing: buffer[..<count]), file)
            }
            start += piece.length
        }
        return 0
    }

    private func copy(_ piece: Piece, _ skipped: Int64, _ buffer: UnsafeMutableRawBufferPointer, _ file: Int32) -> Int?
    {
        switch (piece, source) {
        case (.text(let bytes), _):
            buffer.copyBytes(from: bytes[Int(skipped)..<(Int(skipped) + buffer.count)])
            return buffer.count
        case (.part(let range), .bytes(let bytes)):
            let first = Int(range.lowerBound + skipped)
            buffer.copyBytes(from: bytes[first..<(first + buffer.count)])
            return buffer.count
        case (.part(let range), .file(_, let offset, _)):
            let count = pread(file, buffer.baseAddress, buffer.count, off_t(offset + range.lowerBound + skipped))
            return count > 0 ? count : nil
        default: return nil
        }
    }
}
