import CMicroHTTPD
import Glibc

/// Makes responses of libmicrohttpd. Every response returned belongs to the caller.
enum RawResponse {
    /// - Returns: nil for a content that needs more than memory, or when there is none.
    static func plain(_ content: Outcome.Content) -> OpaquePointer? {
        switch content {
        case .bytes(let bytes):
            return bytes.withUnsafeBytes { bytes in
                MHD_create_response_from_buffer(
                    bytes.count, UnsafeMutableRawPointer(mutating: bytes.baseAddress), .RESPMEM_MUST_COPY)
            }
        case .head(length: 0): return MHD_create_response_from_buffer(0, nil, .RESPMEM_PERSISTENT)
        case .head(let length?), .notModified(let length?):
            // An empty response would say `Content-Length: 0`; a callback response states the true size.
            return MHD_create_response_from_callback(UInt64(clamping: length), 16, readNothing, nil, nil)
        case .head(nil):
            let response = MHD_create_response_from_callback(.max, 16, readNothing, nil, nil)
            if let response { cmhd_close_after(response) }
            return response
        case .notModified(nil): return MHD_create_response_from_buffer(0, nil, .RESPMEM_PERSISTENT)
        case .file, .parts, .stream: return nil
        }
    }

    static func file(_ path: String, offset: Int64, size: Int64) throws(HTTPError) -> OpaquePointer {
        let descriptor = try openFile(path, atLeast: offset.addingReportingOverflow(size))
        if let response = MHD_create_response_from_fd_at_offset64(UInt64(size), descriptor, UInt64(offset)) {
            return response
        }
        close(descriptor)
        throw .unavailable("The server is short of memory.")
    }

    static func parts(_ parts: MultipartRanges) throws(HTTPError) -> OpaquePointer {
        var descriptor: Int32 = -1
        if case .file(let path, let offset, let size) = parts.source {
            descriptor = try openFile(path, atLeast: offset.addingReportingOverflow(size))
        }
        let reader = Unmanaged.passRetained(PartsReader(parts, descriptor))
        let size = UInt64(parts.length)
        guard
            let response = MHD_create_response_from_callback(
                size, StreamPump.capacity, readParts, reader.toOpaque(), releaseParts)
        else {
            reader.release()
            throw .unavailable("The server is short of memory.")
        }
        return response
    }

    static func stream(_ pump: StreamPump) throws(HTTPError) -> OpaquePointer {
        let reader = Unmanaged.passRetained(pump)
        let size = pump.length.flatMap { UInt64(exactly: $0) } ?? UInt64.max
        guard
            let response = MHD_create_response_from_callback(
                size, StreamPump.capacity, readStream, reader.toOpaque(), releaseStream)
        else {
            pump.close()
            reader.release()
            throw .unavailable("The server is short of memory.")
        }
        return response
    }

    /// Adds fields; control bytes become spaces, so that no value can start a line of its own.
    static func add(_ fields: Fields, to response: OpaquePointer) {
        for field in fields where !isOwn(field.name) {
            MHD_add_response_header(response, field.name, clean(field.value))
        }
    }

    static func clean(_ value: String) -> String {
        guard value.utf8.contains(where: { $0 < 0x20 || $0 == 0x7F }) else { return value }
        return String(decoding: value.utf8.map { $0 < 0x20 || $0 == 0x7F ? 0x20 : $0 }, as: UTF8.self)
    }

    /// Fields that only the engine may set.
    static func isOwn(_ name: String) -> Bool {
        ["Content-Length", "Transfer-Encoding", "Connection", "Date"]
            .contains { ASCII.equalIgnoringCase($0, name) }
    }

    private static func openFile(
        _ path: String, atLeast end: (partialValue: Int64, overflow: Bool)
    ) throws(HTTPError) -> Int32 {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            switch errno {
            case EMFILE, ENFILE: throw .unavailable("Too many files are open.")
            case ENOENT: throw .fileMissing
            default: throw .internalError
            }
        }
        var status = stat()
        guard fstat(descriptor, &status) == 0, !end.overflow, Int64(status.st_size) >= end.partialValue else {
            close(descriptor)
            throw .internalError
        }
        return descriptor
    }
}

private final class PartsReader {
    let parts: MultipartRanges
    let descriptor: Int32

    init(_ parts: MultipartRanges, _ descriptor: Int32) {
        self.parts = parts
        self.descriptor = descriptor
    }

    deinit { if descriptor >= 0 { close(descriptor) } }
}

private func readNothing(
    _: UnsafeMutableRawPointer?, _: UInt64, _: UnsafeMutablePointer<CChar>?, _: Int
) -> Int { -1 }

private func readParts(
    _ context: UnsafeMutableRawPointer?, _ position: UInt64, _ buffer: UnsafeMutablePointer<CChar>?, _ size: Int
) -> Int {
    guard let context else { return -2 }
    let reader = Unmanaged<PartsReader>.fromOpaque(context).takeUnretainedValue()
    let target = UnsafeMutableRawBufferPointer(start: buffer, count: size)
    return reader.parts.read(at: Int64(clamping: position), into: target, file: reader.descriptor) ?? -2
}

private func releaseParts(_ context: UnsafeMutableRawPointer?) {
    if let context { Unmanaged<PartsReader>.fromOpaque(context).release() }
}

private func readStream(
    _ context: UnsafeMutableRawPointer?, _: UInt64, _ buffer: UnsafeMutablePointer<CChar>?, _ size: Int
) -> Int {
    guard let context else { return -2 }
    let pump = Unmanaged<StreamPump>.fromOpaque(context).takeUnretainedValue()
    return pump.read(into: UnsafeMutableRawBufferPointer(start: buffer, count: size))
}

private func releaseStream(_ context: UnsafeMutableRawPointer?) {
    guard let context else { return }
    let pump = Unmanaged<StreamPump>.fromOpaque(context).takeRetainedValue()
    pump.close()
}
