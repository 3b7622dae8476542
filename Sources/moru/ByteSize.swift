/// Sizes as people write them.
enum ByteSize {
    /// `500M`, `50G`, `1024`: K, M, G and T are powers of 1024, with or without `iB` or `B`. nil for anything else.
    static func parse(_ text: String) -> Int64? {
        let digits = text.prefix { $0.isASCII && $0.isNumber }
        guard let number = Int64(digits), number > 0 else { return nil }
        let factor: Int64
        switch text.dropFirst(digits.count).uppercased() {
        case "", "B": factor = 1
        case "K", "KB", "KIB": factor = 1 << 10
        case "M", "MB", "MIB": factor = 1 << 20
        case "G", "GB", "GIB": factor = 1 << 30
        case "T", "TB", "TIB": factor = 1 << 40
        default: return nil
        }
        let (bytes, overflow) = number.multipliedReportingOverflow(by: factor)
        return overflow ? nil : bytes
    }
}
