import Encoding
import HTTPServer
import JSON
import Registry
import SQLite
import Services
import TestSupport
import Testing

@Suite struct `Names of context over HTTP` {
    private let server: TestServer
    private let admin: String

    init() throws {
        server = try TestServer()
        admin = try server.token(for: "admin")
        for (name, service, tags) in [
            ("demo/people", "crime-prevention", ["object:person", "site:quay 7", "load:12"]),
            ("demo/boats", "voice", ["object:boat", "site:quay 7", "load:3", "site:pier/2"]),
        ] {
            let context = tags.map { "\"\($0)\"" }.joined(separator: ",")
            let json = #"{"name":"\#(name)","title":"\#(name)","service_type":"\#(service)","context":[\#(context)]}"#
            try #require(try server.send("POST", "/api/v1/models", token: admin, json: json).status == 201)
        }
    }

    private func put(_ path: String, _ json: String) throws -> TestResponse {
        try server.send("PUT", "/api/v1/context/\(path)", token: admin, json: json)
    }

    private func found(_ text: String) throws -> [String] {
        try server.get("/api/v1/models?q=\(PercentEncoding.encode(text))").json?["items"]?.array?
            .compactMap { $0["name"]?.string } ?? []
    }

    private func label(_ tag: String) throws -> JSONValue? {
        let parts = tag.split(separator: ":")
        let item = try server.get("/api/v1/models/demo/boats").json?["context"]?.array?
            .first { $0["key"]?.string == String(parts[0]) && $0["value"]?.string == String(parts[1]) }
        return item?["label"]?["ko"]
    }

