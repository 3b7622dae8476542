/// A recursive-descent parser straight over bytes. The depth limit bounds the recursion.
struct JSONParser {
    private let bytes: UnsafeRawBufferPointer
    private let maximumDepth: Int
    private var position = 0

    init(bytes: UnsafeRawBufferPointer, maximumDepth: Int) {
        self.bytes = bytes
        self.maximumDepth = maximumDepth
    }

    mutating func document() throws(JSONError) -> JSONValue {
        let value = try value(depth: 0)
        skipSpace()
        guard position == bytes.count else { throw JSONError(.trailingBytes, at: position) }
        return value
    }

    private mutating func value(depth: Int) throws(JSONError) -> JSONValue {
        switch try token() {
        case UInt8(ascii: "{"): return .object(try object(depth: depth + 1))
        case UInt8(ascii: "["): return .array(try array(depth: depth + 1))
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "t"): return try word("true", .bool(true))
        case UInt8(ascii: "f"): return try word("false", .bool(false))
        case UInt8(ascii: "n"): return try word("null", .null)
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return try number()
        case let byte: throw JSONError(.unexpectedByte(byte), at: position)
        }
    }

    private mutating func object(depth: Int) throws(JSONError) -> JSONObject {
        try open(depth)
        var object = JSONObject()
        if try token() == UInt8(ascii: "}") {
            position += 1
            return object
        }
        while true {
            try require(UInt8(ascii: "\""))
            let start = position
            let key = try string()
            try expect(UInt8(ascii: ":"))
            // Checked before the value is read, so that the offset is the key's.
            guard !object.has(key) else { throw JSONError(.duplicateKey(key), at: start) }
            object.append(key, try value(depth: depth))
            if try hasEnded(with: UInt8(ascii: "}")) { return object }
        }
    }

    private mutating func array(depth: Int) throws(JSONError) -> [JSONValue] {
        try open(depth)
        var array: [JSONValue] = []
        if try token() == UInt8(ascii: "]") {
            position += 1
            return array
        }
        while true {
            array.append(try value(depth: depth))
            if try hasEnded(with: UInt8(ascii: "]")) { return array }
        }
    }

    private mutating func open(_ depth: Int) throws(JSONError) {
        guard depth <= maximumDepth else { throw JSONError(.tooDeep(maximum: maximumDepth), at: position) }
        position += 1
    }

    /// Steps over the comma between two elements, or over the `closing` byte.
    private mutating func hasEnded(with closing: UInt8) throws(JSONError) -> Bool {
        let byte = try token()
        guard byte == closing || byte == UInt8(ascii: ",") else { throw JSONError(.unexpectedByte(byte), at: position) }
        position += 1
        return byte == closing
    }

    // MARK: Strings

    private mutating func string() throws(JSONError) -> String {
        position += 1
        let start = position
        var isASCII = true
        while position < bytes.count {
            switch bytes[position] {
            case UInt8(ascii: "\""):
                let run = bytes[start..<position]
                let text = isASCII ? String(decoding: run, as: UTF8.self) : try text(run, at: start)
                position += 1
                return text
            case UInt8(ascii: "\\"): return try escapedString(from: start)
            case 0..<0x20: throw JSONError(.controlCharacter, at: position)
            case 0x80...: isASCII = false
            default: break
            }
            position += 1
        }
        throw JSONError(.endOfInput, at: position)
    }

    private mutating func escapedString(from start: Int) throws(JSONError) -> String {
        var text = ""
        var run = start
        while position < bytes.count {
            switch bytes[position] {
            case UInt8(ascii: "\""):
                text += try self.text(bytes[run..<position], at: run)
                position += 1
                return text
            case UInt8(ascii: "\\"):
                text += try self.text(bytes[run..<position], at: run)
                text.unicodeScalars.append(try escape())
                run = position
            case 0..<0x20: throw JSONError(.controlCharacter, at: position)
            default: position += 1
            }
        }
        throw JSONError(.endOfInput, at: position)
    }

    private func text(_ slice: Slice<UnsafeRawBufferPointer>, at start: Int) throws(JSONError) -> String {
        let run = UnsafeRawBufferPointer(rebasing: slice)
        if let text = String(validating: run, as: UTF8.self) { return text }
        var parser = UTF8.ForwardParser()
        var iterator = run.makeIterator()
        var valid = 0
        while case .valid(let scalar) = parser.parseScalar(from: &iterator) { valid += scalar.count }
        throw JSONError(.invalidUTF8, at: start + valid)
    }

    private mutating func escape() throws(JSONError) -> Unicode.Scalar {
        let start = position
        guard start + 1 < bytes.count else { throw JSONError(.endOfInput, at: bytes.count) }
        position += 2
        switch bytes[start + 1] {
        case UInt8(ascii: "\""): return "\""
        case UInt8(ascii: "\\"): return "\\"
        case UInt8(ascii: "/"): return "/"
        case UInt8(ascii: "b"): return "\u{8}"
        case UInt8(ascii: "f"): return "\u{C}"
        case UInt8(ascii: "n"): return "\n"
        case UInt8(ascii: "r"): return "\r"
        case UInt8(ascii: "t"): return "\t"
        case UInt8(ascii: "u"): return try unicodeEscape(from: start)
        default: throw JSONError(.invalidEscape, at: start)
        }
    }

    private mutating func unicodeEscape(from start: Int) throws(JSONError) -> Unicode.Scalar {
        let unit = try codeUnit()
        if let scalar = Unicode.Scalar(unit) { return scalar }
        guard unit < 0xDC00, position + 1 < bytes.count, bytes[position] == UInt8(ascii: "\\"),
            bytes[position + 1] == UInt8(ascii: "u")
        else { throw JSONError(.loneSurrogate, at: start) }
        position += 2
        let low = try codeUnit()
        guard (0xDC00...0xDFFF).contains(low),
            let scalar = Unicode.Scalar(0x10000 + (UInt32(unit - 0xD800) << 10 | UInt32(low - 0xDC00)))
        else { throw JSONError(.loneSurrogate, at: start) }
        return scalar
    }

    private mutating func codeUnit() throws(JSONError) -> UInt16 {
        var unit: UInt16 = 0
        for _ in 0..<4 {
            guard position < bytes.count else { throw JSONError(.endOfInput, at: position) }
            guard let digit = Character(Unicode.Scalar(bytes[position])).hexDigitValue
            else { throw JSONError(.invalidEscape, at: position) }
            unit = unit << 4 | UInt16(digit)
            position += 1
        }
        return unit
    }

    // MARK: Numbers and words

    private mutating func number() throws(JSONError) -> JSONValue {
        let start = position
        if bytes[position] == UInt8(ascii: "-") { position += 1 }
        let leadingZero = peek() == UInt8(ascii: "0")
        let integral = try digits()
        guard !leadingZero || integral == 1 else { throw JSONError(.invalidNumber, at: start) }
        var isInteger = true
        if peek() == UInt8(ascii: ".") {
            position += 1
            _ = try digits()
            isInteger = false
        }
        if let byte = peek(), byte | 0x20 == UInt8(ascii: "e") {
            position += 1
            if let sign = peek(), sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-") { position += 1 }
            _ = try digits()
            isInteger = false
        }
        // A double has at most 767 significant digits; more are an attempt to keep us busy.
        guard position - start <= 1024 else { throw JSONError(.numberOutOfRange, at: start) }
        let text = String(decoding: bytes[start..<position], as: UTF8.self)
        if isInteger, let value = Int64(text) { return .integer(value) }
        guard let value = Double(text), value.isFinite else { throw JSONError(.numberOutOfRange, at: start) }
        // A longer integer is let through where it is what a double is written as, so that we read what we write.
        guard !isInteger || JSONNumber.text(value) == text else { throw JSONError(.numberOutOfRange, at: start) }
        return .number(value)
    }

    /// Steps over one or more digits and says how many.
    private mutating func digits() throws(JSONError) -> Int {
        let start = position
        while let byte = peek(), (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) { position += 1 }
        guard position > start else {
            throw JSONError(position < bytes.count ? .invalidNumber : .endOfInput, at: position)
        }
        return position - start
    }

    private mutating func word(_ word: StaticString, _ value: JSONValue) throws(JSONError) -> JSONValue {
        for offset in 0..<word.utf8CodeUnitCount {
            guard let byte = peek() else { throw JSONError(.endOfInput, at: position) }
            guard byte == word.utf8Start[offset] else { throw JSONError(.unexpectedByte(byte), at: position) }
            position += 1
        }
        return value
    }

    // MARK: Bytes

    private func peek() -> UInt8? { position < bytes.count ? bytes[position] : nil }

    private mutating func skipSpace() {
        while let byte = peek(), byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { position += 1 }
    }

    /// The next byte that is not white space; it is not consumed.
    private mutating func token() throws(JSONError) -> UInt8 {
        skipSpace()
        guard let byte = peek() else { throw JSONError(.endOfInput, at: position) }
        return byte
    }

    private mutating func require(_ expected: UInt8) throws(JSONError) {
        let byte = try token()
        guard byte == expected else { throw JSONError(.unexpectedByte(byte), at: position) }
    }

    private mutating func expect(_ expected: UInt8) throws(JSONError) {
        try require(expected)
        position += 1
    }
}
