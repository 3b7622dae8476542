import Encoding
import Glibc
import HTTPServer
import JSON
import Registry

/// The server's own lines on standard error, beside its access log.
struct ServerLog: Sendable {
    let format: ServerConfiguration.LogFormat

    /// Writes one line, in one call, so that lines of several threads do not mix.
    func write(_ message: String) {
        let now = Timestamp.rfc3339(Int64(time(nil)))
        switch format {
        case .off: break
        case .text: Output.write("\(now) \(message.replacingControls)\n", to: STDERR_FILENO)
        case .json:
            var line = JSONWriter.bytes(capacity: 256) { json in
                json.object { json in
                    json.member("time", now)
                    json.member("message", message)
                }
            }
            line.append(UInt8(ascii: "\n"))
            Output.write(String(decoding: line, as: UTF8.self), to: STDERR_FILENO)
        }
    }
}

extension String {
    /// One line: control characters, which could forge another, become spaces.
    fileprivate var replacingControls: String {
        String(String.UnicodeScalarView(unicodeScalars.map { $0.properties.generalCategory == .control ? " " : $0 }))
    }
}
