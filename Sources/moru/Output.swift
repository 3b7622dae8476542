import Glibc
import JSON

/// What a command writes: results to standard output, all else to standard error.
enum Output {
    /// Whether people look at standard output, rather than a program.
    static let isTerminal = isatty(STDOUT_FILENO) == 1

    /// Columns of the terminal; 80 where it does not say.
    static var width: Int {
        var size = winsize()
        guard ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 20 else { return 80 }
        return Int(size.ws_col)
    }

    /// A line of the result.
    static func line(_ text: String) { write(printable(text) + "\n", to: STDOUT_FILENO) }

    /// The result as one JSON document.
    static func json(_ value: JSONValue) {
        write(String(decoding: value.bytes, as: UTF8.self) + "\n", to: STDOUT_FILENO)
    }

    /// A line for people beside the result.
    static func note(_ text: String) { write(printable(text) + "\n", to: STDERR_FILENO) }

    /// Texts of a server may not steer the terminal.
    static func printable(_ text: String) -> String {
        let isPlain: (Unicode.Scalar) -> Bool = { scalar in
            scalar == "\n" || scalar == "\t" || scalar.properties.generalCategory != .control
        }
        guard !text.unicodeScalars.allSatisfy(isPlain) else { return text }
        return String(String.UnicodeScalarView(text.unicodeScalars.filter(isPlain)))
    }

    static func write(_ text: String, to descriptor: CInt) {
        let bytes = Array(text.utf8)
        var written = 0
        while written < bytes.count {
            let count = bytes[written...].withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return }
            written += count
        }
    }
}

/// A list as people and programs read it.
struct Table {
    let columns: [String]
    var rows: [[String]] = []

    init(_ columns: String...) { self.columns = columns }

    /// Aligned under headings on a terminal, tab-separated without headings elsewhere.
    func print() {
        guard Output.isTerminal else {
            for row in rows { Output.line(row.joined(separator: "\t")) }
            return
        }
        guard !rows.isEmpty else { return }
        let all = [columns] + rows
        let widths = columns.indices.map { column in all.map { $0[column].cells }.max() ?? 0 }
        let room = Output.width
        for row in all {
            var line = ""
            for (column, text) in row.enumerated() {
                let isLast = column == columns.count - 1
                line += isLast ? text : text + String(repeating: " ", count: widths[column] - text.cells + 2)
            }
            Output.line(line.cut(toCells: room))
        }
    }
}

extension String {
    /// The columns that the text takes on a terminal: Hangul, kana and ideographs take two (UAX #11).
    var cells: Int { unicodeScalars.reduce(0) { $0 + $1.cells } }

    func cut(toCells maximum: Int) -> String {
        guard cells > maximum else { return self }
        var (text, count) = (String.UnicodeScalarView(), 0)
        for scalar in unicodeScalars where count + scalar.cells < maximum {
            text.append(scalar)
            count += scalar.cells
        }
        return String(text) + "…"
    }
}

extension Unicode.Scalar {
    fileprivate var cells: Int {
        switch value {
        case 0x0300...0x036F, 0x200B...0x200F, 0xFE00...0xFE0F: 0
        case 0x1100...0x115F, 0x2E80...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF00...0xFF60,
            0xFFE0...0xFFE6, 0x1F300...0x1FAFF, 0x20000...0x3FFFD:
            2
        default: 1
        }
    }
}
