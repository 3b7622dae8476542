import Encoding
import HTTPServer
import JSON
import Registry
import TestSupport
import Testing

@Suite struct `Searching over HTTP` {
    private let server: TestServer
    private let token: String

    init() throws {
        server = try TestServer()
        try server.addUser("author", .developer)
        token = try server.token(for: "author")
        try add(
            "demo/people", "Person detector", "crime-prevention", ["object:person", "env:night", "fps:30", "size:4MB"])
        try add("demo/walker", "Pedestrian counter", "retail", ["object:person", "env:indoor", "fps:12"])
        try add("demo/parking", "불법주정차 감지", "illegal-parking", ["object:car", "object:license-plate", "env:night"])
        try add("demo/fire", "Fire and smoke", "fire-watch", ["object:fire", "object:smoke"])
    }

    private func add(_ name: String, _ title: String, _ service: String, _ tags: [String]) throws {
        let context = tags.map { "\"\($0)\"" }.joined(separator: ",")
        let json = #"{"name":"\#(name)","title":"\#(title)","service_type":"\#(service)","context":[\#(context)]}"#
        let response = try server.send("POST", "/api/v1/models", token: token, json: json)
        try #require(response.status == 201, "\(response.text)")
    }

    private func search(_ text: String, _ more: String = "") throws -> TestResponse {
        try server.get("/api/v1/models?q=\(PercentEncoding.encode(text))\(more)")
    }

    private func names(_ response: TestResponse) -> [String] {
        response.json?["items"]?.array?.compactMap { $0["name"]?.string } ?? []
    }

    @Test func `says how long it took inside`() throws {
        let timing = try search("person night").fields["Server-Timing"] ?? ""
        #expect(timing.wholeMatch(of: /plan;dur=\d+\.\d{3}, search;dur=\d+\.\d{3}/) != nil, "\(timing)")
    }

    @Test(arguments: [
        ("person night", ["demo/people"]), ("env:night -object:car", ["demo/people"]),
        ("fps>=20", ["demo/people"]), ("fps:10..15", ["demo/walker"]),
        ("has:fps sort:fps", ["demo/walker", "demo/people"]),
        ("smoke OR 불법주정차", ["demo/fire", "demo/parking"]), ("\"pedestrian counter\"", ["demo/walker"]),
        ("size<5MB", ["demo/people"]),
    ])
    func `finds by the language of queries`(text: String, expected: [String]) throws {
        let response = try search(text)
        #expect(response.status == 200)
        #expect(names(response).first == expected.first, "\(response.text)")
        #expect(Set(expected).isSubset(of: names(response)))
    }

    @Test func `says how a query was understood`() throws {
        let text = "불법주정차 env:night sort:new"
        let response = try search(text)
        let understood = try #require(response.json?["understood"]?["items"]?.array)
        #expect(understood.map { $0["kind"]?.string } == ["word", "key", "sort"])
        let scalars = Array(text.unicodeScalars)
        for item in understood {
            let range = Int(item["start"]?.integer ?? -1)..<Int(item["end"]?.integer ?? -1)
            #expect(String(String.UnicodeScalarView(scalars[range])) == item["text"]?.string)
        }
        #expect(understood[0]["means"]?.array?.contains { $0["tag"] == "service:illegal-parking" } == true)
        #expect(response.json?["understood"]?["relaxed"] == .bool(false))
        #expect(response.json?["understood"]?["meeting_all"]?.integer == response.json?["total"]?.integer)
        let associations = response.json?["associations"]?.array ?? []
        #expect(associations.contains { $0["tag"] == "object:license-plate" })
        #expect(response.json?["also"]?.array != nil)
        let why = response.json?["items"]?.array?.first?["why"]
        #expect(why?["terms"]?.array == ["불법주정차"])
        #expect(why?["paths"]?.array?.isEmpty == false)
    }

    @Test(arguments: [
        ("int8 size<5kB", "int8", 3000), ("size<5kB", "int8", 3000), ("precision:int8", "int8", 3000),
        ("size>6kB", "fp32", 9000), ("fp32", "fp32", 9000), ("two-sizes", nil, nil), ("-size>1MB", nil, nil),
    ])
    func `names the variant that meets the query`(text: String, name: String?, size: Int64?) throws {
        let form = TestForm().field("version", "1.0.0").field("variant", "fp32").field("context", "precision:fp32")
            .artifact("a.bin", String(repeating: "a", count: 9000)).field("variant", "int8")
            .field("context", "precision:int8").artifact("b.bin", String(repeating: "b", count: 3000))
        try #require(server.publish("demo/two-sizes", form, token: token).status == 201)
        let items = try search(text).json?["items"]?.array
        let item = try #require(items?.first { $0["name"] == "demo/two-sizes" })
        #expect(item["size"]?.integer == 12000)
        let variant = item["why"]?["variant"]
        #expect(variant?["name"]?.string == name && variant?["size"]?.integer == size, "\(item)")
        #expect(variant?["precision"]?.array == name.map { [.string($0)] })
    }

