public import Registry

/// The bytes that one request adds to an upload. Calls come one after the other, from any thread.
public final class UploadPart: Sendable {
    /// As it was when the request began.
    public let upload: ResumableUpload
    private let service: UploadService
    private let open: OpenUpload
    private let turn: UInt64

    init(_ upload: ResumableUpload, _ service: UploadService, _ open: OpenUpload, turn: UInt64) {
        (self.upload, self.service, self.open, self.turn) = (upload, service, open, turn)
    }

    /// Takes the next bytes, which hold during the call only.
    ///
    /// - Throws: `upload-taken` when another request goes on with the upload, `upload-unknown` when it was deleted,
    ///   `too-large` for more than was announced, `store-full` or `store-unavailable`.
    public func write(_ bytes: UnsafeRawBufferPointer) throws {
        try using { state in try service.write(bytes, to: upload, &state) }
    }

    /// Ends the request.
    ///
    /// - Returns: The upload as it is now; what it tells is on the disk.
    /// - Throws: `checksum-mismatch`, after which none of the bytes count, and as ``write(_:)``.
    public func finish() throws -> ResumableUpload {
        let (state, hash) = try using { state in
            if let checksum = state.checksum, !checksum.holds {
                service.drop(upload, &state)
                throw RegistryError(
                    .checksumMismatch, "the bytes of this request have another checksum; none of them were taken",
                    ko: "이 요청의 내용은 체크섬이 달라 받지 않았습니다")
            }
            state.checksum = nil
            try service.settle(upload, &state)
            return (state.progress?.durable ?? 0, state.progress?.hash)
        }
        return try service.ended(upload, received: state, hash)
    }

    /// The request broke off: what has come stays, unless it had a checksum.
    public func cancel() {
        try? using { state in try service.settle(upload, &state) }
    }

    private func using<T>(_ body: (inout OpenUpload.State) throws -> T) throws -> T {
        let result: T? = try open.use { state in
            guard state.turn == turn else { throw RegistryError.takenUpload }
            return try body(&state)
        }
        if let result { return result }
        // Another request ended it, or somebody deleted it.
        throw try service.isThere(upload) ? RegistryError.takenUpload : .unknownUpload
    }
}

extension RegistryError {
    fileprivate static let takenUpload = RegistryError(
        .uploadTaken, "another request goes on with this upload", ko: "다른 요청이 이 업로드를 이어받았습니다")

    static let unknownUpload = RegistryError(
        .uploadUnknown, "no upload of yours has this id: it was published, deleted, or has expired",
        ko: "이 번호의 업로드가 없습니다. 이미 등록되었거나 삭제 또는 만료되었습니다")
}
