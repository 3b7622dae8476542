public import JSON

extension RegistryClient {
    /// Has the server check all that it stores, for admins, and hands each report to `body` as it comes: objects whose
    /// `kind` is `progress`, `finding`, and at the end `summary`.
    ///
    /// - Throws: ``ClientError/unexpectedAnswer(_:)`` when it is cut off before the summary.
    public func checkStorage(_ body: (JSONValue) throws -> Void) throws {
        try withoutActuallyEscaping(body) { body in
            var line: [UInt8] = []
            var isComplete = false
            var call = Call(target: "/api/v1/storage/check")
            // A check of the database says nothing until it is done.
            call.stallTimeout = 1800
            call.isRepeatable = false
            call.receive = { _, bytes in
                for byte in bytes {
                    guard byte == UInt8(ascii: "\n") else {
                        guard line.count < 1 << 20 else {
                            throw ClientError.unexpectedAnswer("a line of the check is too long")
                        }
                        line.append(byte)
                        continue
                    }
                    guard let report = try? JSONValue(parsing: line) else {
                        throw ClientError.unexpectedAnswer("a line of the check is no JSON")
                    }
                    line = []
                    isComplete = report["kind"] == "summary"
                    try body(report)
                }
            }
            _ = try send(call)
            guard isComplete else { throw ClientError.unexpectedAnswer("the check was cut off before its summary") }
        }
    }

    /// Fetches a backup of all that the server stores, for admins, and hands its bytes to `body` as they come, with the
    /// number of bytes of the whole where the server says so.
    ///
    /// - Throws: ``ClientError/unreachable(server:reason:)`` also when the server breaks off, as it does for a damaged
    ///   blob. Whether a backup is whole only its own contents tell.
    public func downloadBackup(_ body: (UnsafeRawBufferPointer, Int64?) throws -> Void) throws {
        try withoutActuallyEscaping(body) { body in
            var call = Call(target: "/api/v1/storage/backup")
            // Nothing comes while the server copies and checks its database.
            call.stallTimeout = 1800
            call.isRepeatable = false
            call.receive = { head, bytes in try body(bytes, head["content-length"].flatMap { Int64($0) }) }
            _ = try send(call)
        }
    }
}