    @Test func `brings the menu along, whatever is searched for`() throws {
        let menu = try search("smoke", "&include=menu").json?["menu"]
        #expect(menu?["total"]?.integer == 4)
        let types = try server.get("/api/v1/models?group=service").json?["service_types"]
        #expect(menu?["service_types"] == types && types?.array?.isEmpty == false)
        #expect(try search("smoke").json?["menu"] == nil)
        let nothing = try search("smoke", "&tag=object:&include=menu").json
        #expect(nothing?["total"]?.integer == 0 && nothing?["menu"] == menu)
        #expect(try search("smoke", "&tag=object:").json?["menu"] == nil)
        #expect(try search("smoke", "&include=all").status == 422)
    }

    @Test func `counts of a value what choosing it brings, also where few models have all words`() throws {
        for number in 0..<24 {
            let format = number < 5 ? "onnx" : "tflite"
            let form = TestForm().field("version", "1.0.0").field("title", "Heron counter").field(
                "context", "lens:\(format)"
            )
            .artifact("a.bin", "\(number)")
            try #require(server.publish("demo/heron-\(number)", form, token: token).status == 201)
            let other = TestForm().field("version", "1.0.0").field("title", "Heron").field("context", "lens:onnx")
                .artifact("a.bin", "\(number)")
            try #require(server.publish("demo/bird-\(number)", other, token: token).status == 201)
        }
        let all = try search("heron counter", "&facets=lens").json
        #expect(all?["total"]?.integer == 24)
        let values = try #require(all?["facets"]?["lens"]?.array)
        #expect(values.map { $0["count"]?.integer } == [19, 5])
        for value in values {
            let chosen = try search("heron counter", "&tag=lens:\(value["value"]?.string ?? "")").json
            #expect(chosen?["total"] == value["count"])
        }
        // Where nothing is left that has all words, what has some of them.
        #expect(try search("heron counter", "&tag=lens:onnx&sort=name").json?["total"]?.integer == 5)
        #expect(try search("heron counter", "&tag=env:night").json?["understood"]?["meeting_all"]?.integer == 0)
    }

    @Test func `answers a very long text, without a Link that no head could hold`() throws {
        let long = try server.get("/api/v1/models?limit=1&q=" + String(repeating: "+", count: 7000))
        #expect(long.status == 200 && long.json?["next"]?.string != nil && long.fields["Link"] == nil)
        let short = try server.get("/api/v1/models?limit=1&q=+")
        #expect(short.fields["Link"]?.contains("cursor=") == true)
    }

    @Test func `takes a value with a comma for one in quotes`() throws {
        let form = TestForm().field("version", "1.0.0").field("context", "object:person, standing").field(
            "context", "object:a\",b"
        ).artifact(
            "a.bin", "a")
        try #require(server.publish("demo/standing", form, token: token).status == 201)
        func found(_ tag: String) throws -> [String] {
            let items = try server.get("/api/v1/models?tag=\(tag)").json?["items"]?.array ?? []
            return items.compactMap { $0["name"]?.string }
        }
        #expect(try found("object:%22person,%20standing%22") == ["demo/standing"])
        #expect(try found("object:nothing,%22person,%20standing%22,%22") == ["demo/standing"])
        #expect(try found("object:%22a%22%22,b%22") == ["demo/standing"])
        #expect(try found("object:person,%20standing").contains("demo/standing") == false)
    }

