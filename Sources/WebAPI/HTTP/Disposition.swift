import Encoding
import HTTPServer
import Registry

/// `Content-Disposition` (RFC 6266).
enum Disposition {
    /// An attachment of this name: in ASCII for old clients, and whole as RFC 8187 has it.
    static func attachment(filename: String) -> String {
        let plain = filename.unicodeScalars.map { scalar -> Character in
            let isPlain = scalar.isASCII && scalar.value >= 0x20 && scalar.value < 0x7F
            return isPlain && scalar != "\"" && scalar != "\\" && scalar != "%" ? Character(scalar) : "_"
        }
        return "attachment; filename=\"\(String(plain))\"; filename*=UTF-8''\(PercentEncoding.encode(filename))"
    }
}

extension Digest {
    /// The bytes in base64, as `Repr-Digest` (RFC 9530) has them.
    var base64: String { Base64.encode(Hex.decode(hex) ?? []) }
}
