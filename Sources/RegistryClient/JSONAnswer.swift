import Encoding
import JSON
import Registry

/// Reads what is needed from a server's JSON and lets everything else be: a newer server may say more.
struct JSONAnswer {
    let json: JSONValue

    /// - Throws: ``ClientError/unexpectedAnswer(_:)`` when `json` is not an object.
    init(_ json: JSONValue) throws(ClientError) {
        guard json.object != nil else { throw .unexpectedAnswer("not an object") }
        self.json = json
    }

    func string(_ key: String) throws(ClientError) -> String {
        guard let text = json[key]?.string else { throw .unexpectedAnswer("“\(key)” is missing") }
        return text
    }

    func integer(_ key: String) throws(ClientError) -> Int64 {
        guard let number = json[key]?.integer else { throw .unexpectedAnswer("“\(key)” is missing") }
        return number
    }

    func array(_ key: String) throws(ClientError) -> [JSONValue] {
        guard let array = json[key]?.array else { throw .unexpectedAnswer("“\(key)” is missing") }
        return array
    }

    func time(_ key: String) -> Int64? { json[key]?.string.flatMap { Timestamp.parse($0) } }

    /// A text turned into a checked value; a server that breaks the product's own rules is not to be trusted.
    func value<Value>(_ key: String, _ parse: (String) throws -> Value) throws -> Value {
        try Self.checked(try string(key), parse)
    }

    static func checked<Value>(_ text: String, _ parse: (String) throws -> Value) throws -> Value {
        do {
            return try parse(text)
        } catch let error as RegistryError {
            throw ClientError.unexpectedAnswer(error.message.en)
        }
    }

    /// Context tags, written as `{key, value}` or as `key:value`.
    func context(_ key: String = "context") throws -> [ContextTag] {
        try (json[key]?.array ?? []).map { tag in
            if let text = tag.string { return try Self.checked(text) { try ContextTag($0) } }
            let tag = try JSONAnswer(tag)
            let name = try tag.string("key")
            return try tag.value("value") { try ContextTag(key: name, value: $0) }
        }
    }
}
