/// What one pass over a request's header fields found: the guard's verdict, and what the hot path needs.
///
/// The spans point into the connection's memory and hold until the request is over.
struct Head {
    var method: Method?
    var isHTTP10 = false
    /// -1: none.
    var contentLength: Int64 = -1
    var isChunked = false
    var expectsContinue = false
    var authorization = UnsafeRawBufferPointer(start: nil, count: 0)
    var ifNoneMatch = UnsafeRawBufferPointer(start: nil, count: 0)
    var acceptsGzip = false
    /// Cookie, Range, If-Range, If-Match and the dates make an answer that the cache does not keep.
    var isBeyondCache = false
    /// Whether the client negotiates nothing: no Accept, no Accept-Encoding. Such are embedded clients and load
    /// generators whose parsers wait for a body where a 304 states the true length (RFC 9110 §8.6 allows to state it).
    /// libmicrohttpd 0.9.75 cannot leave the length out, so they are told 0.
    var isPlain = true
    private(set) var fault: HTTPError?

    private var hosts = 0
    private var lengths = 0
    private var codings = 0
    private var authorizations = 0
    private var tags = 0

    /// Whether the engine below will read a body.
    var hasBody: Bool { contentLength > 0 || isChunked }

    mutating func refuse(_ error: HTTPError) {
        if fault == nil { fault = error }
    }

    /// Notes one field line. libmicrohttpd lets pass what it must not, so names and values are checked here
    /// (RFC 9110 §5.1, §5.5; RFC 9112 §5.1, §6.3).
    mutating func note(_ name: UnsafeRawBufferPointer, _ value: UnsafeRawBufferPointer, allowedHosts: [String]) {
        guard !name.isEmpty, name.allSatisfy(ASCII.isToken) else {
            return refuse(.badRequest("A header field has a malformed name."))
        }
        for byte in value where (byte < 0x20 && byte != 0x09) || byte == 0x7F {
            return refuse(.badRequest("A header field holds a control byte."))
        }
        switch ASCII.lowercased(name[0]) {
        case 0x61:  // a
            if name.equals("authorization") {
                authorizations += 1
                authorization = value
            } else if name.equals("accept") {
                isPlain = false
            } else if name.equals("accept-encoding") {
                isPlain = false
                acceptsGzip = value.equalsExactly("gzip, deflate, br") || AcceptEncoding.allowsGzip(value)
            }
        case 0x63:  // c
            if name.begins("content-length") {
                noteLength(name, value)
            } else if name.equals("cookie") {
                isBeyondCache = true
            }
        case 0x65:  // e
            if name.equals("expect") { noteExpectation(value) }
        case 0x68:  // h
            if name.begins("host") { noteHost(name, value, allowedHosts) }
        case 0x69:  // i
            if name.equals("if-none-match") {
                tags += 1
                ifNoneMatch = value
                if tags > 1 { isBeyondCache = true }
            } else if name.equals("if-match") || name.equals("if-range") || name.equals("if-modified-since")
                || name.equals("if-unmodified-since")
            {
                isBeyondCache = true
            }
        case 0x72:  // r
            if name.equals("range") { isBeyondCache = true }
        case 0x74:  // t
            if name.begins("transfer-encoding") { noteCoding(name, value) }
        default: break
        }
    }

    private mutating func noteLength(_ name: UnsafeRawBufferPointer, _ value: UnsafeRawBufferPointer) {
        lengths += 1
        var length: Int64 = 0
        var isNumber = name.count == 14 && !value.isEmpty
        for byte in value {
            let (tens, over) = length.multipliedReportingOverflow(by: 10)
            let (sum, overSum) = tens.addingReportingOverflow(Int64(byte &- 0x30))
            if !ASCII.isDigit(byte) || over || overSum { isNumber = false }
            length = sum
        }
        guard isNumber else { return refuse(.badRequest("Content-Length is malformed.")) }
        contentLength = length
    }

    private mutating func noteCoding(_ name: UnsafeRawBufferPointer, _ value: UnsafeRawBufferPointer) {
        codings += 1
        guard name.count == 17, value.equals("chunked") else {
            return refuse(.badRequest("Transfer-Encoding can only be chunked."))
        }
        isChunked = true
    }

    private mutating func noteExpectation(_ value: UnsafeRawBufferPointer) {
        if value.equals("100-continue") { expectsContinue = true } else { refuse(.expectationFailed) }
    }

    private mutating func noteHost(
        _ name: UnsafeRawBufferPointer, _ value: UnsafeRawBufferPointer, _ allowed: [String]
    ) {
        hosts += 1
        guard name.count == 4, let host = HostName.host(of: value) else {
            return refuse(.badRequest("Host is malformed."))
        }
        if !allowed.isEmpty, !allowed.contains(where: { host.equals($0) }) { refuse(.misdirected) }
    }

    /// Judges what only the whole head shows (RFC 9112 §3.2, §6.1, §6.3).
    mutating func conclude(version: UnsafePointer<CChar>) {
        switch UnsafeRawBufferPointer(start: version, count: cLength(version)) {
        case let version where version.equalsExactly("HTTP/1.1"):
            if hosts == 0 { refuse(.badRequest("Host is missing.")) }
        case let version where version.equalsExactly("HTTP/1.0"):
            isHTTP10 = true
            expectsContinue = false
            if codings > 0 { refuse(.badRequest("HTTP/1.0 has no Transfer-Encoding.")) }
        default: refuse(.versionNotSupported)
        }
        if hosts > 1 || lengths > 1 || codings > 1 || authorizations > 1 {
            refuse(.badRequest("A header field that may stand once stands twice."))
        }
        if lengths > 0, codings > 0 {
            refuse(.badRequest("Content-Length and Transfer-Encoding exclude each other."))
        }
    }
}