    @Test func `says nothing of that where nothing is asked`() throws {
        let response = try server.get("/api/v1/models?facets=object&tag=env:night")
        for member in ["understood", "associations", "also", "facets_ready"] { #expect(response.json?[member] == nil) }
        #expect(response.json?["facets"]?["object"]?.array?.count == 3)
    }

    @Test(arguments: [
        "size<", "(person", "\"person", "sort:", "yolo:v4", "a OR", "()", "-", "\u{1F600}", "::", "fps:x..y",
    ])
    func `never refuses a text`(text: String) throws {
        #expect(try search(text).status == 200)
    }

    @Test func `refuses what it cannot read when asked to, and says where`() throws {
        let response = try search("person (night", "&strict=1")
        #expect(response.status == 400 && response.problem == "query-invalid")
        let error = try #require(response.json?["errors"]?.array?.first)
        #expect(error["field"] == "q" && (error["column"]?.integer ?? 0) >= 1)
        #expect(try search("person night", "&strict=1").status == 200)
        #expect(try search("person (night", "&strict=0").status == 200)
        let many = (0..<13).map { "a\($0)x" }.joined(separator: " ")
        let tooMany = try search(many, "&strict=1")
        #expect(tooMany.status == 400 && tooMany.json?["errors"]?.array?.first?["column"]?.integer == 51)
        // A well-known key is no mistake, and where no model has it none is found.
        let none = try search("sensor:thermal person", "&strict=1").json
        #expect(none?["total"]?.integer == 0)
        #expect(none?["without"]?["items"]?.array?.last?["count"]?.integer == 0)
        #expect((try search("sensor:thermal person").json?["total"]?.integer ?? 0) > 0)
        let korean = try server.get("/api/v1/models?q=%28a&strict=1", fields: ["Accept-Language": "ko"])
        #expect(korean.json?["errors"]?.array?.first?["detail"]?.string != error["detail"]?.string)
    }

    @Test(arguments: [
        ("q=" + String(repeating: "a", count: 2000), 200),
        ("q=" + String(repeating: "a", count: 513) + "&strict=1", 400),
        ("q=" + String(repeating: "a", count: 512) + "&strict=1", 200), ("q=a%00b", 200), ("q=%FF", 400),
        ("strict=yes", 422), ("sort=nothing%20at%20all", 422), ("sort=-", 422), ("sort=new", 200), ("sort=fps", 200),
        ("sort=latency_ms%40rpi5", 200), ("cursor=a-0-1-UPPER", 422), ("cursor=r-1-1", 422), ("cursor=u-1-1-1", 422),
        ("facets=A", 422), ("limit=0", 422), ("include=menu", 200), ("include=bogus", 422),
        // Of a tag that no model can have the answer is known without a search.
        ("tag=,", 200), ("tag=,&cursor=r-1-1", 422), ("tag=,&sort=-", 422), ("tag=,&strict=yes", 422),
        ("tag=,&include=bogus", 422), ("tag=object:&include=menu", 200), ("group=service&include=bogus", 422),
    ])
    func `checks its parameters`(query: String, status: Int) throws {
        #expect(try server.get("/api/v1/models?\(query)").status == status)
    }

    @Test(arguments: ["fps", "-fps", "new", "name", "downloads", "size"])
    func `goes on behind a cursor in the same order`(sort: String) throws {
        let whole = names(try server.get("/api/v1/models?sort=\(sort)"))
        var (parts, cursor): ([String], String?) = ([], nil)
        for _ in 0..<5 {
            let next = cursor.map { "&cursor=\(PercentEncoding.encode($0))" } ?? ""
            let page = try server.get("/api/v1/models?limit=1&sort=\(cursor == nil ? sort : "name")\(next)")
            parts += names(page)
            cursor = page.json?["next"]?.string
            if cursor == nil { break }
        }
        #expect(parts == whole && whole.count == 4)
    }

    @Test func `names models that are like one`() throws {
        let response = try server.get("/api/v1/models/demo/people/related?limit=2")
        #expect(names(response).count == 2 && !names(response).contains("demo/people"))
        #expect(response.json?["items"]?.array?.allSatisfy { $0["why"]?["tags"]?.array?.isEmpty == false } == true)
        #expect(try server.get("/api/v1/models/demo/nothing/related").problem == "model-unknown")
    }

    @Test func `describes context keys`() throws {
        let fps = try server.get("/api/v1/context/fps")
        #expect(fps.json?["kind"] == "number" && fps.json?["total"] == 2)
        #expect(fps.json?["description"]?["ko"]?.string?.isEmpty == false)
        let keys = try server.get("/api/v1/context").json?["items"]?.array ?? []
        #expect(keys.compactMap { $0["key"]?.string } == ["env", "fps", "object", "service", "size"])
        #expect(keys.first { $0["key"] == "size" }?["unit"] == "bytes")
        #expect(keys.first { $0["key"] == "object" }?["multiple"] == .bool(true))
    }
}
