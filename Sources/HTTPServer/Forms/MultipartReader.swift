import Glibc

/// Gets the parts of a form while they arrive, in their order and never two at once.
///
/// - Throws: Each call whatever should end the reading; ``MultipartReader`` hands it on.
/// Gets the parts of a form while they arrive.
public protocol MultipartDelegate: AnyObject {
    /// The head of a part has been read.
    func partBegan(_ part: MultipartPart) throws
    /// The bytes lie in what was fed, and hold during the call only.
    func partReceived(_ bytes: UnsafeRawBufferPointer) throws
    /// All bytes of the part have been handed out.
    func partEnded() throws
}

/// A push parser of `multipart/form-data` (RFC 7578, RFC 2046 §5.1). It copies heads of parts, never their bytes.
public struct MultipartReader: Sendable {
    /// What a form may hold; more is refused with 400, 413 or 431.
    public struct Limits: Sendable {
        /// Parts of one form.
        public var parts = 20_000
        /// Bytes of the head of one part.
        public var headBytes = 8 << 10
        /// Bytes of a part without a filename.
        public var fieldBytes: Int64 = 1 << 20

        public init() {}
    }

    private enum State { case preamble, boundary, head, body, epilogue }

    private let limits: Limits
    /// CR LF, two hyphens and the boundary. A boundary holds no CR, so a match that breaks off holds no start of
    /// another, but where it breaks off.
    private let delimiter: [UInt8]
    private var state = State.preamble
    /// Bytes of `delimiter` that ended the last input. A form may begin with a boundary: as if CR LF were before it.
    private var held = 2
    /// What follows a boundary on its line, or the head of a part.
    private var line: [UInt8] = []
    private var parts = 0
    private var isField = false
    private var partBytes: Int64 = 0
    /// Bytes of the form that are to come, if its length is known.
    private var left: Int64?

    /// - Parameters:
    ///   - contentType: the request's, which names the boundary.
    ///   - contentLength: bytes of the whole form, if known.
    ///   - limits: what a form may hold.
    /// - Throws: 415 when the type is not `multipart/form-data`, 400 when its boundary is malformed.
    public init(
        contentType: String?, contentLength: Int64? = nil, limits: Limits = Limits()
    ) throws(HTTPError) {
        guard let contentType, let type = HeaderParameters(parsing: contentType),
            ASCII.equalIgnoringCase(type.value, "multipart/form-data")
        else { throw .unsupportedMediaType("Send multipart/form-data.") }
        guard let boundary = type["boundary"], (1...70).contains(boundary.utf8.count), !boundary.hasSuffix(" "),
            boundary.utf8.allSatisfy({ Self.isBoundary($0) })
        else { throw .badRequest("The boundary of the form is missing or malformed.") }
        self.limits = limits
        left = contentLength
        delimiter = Array("\r\n--\(boundary)".utf8)
    }

