import CCurl
import Synchronization

/// Sends requests to one server over libcurl and keeps its connections open between them.
///
/// Each call takes a handle of its own, so calls may come from any threads at once.
final class Transport: Sendable {
    let server: ServerURL
    private let token: String?
    private let language: String
    private let idle = Mutex<[Handle]>([])

    /// A handle of libcurl; whoever took it from the pool is alone with it.
    private struct Handle: @unchecked Sendable {
        let raw: UnsafeMutableRawPointer
    }

    /// libcurl asks for this before the first thread uses it (curl_global_init(3)).
    private static let isReady = moru_curl_global_init() == CURLE_OK

    init(server: ServerURL, token: String?, language: String) {
        (self.server, self.token, self.language) = (server, token, language)
    }

    deinit {
        idle.withLock { handles in for handle in handles { curl_easy_cleanup(handle.raw) } }
    }

    /// What became of one attempt.
    enum Outcome {
        case reply(Reply)
        /// The connection could not be made or was lost; `sentNothing` when the server cannot have seen the request.
        case lost(reason: String, sentNothing: Bool)
    }

    /// Sends `call` once.
    ///
    /// - Throws: what ``Call/receive`` threw, or ``ClientError`` for a local failure.
    func attempt(_ call: Call) throws -> Outcome {
        let handle = try take()
        defer { put(back: handle) }
        let transfer = Transfer(call)
        var lists = Lists()
        defer { lists.free() }
        configure(handle.raw, call, transfer, &lists)
        try lists.addBody(of: call, to: handle.raw)
        let code = withExtendedLifetime(transfer) { curl_easy_perform(handle.raw) }
        if let failure = transfer.failure { throw failure }
        switch code {
        case CURLE_OK: return .reply(transfer.reply)
        case CURLE_SEND_ERROR where transfer.reply.head.status >= 400:
            // The server refused before it had read the whole body and closed.
            return .reply(transfer.reply)
        case CURLE_READ_ERROR, CURLE_ABORTED_BY_CALLBACK:
            throw ClientError.file(path: "a file to be sent", reason: "it could not be read to its end")
        default:
            let neverSent = [CURLE_COULDNT_CONNECT, CURLE_COULDNT_RESOLVE_HOST, CURLE_COULDNT_RESOLVE_PROXY]
            return .lost(reason: Self.reason(code), sentNothing: neverSent.contains(code))
        }
    }

    private static func reason(_ code: CURLcode) -> String {
        code == CURLE_OPERATION_TIMEDOUT ? "it does not answer in time" : String(cString: curl_easy_strerror(code))
    }

    private func take() throws -> Handle {
        if let handle = idle.withLock({ $0.popLast() }) { return handle }
        guard Self.isReady, let raw = curl_easy_init() else {
            throw ClientError.unreachable(server: "\(server)", reason: "libcurl could not be started")
        }
        return Handle(raw: raw)
    }

    private func put(back handle: Handle) {
        // Keeps the connection, drops every option.
        curl_easy_reset(handle.raw)
        idle.withLock { $0.append(handle) }
    }

