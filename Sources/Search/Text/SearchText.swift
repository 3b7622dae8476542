import Registry
/// Turns text into the terms that search compares, the same way for what is indexed and what is asked.
///
/// Latin words are folded and cut to a stem, so that "detectors" meets "detection". Runs of Hangul and of Chinese or
/// Japanese characters become overlapping pairs: 주정차 is found inside 불법주정차 without a dictionary.
public enum SearchText {
    /// A stretch of text without separators.
    package struct Word: Sendable, Hashable {
        /// Folded, as written otherwise.
        package let text: String
        /// Hangul and other scripts without spaces between words.
        package let isGrammed: Bool
    }

    /// The words of `text` in order; at most `maximum` of them.
    package static func words(_ text: some StringProtocol, maximum: Int = .max) -> [Word] {
        var words: [Word] = []
        var text = String(text)
        text.withUTF8 { bytes in
            var start = 0
            while start < bytes.count, words.count < maximum {
                var end = start
                var isASCII = true
                while end < bytes.count, bytes[end] > 0x20 {
                    if bytes[end] >= 0x80 { isASCII = false }
                    end += 1
                }
                let piece = UnsafeBufferPointer(rebasing: bytes[start..<end])
                if isASCII {
                    append(ascii: piece, to: &words)
                } else {
                    append(String(decoding: piece, as: UTF8.self), to: &words)
                }
                start = end + 1
            }
        }
        return words.count > maximum ? Array(words.prefix(maximum)) : words
    }

    private static func append(ascii bytes: UnsafeBufferPointer<UInt8>, to words: inout [Word]) {
        var start = 0
        for end in 0...bytes.count {
            let byte = end < bytes.count ? bytes[end].lowercasedASCII : 0
            if byte.isDigit || byte.isLowercaseLetter { continue }
            if end > start {
                let text = String(unsafeUninitializedCapacity: end - start) { buffer in
                    for index in start..<end { buffer[index - start] = bytes[index].lowercasedASCII }
                    return end - start
                }
                words.append(Word(text: text, isGrammed: false))
            }
            start = end + 1
        }
    }

    private static func append(_ text: String, to words: inout [Word]) {
        var current = String.UnicodeScalarView()
        var kind = Kind.separator
        func close() {
            if kind != .separator { words.append(Word(text: String(current), isGrammed: kind == .grammed)) }
            current = String.UnicodeScalarView()
        }
        for written in text.folded.unicodeScalars {
            let scalar = written.halfWidth
            let next = Kind(scalar)
            if next == .mark { continue }
            if next != kind {
                close()
                kind = next
            }
            if next != .separator { current.append(scalar) }
        }
        close()
    }

    /// Letters and numbers of a Latin word apart: `yolov4` is `yolo`, `v4`; `resnet50` is `resnet`, `50`; `v4` is whole.
    package static func parts(of word: String) -> [String] {
        guard word.utf8.contains(where: \.isDigit) else { return [word] }
        var parts: [[UInt8]] = []
        var wasDigit = false
        for byte in word.utf8 {
            if parts.isEmpty || byte.isDigit != wasDigit { parts.append([]) }
            parts[parts.count - 1].append(byte)
            wasDigit = byte.isDigit
        }
        guard parts.count > 1 else { return [word] }
        for index in parts.indices.dropLast() where parts[index].last == UInt8(ascii: "v") {
            guard parts[index + 1].first?.isDigit == true else { continue }
            parts[index].removeLast()
            parts[index + 1].insert(UInt8(ascii: "v"), at: 0)
        }
        return parts.filter { !$0.isEmpty }.map { String(decoding: $0, as: UTF8.self) }
    }

    /// `text` as one term, whatever separates its words: `YOLO-v4 tiny` and `yolov4-tiny` are the same.
    package static func joined(_ text: some StringProtocol) -> String { words(text).map(\.text).joined() }

    private enum Kind {
        case separator, word, grammed, mark

        init(_ scalar: Unicode.Scalar) {
            switch scalar.value {
            case 0x30...0x39, 0x61...0x7A: self = .word
            case 0..<0x80: self = .separator
            case 0xAC00...0xD7A3, 0x1100...0x11FF, 0x3130...0x318F, 0x3040...0x30FF, 0x3400...0x4DBF, 0x4E00...0x9FFF:
                self = .grammed
            default:
                switch scalar.properties.generalCategory {
                case .nonspacingMark, .spacingMark, .enclosingMark, .format: self = .mark
                case .lowercaseLetter, .uppercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter,
                    .decimalNumber:
                    self = .word
                default: self = .separator
                }
            }
        }
    }
}

extension Unicode.Scalar {
    /// The ASCII character of a full-width one, as Korean and Japanese keyboards write it.
    fileprivate var halfWidth: Unicode.Scalar {
        (0xFF01...0xFF5E).contains(value) ? Unicode.Scalar(UInt8(value - 0xFEE0)) : self
    }
}
