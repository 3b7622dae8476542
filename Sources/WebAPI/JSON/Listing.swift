import Encoding
import HTTPServer
import JSON
import Registry

extension Response {
    /// A page of a list: `items`, `total` and `next`, with the address of the next page in `Link` (RFC 8288).
    static func list<Item>(
        _ page: Page<Item>, of request: Request, more: (inout JSONWriter) -> Void = { _ in },
        _ write: (inout JSONWriter, Item) -> Void
    ) -> Response {
        let bytes = JSONWriter.bytes(capacity: 16_384) { json in
            json.object { json in
                json.array("items") { json in for item in page.items { write(&json, item) } }
                json.member("total", page.total)
                json.member("next", page.next)
                more(&json)
            }
        }
        var response = Response.json(bytes)
        response.fields["Link"] = request.link(toNext: page.next)
        return response
    }

    /// A whole object.
    static func object(status: Int = 200, fields: Fields = [:], _ write: (inout JSONWriter) -> Void) -> Response {
        .json(JSONWriter.bytes { json in json.object { json in write(&json) } }, status: status, fields: fields)
    }
}

extension JSONWriter {
    mutating func member(_ key: StaticString, time unixSeconds: Int64?) {
        member(key, unixSeconds.map { Timestamp.rfc3339($0) })
    }

    mutating func member(_ key: StaticString, label: Label?) {
        self.key(key)
        guard let label else { return null() }
        object { json in
            json.member("ko", label.ko)
            json.member("en", label.en)
        }
    }
}