    private func configure(
        _ handle: UnsafeMutableRawPointer, _ call: Call, _ transfer: Transfer, _ lists: inout Lists
    ) {
        moru_curl_set_string(handle, CURLOPT_URL, server.description + call.target)
        moru_curl_set_long(handle, CURLOPT_NOSIGNAL, 1)
        moru_curl_set_string(handle, CURLOPT_PROTOCOLS_STR, "http,https")
        // libcurl leaves Authorization and Cookie out when a redirection leads to another origin (CURLOPT_HTTPHEADER(3)).
        moru_curl_set_long(handle, CURLOPT_FOLLOWLOCATION, call.followsRedirections ? 1 : 0)
        moru_curl_set_string(handle, CURLOPT_REDIR_PROTOCOLS_STR, server.isSecure ? "https" : "http,https")
        moru_curl_set_long(handle, CURLOPT_MAXREDIRS, 5)
        moru_curl_set_long(handle, CURLOPT_CONNECTTIMEOUT, 15)
        moru_curl_set_long(handle, CURLOPT_LOW_SPEED_LIMIT, 1)
        moru_curl_set_long(handle, CURLOPT_LOW_SPEED_TIME, call.stallTimeout)
        moru_curl_set_string(handle, CURLOPT_USERAGENT, "moru")
        moru_curl_set_long(handle, CURLOPT_TCP_KEEPALIVE, 1)
        switch call.method {
        case "GET": moru_curl_set_long(handle, CURLOPT_HTTPGET, 1)
        case "HEAD": moru_curl_set_long(handle, CURLOPT_NOBODY, 1)
        default: moru_curl_set_string(handle, CURLOPT_CUSTOMREQUEST, call.method)
        }
        lists.add("Accept-Language: \(language)")
        if let token, !call.fields.contains(where: { $0.name == "Cookie" }) {
            lists.add("Authorization: Bearer \(token)")
        }
        for field in call.fields { lists.add("\(field.name): \(field.value)") }
        let context = Unmanaged.passUnretained(transfer).toOpaque()
        moru_curl_set_receive(handle, CURLOPT_HEADERFUNCTION, transferReceivesHead)
        moru_curl_set_pointer(handle, CURLOPT_HEADERDATA, context)
        moru_curl_set_receive(handle, CURLOPT_WRITEFUNCTION, transferReceivesBody)
        moru_curl_set_pointer(handle, CURLOPT_WRITEDATA, context)
        if call.sent != nil {
            moru_curl_set_long(handle, CURLOPT_NOPROGRESS, 0)
            moru_curl_set_progress(handle, transferProgresses)
            moru_curl_set_pointer(handle, CURLOPT_XFERINFODATA, context)
        }
    }
}

/// What libcurl borrows for the time of one request: header fields and a form.
private struct Lists {
    private var fields: UnsafeMutablePointer<curl_slist>?
    private var form: OpaquePointer?

    mutating func add(_ field: String) {
        if let longer = curl_slist_append(fields, field) { fields = longer }
    }

    mutating func addBody(of call: Call, to handle: UnsafeMutableRawPointer) throws {
        switch call.body {
        case .none: break
        case .json(let bytes): add(bytes, "application/json", to: handle)
        case .bytes(let bytes, let type): add(bytes, type, to: handle)
        case .form(let parts):
            form = curl_mime_init(handle)
            for part in parts { try add(part) }
            moru_curl_set_pointer(handle, CURLOPT_MIMEPOST, form.map { UnsafeMutableRawPointer($0) })
        }
        moru_curl_set_pointer(handle, CURLOPT_HTTPHEADER, fields)
    }

    private mutating func add(_ bytes: [UInt8], _ type: String?, to handle: UnsafeMutableRawPointer) {
        // Without a value libcurl leaves out the field that it would add.
        add("Content-Type:\(type.map { " \($0)" } ?? "")")
        moru_curl_set_long(handle, CURLOPT_POSTFIELDSIZE, bytes.count)
        // nil would have libcurl send no body at all, not an empty one.
        (bytes.isEmpty ? [0] : bytes).withUnsafeBytes {
            // Copied by libcurl, so the pointer need not live longer.
            _ = moru_curl_set_pointer(
                handle, CURLOPT_COPYPOSTFIELDS, UnsafeMutableRawPointer(mutating: $0.baseAddress))
        }
    }

    private func add(_ part: FormPart) throws {
        guard let place = curl_mime_addpart(form) else { return }
        switch part {
        case .field(let name, let value):
            curl_mime_name(place, name)
            value.withCString { _ = curl_mime_data(place, $0, value.utf8.count) }
        case .upload(let id, let filename):
            id.withCString { _ = curl_mime_data(place, $0, id.utf8.count) }
            curl_mime_name(place, "upload")
            curl_mime_filename(place, filename)
        case .file(let name, let path, let filename):
            guard curl_mime_filedata(place, path) == CURLE_OK else {
                throw ClientError.file(path: path, reason: "it cannot be read")
            }
            curl_mime_name(place, name)
            curl_mime_filename(place, filename)
            curl_mime_type(place, "application/octet-stream")
        }
    }

    func free() {
        curl_slist_free_all(fields)
        curl_mime_free(form)
    }
}