    private static func isBoundary(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
        case 0x20, 0x27, 0x28, 0x29, 0x2B, 0x2C, 0x2D, 0x2E, 0x2F, 0x3A, 0x3D, 0x3F, 0x5F: true
        // Not in RFC 2046, but harmless, and some clients use them.
        case 0x21, 0x23...0x26, 0x2A, 0x40, 0x7E: true
        default: false
        }
    }

    /// - Parameters:
    ///   - input: the next bytes, cut anywhere.
    ///   - delegate: gets what they hold.
    /// - Throws: 400, 413 and 431, and what the delegate throws.
    public mutating func feed(_ input: UnsafeRawBufferPointer, to delegate: some MultipartDelegate) throws {
        var rest = input
        while !rest.isEmpty {
            let count = rest.count
            defer { left? -= Int64(count - rest.count) }
            switch state {
            case .preamble, .body: rest = try seek(rest, delegate)
            case .boundary: rest = try readBoundaryLine(rest)
            case .head: rest = try readHead(rest, delegate)
            case .epilogue: return
            }
        }
    }

    /// - Throws: 400 when the last boundary has not come.
    public func finish() throws(HTTPError) {
        guard state == .epilogue else { throw .badRequest("The form breaks off.") }
    }

    /// Passes bytes on up to the next delimiter.
    private mutating func seek(
        _ input: UnsafeRawBufferPointer, _ delegate: some MultipartDelegate
    ) throws -> UnsafeRawBufferPointer {
        if held > 0 {
            let common = delimiter.withUnsafeBytes { delimiter in
                Self.commonPrefix(UnsafeRawBufferPointer(rebasing: delimiter[held...]), input)
            }
            if held + common < delimiter.count {
                if common == input.count {
                    held += common
                    return UnsafeRawBufferPointer(rebasing: input[input.count...])
                }
                // What was held back is no delimiter after all.
                let count = held
                held = 0
                let bytes = delimiter
                try bytes.withUnsafeBytes { try deliver(UnsafeRawBufferPointer(rebasing: $0[..<count]), delegate) }
                return input
            }
            try endPart(delegate)
            return UnsafeRawBufferPointer(rebasing: input[common...])
        }
        if let offset = firstDelimiter(in: input) {
            try deliver(UnsafeRawBufferPointer(rebasing: input[..<offset]), delegate)
            try endPart(delegate)
            return UnsafeRawBufferPointer(rebasing: input[(offset + delimiter.count)...])
        }
        let kept = endingPrefix(of: input)
        try deliver(UnsafeRawBufferPointer(rebasing: input[..<(input.count - kept)]), delegate)
        held = kept
        return UnsafeRawBufferPointer(rebasing: input[input.count...])
    }

    private func firstDelimiter(in input: UnsafeRawBufferPointer) -> Int? {
        guard let start = input.baseAddress else { return nil }
        var offset = 0
        while input.count - offset >= delimiter.count,
            let match = memchr(start + offset, 0x0D, input.count - offset - delimiter.count + 1)
        {
            offset = start.distance(to: UnsafeRawPointer(match))
            if memcmp(match, delimiter, delimiter.count) == 0 { return offset }
            offset += 1
        }
        return nil
    }

    /// Bytes at the end of `input` that a delimiter may begin with: from the last CR on.
    private func endingPrefix(of input: UnsafeRawBufferPointer) -> Int {
        let tail = UnsafeRawBufferPointer(rebasing: input.suffix(delimiter.count - 1))
        guard let last = tail.lastIndex(of: 0x0D) else { return 0 }
        let candidate = UnsafeRawBufferPointer(rebasing: tail[last...])
        let common = delimiter.withUnsafeBytes { Self.commonPrefix($0, candidate) }
        return common == candidate.count ? common : 0
    }

    private static func commonPrefix(_ left: UnsafeRawBufferPointer, _ right: UnsafeRawBufferPointer) -> Int {
        var count = 0
        while count < left.count, count < right.count, left[count] == right[count] { count += 1 }
        return count
    }

    private mutating func deliver(_ bytes: UnsafeRawBufferPointer, _ delegate: some MultipartDelegate) throws {
        guard state == .body, !bytes.isEmpty else { return }
        partBytes += Int64(bytes.count)
        if isField, partBytes > limits.fieldBytes { throw HTTPError.contentTooLarge(maximum: limits.fieldBytes) }
        try delegate.partReceived(bytes)
    }

    private mutating func endPart(_ delegate: some MultipartDelegate) throws {
        let wasBody = state == .body
        state = .boundary
        held = 0
        line = []
        if wasBody { try delegate.partEnded() }
    }

    /// After a boundary: `--` ends the form, spaces and CR LF begin a part.
    private mutating func readBoundaryLine(_ input: UnsafeRawBufferPointer) throws -> UnsafeRawBufferPointer {
        for (index, byte) in input.enumerated() {
            let isAllowed =
                switch byte {
                case 0x2D: line.isEmpty || line == [0x2D]
                case 0x20, 0x09, 0x0D: !line.contains { $0 != 0x20 && $0 != 0x09 }
                case 0x0A: line.last == 0x0D
                default: false
                }
            guard isAllowed, line.count < 256 else {
                throw HTTPError.badRequest("A boundary of the form is malformed.")
            }
            line.append(byte)
            if line == [0x2D, 0x2D] { state = .epilogue }
            if byte == 0x0A { state = .head }
            if state != .boundary {
                line = []
                return UnsafeRawBufferPointer(rebasing: input[(index + 1)...])
            }
        }
        return UnsafeRawBufferPointer(rebasing: input[input.count...])
    }

    private mutating func readHead(
        _ input: UnsafeRawBufferPointer, _ delegate: some MultipartDelegate
    ) throws -> UnsafeRawBufferPointer {
        for (index, byte) in input.enumerated() {
            line.append(byte)
            guard byte == 0x0A, line.suffix(4) == [0x0D, 0x0A, 0x0D, 0x0A] || line == [0x0D, 0x0A] else {
                guard line.count < limits.headBytes else { throw HTTPError.fieldsTooLarge }
                continue
            }
            parts += 1
            guard parts <= limits.parts else {
                throw HTTPError(
                    status: 413, code: "content-too-large", detail: "A form has at most \(limits.parts) parts.")
            }
            var part = try MultipartPart(parsing: line)
            // Two hyphens and CR LF end the last boundary.
            part.sizeIfLast = left.map { $0 - Int64(index + 1 + delimiter.count + 4) }
            line = []
            partBytes = 0
            isField = part.filename == nil
            state = .body
            held = 0
            try delegate.partBegan(part)
            return UnsafeRawBufferPointer(rebasing: input[(index + 1)...])
        }
        return UnsafeRawBufferPointer(rebasing: input[input.count...])
    }
}
