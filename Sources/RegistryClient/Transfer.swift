import CCurl

/// The state of one request while libcurl is at work, reached from its callbacks.
final class Transfer {
    var reply = Reply()
    /// What a receiver threw; the transfer ends with it.
    var failure: (any Error)?
    let receive: ((borrowing ReplyHead, UnsafeRawBufferPointer) throws -> Void)?
    let sent: (@Sendable (Int64) -> Void)?

    /// Bytes of an answer kept in memory at most.
    static let maximumBody = 64 << 20

    init(_ call: Call) {
        receive = call.receive
        sent = call.sent
    }

    func head(line: UnsafeRawBufferPointer) {
        let text = String(decoding: line, as: UTF8.self)
        if text.hasPrefix("HTTP/") {
            // A further status line: the one before was of a redirection or 100 Continue.
            reply.head = ReplyHead()
            reply.head.status = text.split(separator: " ", maxSplits: 2).dropFirst().first.flatMap { Int($0) } ?? 0
            return
        }
        guard let colon = text.firstIndex(of: ":") else { return }
        let value = text[text.index(after: colon)...].drop(while: \.isWhitespace)
        let end = value.lastIndex { !$0.isWhitespace }.map { value.index(after: $0) } ?? value.startIndex
        reply.head.fields.append((text[..<colon].lowercased(), String(value[..<end])))
    }

    func body(_ bytes: UnsafeRawBufferPointer) -> Bool {
        if let receive, (200..<300).contains(reply.head.status) {
            do {
                try receive(reply.head, bytes)
                return true
            } catch {
                failure = error
                return false
            }
        }
        guard reply.bytes.count + bytes.count <= Self.maximumBody else {
            failure = ClientError.unexpectedAnswer("over \(Self.maximumBody) bytes")
            return false
        }
        reply.bytes += bytes
        return true
    }

    static func at(_ context: UnsafeMutableRawPointer?) -> Transfer? {
        context.map { Unmanaged<Transfer>.fromOpaque($0).takeUnretainedValue() }
    }
}

func transferReceivesHead(
    _ bytes: UnsafeMutablePointer<CChar>?, _ size: Int, _ count: Int, _ context: UnsafeMutableRawPointer?
)
    -> Int
{
    Transfer.at(context)?.head(line: UnsafeRawBufferPointer(start: bytes, count: size * count))
    return size * count
}

func transferReceivesBody(
    _ bytes: UnsafeMutablePointer<CChar>?, _ size: Int, _ count: Int, _ context: UnsafeMutableRawPointer?
)
    -> Int
{
    let goesOn = Transfer.at(context)?.body(UnsafeRawBufferPointer(start: bytes, count: size * count)) ?? false
    // Another count than the one offered makes libcurl stop with CURLE_WRITE_ERROR.
    return goesOn ? size * count : -1
}

func transferProgresses(
    _ context: UnsafeMutableRawPointer?, _ downTotal: curl_off_t, _ down: curl_off_t, _ upTotal: curl_off_t,
    _ up: curl_off_t
) -> CInt {
    Transfer.at(context)?.sent?(Int64(up))
    return 0
}