    @Test func `hold at once in lists, facets, suggestions and search`() throws {
        let nothing = try found("나루터") + found("mooring")
        #expect(nothing.isEmpty)
        let response = try put("site/quay%207", #"{"label":{"ko":"나루터","en":"Quay Seven"},"synonyms":["mooring"]}"#)
        #expect(response.status == 200, "\(response.text)")
        #expect(response.json?["value"]?.string == "quay 7" && response.json?["named"]?.bool == true)
        #expect(try label("site:quay 7") == "나루터")
        #expect(Set(try found("나루터")) == ["demo/boats", "demo/people"])
        #expect(try found("mooring").count == 2)
        let facets = try server.get("/api/v1/models?q=&facets=site").json?["facets"]?["site"]?.array
        #expect(facets?.first?["label"]?["en"]?.string == "Quay Seven")
        let suggested = try server.get("/api/v1/suggest?q=\(PercentEncoding.encode("나루"))").json?["items"]?.array
        #expect(suggested?.first?["value"]?.string == "site:quay 7")
        let values = try server.get("/api/v1/context/site").json?["items"]?.array
        #expect(values?.first?["named"]?.bool == true && values?.first?["synonyms"]?.array == ["mooring"])
        #expect(try server.send("DELETE", "/api/v1/context/site/quay%207", token: admin).status == 204)
        #expect(try label("site:quay 7") == nil)
        let rest = try found("나루터") + found("mooring")
        #expect(rest.isEmpty)
        #expect(try server.send("DELETE", "/api/v1/context/site/quay%207", token: admin).status == 204)
    }

    @Test func `have at most 20,000 synonyms together`() throws {
        func synonyms(_ count: Int) -> String {
            let words = (0..<count).map { "\"word \($0)\"" }.joined(separator: ",")
            return #"{"label":{"ko":"가","en":"a"},"synonyms":[\#(words)]}"#
        }
        for value in 0..<312 { try #require(put("site/\(value)", synonyms(64)).status == 200) }
        #expect(try put("site/last", synonyms(32)).status == 200)
        let response = try put("site/more", synonyms(1))
        #expect(response.status == 422)
        let error = response.json?["errors"]?.array?.first
        #expect(error?["field"]?.string == "synonyms")
        #expect(error?["detail"]?.string?.contains("20000") == true, "\(response.text)")
        #expect(try put("site/more", synonyms(0)).status == 200)
        #expect(try put("site/last", synonyms(31)).status == 200)
        #expect(try put("site/more", synonyms(1)).status == 200)
    }

    @Test func `take the place of those of the vocabulary, and give it back`() throws {
        #expect(try label("object:boat") != "나룻배")
        let before = try label("object:boat")
        _ = try put("object/boat", #"{"label":{"ko":"나룻배","en":"Ferryboat"},"synonyms":[]}"#)
        #expect(try label("object:boat") == "나룻배")
        #expect(try found("ferryboat") == ["demo/boats"])
        _ = try server.send("DELETE", "/api/v1/context/object/boat", token: admin)
        #expect(try label("object:boat") == before)
    }

    @Test func `name keys, and numbers of a key stay numbers`() throws {
        #expect(try put("load", #"{"label":{"ko":"적재","en":"Load"}}"#).status == 200)
        let keys = try server.get("/api/v1/context").json?["items"]?.array
        let load = try #require(keys?.first { $0["key"]?.string == "load" })
        #expect(load["label"]?["ko"]?.string == "적재" && load["named"]?.bool == true)
        #expect(
            try server.get("/api/v1/models?sort=load").json?["items"]?.array?.first?["name"]?.string == "demo/boats")
        #expect(try server.send("DELETE", "/api/v1/context/load", token: admin).status == 204)
    }

    @Test func `stay over a restart of what is in memory`() throws {
        _ = try put("site/pier%2F2", #"{"label":{"ko":"둘째 부두","en":"Second pier"}}"#)
        #expect(try label("site:pier/2") == "둘째 부두")
        let again = try server.get("/api/v1/context/site?q=\(PercentEncoding.encode("둘째"))").json?["items"]?.array
        #expect(again?.count == 1)
    }

    @Test func `let service types be called by the name that they have now, everywhere`() throws {
        _ = try server.send(
            "PATCH", "/api/v1/service-types/voice", token: admin, json: #"{"label":{"ko":"말소리","en":"Speech"}}"#)
        let model = try server.get("/api/v1/models/demo/boats").json
        #expect(model?["service_types"]?.array?.first?["label"]?["ko"]?.string == "말소리")
        let facets = try server.get("/api/v1/models?q=&facets=service").json?["facets"]?["service"]?.array
        #expect(facets?.contains { $0["label"]?["en"]?.string == "Speech" } == true)
        let home = try server.get("/api/v1/models?group=service").text
        #expect(home.contains("말소리") && !home.contains(#""ko":"음성""#), "\(home)")
        let suggested = try server.get("/api/v1/suggest?q=speec").json?["items"]?.array
        #expect(suggested?.contains { $0["value"]?.string == "voice" && $0["label"]?["ko"]?.string == "말소리" } == true)
        #expect(try found("말소리").first == "demo/boats")
        let items = try server.get("/api/v1/models").json?["items"]?.array ?? []
        for tag in items.flatMap({ $0["context"]?.array ?? [] })
        where tag["value"]?.string == "voice" {
            #expect(tag["label"]?["ko"]?.string == "말소리")
        }
    }

    private enum Row: String, SQLStatement {
        case earlier = """
            INSERT INTO context_label (key, value, ko, en, synonyms, updated_at)
            VALUES ('object', 'boat', $ko, 'a' || char(8203) || 'b', json_array($synonym), 0)
            """
    }

    @Test(arguments: ["⚠️ 배", "👩‍🚒", "나룻\u{200B}배", "\u{3164}"])
    func `that an earlier release let through are read as they are`(name: String) throws {
        try server.repository.database.write { db in
            _ = try db.run(Row.earlier, ["$ko": .text(name), "$synonym": .text("ferry\u{200B}boat")])
        }
        #expect(try server.get("/api/v1/models?q=boat").status == 200)
        #expect(try label("object:boat")?.string == name)
        let values = try server.get("/api/v1/context/object").json?["items"]?.array
        #expect(values?.contains { $0["synonyms"]?.array == ["ferry\u{200B}boat"] } == true)
        #expect(try put("object/boat", #"{"label":{"ko":"배","en":"Boat"}}"#).status == 200)
        #expect(try label("object:boat") == "배")
    }

    @Test(arguments: [
        ("⚠️ 사람", 200), ("⚠\u{FE0E}", 200), ("❤️‍🔥", 200), ("👨‍👩‍👧", 200), ("👩🏽‍🚒", 200), ("1\u{FE0F}", 422),
        ("사람\u{FE0F}", 422), ("\u{FE0F}가", 422), ("사\u{200D}람", 422), ("👩\u{200D}", 422), ("\u{200D}👩", 422),
        ("👩\u{200B}👩", 422), ("⚠\u{FE0F}\u{FE0F}", 422), ("👩\u{200D}\u{200D}👩", 422),
    ])
    func `hold nothing that cannot be seen, but for what emoji consist of`(name: String, status: Int) throws {
        let response = try put("object/boat", #"{"label":{"ko":"\#(name)","en":"a"}}"#)
        #expect(response.status == status, "\(response.text)")
        #expect((try label("object:boat")?.string == name) == (status == 200))
    }

    @Test(arguments: [
        ("object/person", #"{"label":{"ko":"","en":"x"}}"#, 422, "validation-failed"),
        ("object/person", #"{"label":{"ko":"가"}}"#, 422, "validation-failed"),
        ("object/person", "{}", 422, "validation-failed"), ("object/person", "{", 400, "form-invalid"),
        ("object/person", #"{"label":{"ko":"가","en":"a"},"synonyms":[""]}"#, 422, "validation-failed"),
        ("object/person", #"{"label":{"ko":"가","en":"a"},"synonyms":["a\u200bb"]}"#, 422, "validation-failed"),
        ("object/person", #"{"label":{"ko":"\u3164","en":"a"}}"#, 422, "validation-failed"),
        ("object/person", #"{"label":{"ko":"가","en":"a"},"synonyms":["a\u0000b"]}"#, 422, "validation-failed"),
        ("object/person", #"{"label":{"ko":"가","en":"a"},"more":1}"#, 422, "validation-failed"),
        ("object", #"{"label":{"ko":"가","en":"a"},"synonyms":["b"]}"#, 422, "validation-failed"),
        ("Object/person", #"{"label":{"ko":"가","en":"a"}}"#, 422, "validation-failed"),
        ("object/%E2%80%8B", #"{"label":{"ko":"가","en":"a"}}"#, 422, "validation-failed"),
        ("service/voice", #"{"label":{"ko":"가","en":"a"}}"#, 409, "state-conflict"),
    ])
    func `are refused when they break a rule`(path: String, json: String, status: Int, code: String) throws {
        let before = try server.get("/api/v1/context/object").text
        let response = try put(path, json)
        #expect(response.status == status && response.problem == code, "\(response.text)")
        #expect(try server.get("/api/v1/context/object").text == before)
    }

    @Test func `of many values come page by page, and by their words`() throws {
        for group in 0..<3 {
            let tags = (0..<100).map { "\"serial:s\(group)-\($0)\"" }.joined(separator: ",")
            let json = #"{"name":"many/m\#(group)","title":"m","service_type":"voice","context":[\#(tags)]}"#
            try #require(try server.send("POST", "/api/v1/models", token: admin, json: json).status == 201)
        }
        var (walked, next): ([String], String?) = ([], "/api/v1/context/serial?limit=70")
        for _ in 0..<10 {
            guard let target = next else { break }
            let page = try server.get(target)
            #expect(page.json?["total"]?.integer == 300)
            walked += page.json?["items"]?.array?.compactMap { $0["value"]?.string } ?? []
            next = page.json?["next"]?.string.map {
                "/api/v1/context/serial?limit=70&cursor=\(PercentEncoding.encode($0))"
            }
        }
        #expect(walked.count == 300 && Set(walked).count == 300)
        #expect(try server.get("/api/v1/context/serial?q=s1-9").json?["total"]?.integer == 11)
        #expect(try server.get("/api/v1/context/serial?cursor=no").problem == "validation-failed")
    }
}
