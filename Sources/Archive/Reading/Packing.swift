/// How an uploaded archive is packed, by its first bytes.
enum Packing {
    case zip, tar, gzip, zstd, xz

    /// Anything that is nothing else may be a tar, whose mark stands 257 bytes in.
    init(start: [UInt8]) {
        self =
            switch start {
            // A local header or, in a zip without entries, the end record (APPNOTE 4.3.7, 4.3.16).
            case let start where start.starts(with: [0x50, 0x4B, 3, 4]) || start.starts(with: [0x50, 0x4B, 5, 6]): .zip
            // RFC 1952 §2.3.1
            case let start where start.starts(with: [0x1F, 0x8B, 8]): .gzip
            // RFC 8878 §3.1.1
            case let start where start.starts(with: [0x28, 0xB5, 0x2F, 0xFD]): .zstd
            // The .xz file format, §2.1.1.1
            case let start where start.starts(with: [0xFD, 0x37, 0x7A, 0x58, 0x5A, 0]): .xz
            default: .tar
            }
    }
}
