import Encoding
import JSON
import Registry
import TestSupport
import Testing

@Suite struct `A search that finds nothing` {
    private let server: TestServer
    private let owner: String

    init() throws {
        server = try TestServer()
        try server.addUser("author", .developer)
        owner = try server.token(for: "author")
        for (name, visibility, tags) in [
            ("demo/people", "public", ["object:person", "env:night", "fps:30"]),
            ("demo/walker", "public", ["object:person", "env:indoor", "fps:12"]),
            ("demo/fire", "public", ["object:fire", "format:onnx"]),
            ("hidden/night-fire", "private", ["object:person", "env:night", "fps:240", "codename:zqx"]),
        ] {
            let context = tags.map { "\"\($0)\"" }.joined(separator: ",")
            let json =
                #"{"name":"\#(name)","title":"\#(name)","service_type":"other","visibility":"\#(visibility)","#
                + #""context":[\#(context)]}"#
            let response = try server.send("POST", "/api/v1/models", token: owner, json: json)
            try #require(response.status == 201, "\(response.text)")
        }
    }

    private func ask(_ text: String, _ tags: [String], token: String? = nil) throws -> JSONValue {
        let filters = tags.map { "&tag=\(PercentEncoding.encode($0))" }.joined()
        let response = try server.get("/api/v1/models?q=\(PercentEncoding.encode(text))\(filters)", token: token)
        try #require(response.status == 200, "\(response.text)")
        return try #require(response.json)
    }

    private func without(_ text: String, _ part: JSONValue) -> String {
        let scalars = Array(text.unicodeScalars)
        let (start, end) = (Int(part["start"]?.integer ?? 0), Int(part["end"]?.integer ?? 0))
        return String(String.UnicodeScalarView(scalars[..<start] + [" "] + scalars[end...]))
    }

    @Test(
        arguments: [
            ("person", ["object:fire", "env:night"]), ("person", ["object:fire"]), ("", ["object:fire", "env:night"]),
            ("object:person fps>100", []), ("zzzzzz", []), ("zzzzzz", ["env:night"]), ("env:night -object:person", []),
            ("(fire OR smoke) env:indoor sort:new", ["object:person"]), ("야간사람 fps>500", []),
            ("\"demo walker\" \"night fire\"", []), ("walk* env:night", ["fps:12,13", "format:onnx"]),
            ("fire", ["codename:zqx"]), ("codename:zqx", []),
        ] as [(String, [String])])
    func `says how much would be found without each part`(text: String, tags: [String]) throws {
        let answer = try ask(text, tags)
        try #require(answer["total"] == 0)
        let told = try #require(answer["without"])
        for item in told["items"]?.array ?? [] {
            let total = try ask(without(text, item), tags)["total"]
            #expect(item["count"] == total, "\(item)")
        }
        for (place, filter) in (told["filters"]?.array ?? []).enumerated() {
            var others = tags
            others.remove(at: place)
            let total = try ask(text, others)["total"]
            #expect(filter["count"] == total, "\(filter)")
        }
        #expect(told["filters"]?.array?.count == tags.count)
        #expect(told["items"]?.array?.isEmpty == text.isEmpty)
        let (withoutText, withoutFilters) = (try ask("", tags)["total"], try ask(text, [])["total"])
        #expect(told["q"] == (text.isEmpty || tags.isEmpty ? .null : withoutText))
        #expect(told["all_filters"] == (text.isEmpty || tags.count < 2 ? .null : withoutFilters))
    }

    @Test(arguments: [("person", []), ("", []), ("", ["env:night"])] as [(String, [String])])
    func `only then`(text: String, tags: [String]) throws {
        let answer = try ask(text, tags)
        #expect(answer["without"] == nil)
    }

    @Test func `counts private models for those alone who may read them`() throws {
        let (text, tags) = ("fps>100 env:indoor", ["object:person"])
        let (nobody, author) = (try ask(text, tags)["without"], try ask(text, tags, token: owner)["without"])
        #expect(nobody?["items"]?.array?.compactMap { $0["count"]?.integer } == [1, 0])
        #expect(author?["items"]?.array?.compactMap { $0["count"]?.integer } == [1, 1])
    }

    @Test func `of many parts says it of the first`() throws {
        let text = (1...40).map { "zz\($0)x" }.joined(separator: " ")
        let answer = try ask(text, (1...16).map { "object:none\($0)" })
        let told = try #require(answer["without"])
        #expect(told["items"]?.array?.count == 8 && told["filters"]?.array?.count == 8)
    }
}
