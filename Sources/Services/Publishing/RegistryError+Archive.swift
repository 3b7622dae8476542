import Archive
import Registry
import Storage

extension RegistryError {
    /// Why an uploaded archive is not taken.
    init(_ error: ArchiveError) {
        switch error {
        case .tooLarge(let limit):
            self.init(
                .tooLarge, "the archive unpacks to more than \(limit) bytes", ko: "압축을 풀면 \(limit)바이트를 넘습니다")
        case .tooManyEntries(let limit):
            self.init(
                .archiveInvalid, "the archive has more than \(limit) entries", ko: "압축 파일의 항목이 \(limit)개를 넘습니다")
        case .ratioTooHigh(let limit):
            self.init(
                .archiveInvalid, "the archive unpacks to more than \(limit) times its size",
                ko: "압축을 풀면 크기가 \(limit)배를 넘습니다")
        case .unsupported:
            self.init(
                .archiveInvalid, "send a zip, or a tar, plain or with gzip, zstd or xz",
                ko: "zip이나 tar(gzip, zstd, xz 포함)만 받습니다")
        case .damaged(let entry, _):
            let place = entry.map { " near “\(Self.printable($0))”" } ?? ""
            self.init(.archiveInvalid, "the archive is damaged\(place)", ko: "압축 파일이 손상되었습니다\(place)")
        case .refused(let entry, let refusal):
            let name = Self.printable(entry)
            self.init(
                .archiveInvalid, "the archive's entry “\(name)” is not taken: \(refusal.rawValue)",
                ko: "압축 파일의 “\(name)” 항목은 받을 수 없습니다: \(refusal.rawValue)")
        case .unreadable(_, let errno): self = StoreFailure.error(errno: errno)
        case .sizeChanged, .unwritable, .cancelled:
            self.init(.storeUnavailable, "the archive cannot be read", ko: "압축 파일을 읽을 수 없습니다")
        }
    }

    private static func printable(_ name: String) -> String {
        String(String.UnicodeScalarView(name.unicodeScalars.prefix(80).map { $0.isInvisible ? "\u{FFFD}" : $0 }))
    }
}
