import CMicroHTTPD
import Glibc
import Synchronization

/// Refusing a request whose body is still on its way.
///
/// libmicrohttpd cannot answer in the middle of a body, and closing with unread bytes resets the connection before
/// the client has read why. So the response is written past it, the sending side is closed, and some of the body is
/// read and thrown away (a lingering close).
enum Refusal {
    static let lingerBytes: Int64 = 16 << 20
    static let lingerSeconds: Int64 = 5

    /// A whole response that closes the connection.
    static func bytes(_ outcome: Outcome, id: UInt64) -> [UInt8] {
        var body: [UInt8] = []
        if case .bytes(let bytes) = outcome.content { body = bytes }
        let phrase = MHD_get_reason_phrase_for(UInt32(outcome.status)).map { String(cString: $0) } ?? "Refused"
        var text = "HTTP/1.1 \(outcome.status) \(phrase)\r\nDate: \(HTTPDate.format(Clock.seconds()))\r\n"
        for field in outcome.fields where !RawResponse.isOwn(field.name) {
            text += "\(RawResponse.clean(field.name)): \(RawResponse.clean(field.value))\r\n"
        }
        text += "X-Request-Id: \(RequestID.text(id))\r\nConnection: close\r\nContent-Length: \(body.count)\r\n\r\n"
        return Array(text.utf8) + body
    }
}

extension Engine {
    func refuse(_ connection: ConnectionState, _ error: any Error, asHeadCall: Bool = false) -> MHD_Result {
        refuse(connection, problem(error, connection).outcome, asHeadCall: asHeadCall)
    }

    /// - Parameters:
    ///   - connection: whose request is refused; it is closed afterwards.
    ///   - outcome: what is sent.
    ///   - asHeadCall: whether the body has not begun, so that libmicrohttpd takes a response.
    /// - Returns: what libmicrohttpd is to do.
    func refuse(_ connection: ConnectionState, _ outcome: Outcome, asHeadCall: Bool) -> MHD_Result {
        // A client that waits for 100 Continue sends nothing after a refusal; who sent no body has nothing to send.
        if asHeadCall, connection.head.expectsContinue || !connection.head.hasBody {
            connection.stage = .head
            return send(connection, Answer(outcome: outcome))
        }
        connection.note(outcome)
        connection.stage = .lingering
        connection.received.store(0, ordering: .relaxed)
        connection.enter(.lingering, at: Clock.coarse())
        let bytes = Refusal.bytes(outcome, id: connection.id)
        // Nothing was sent for this request yet, so its few bytes fit into the socket's buffer.
        let sent = bytes.withUnsafeBytes {
            Glibc.send(
                connection.descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL | MSG_DONTWAIT))
        }
        guard sent == bytes.count else { return .NO }
        shutdown(connection.descriptor, Int32(SHUT_WR))
        return .YES
    }
}
