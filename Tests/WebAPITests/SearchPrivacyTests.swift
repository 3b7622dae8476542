import Encoding
import HTTPServer
import JSON
import Registry
import TestSupport
import Testing

/// Two servers with the same public models. One of them also has private models of several namespaces, registered in
/// between; whoever may not read these must get the same bytes from both, whatever is asked.
@Suite struct `Search keeps private models secret` {
    /// In every word, tag and name that only private models have.
    static let secret = "zqx"
    private static let now: Int64 = 1_700_000_000

    private struct Seeds: RandomNumberGenerator {
        var state: UInt64

        mutating func next() -> UInt64 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return state ^ state >> 29
        }
    }

    /// A model as the API takes it.
    private struct Description {
        let name: String
        let title: String
        let summary: String
        let service: String
        let tags: [String]
        let isPrivate: Bool

        var json: String {
            let context = tags.map { "\"\($0)\"" }.joined(separator: ",")
            return #"{"name":"\#(name)","title":"\#(title)","summary":"\#(summary)","service_type":"\#(service)","#
                + #""visibility":"\#(isPrivate ? "private" : "public")","context":[\#(context)]}"#
        }
    }

    private static let words = [
        "person", "detector", "camera", "night", "licence", "plate", "fire", "smoke", "small", "사람", "번호판", "야간", "화재",
    ]
    private static let tags = [
        "object:person", "object:car", "object:license-plate", "object:fire", "env:night", "env:outdoor", "env:rain",
        "task:object-detection", "task:image-classification", "sensor:thermal", "precision:int8", "fps:30", "fps:12",
    ]
    /// Words of so many models that they tell little.
    private static let common = ["quilt", "stroller", "dashboard"]
    /// Tags that only private models have: values that the vocabulary knows, and words of public models.
    private static let known = [
        "object:stroller", "env:quilt", "object:dog", "env:fog", "format:onnx", "board:rpi5", "board:dashboard",
        "task:face-detection", "dataset:person-2017", "sensor:radar", "object:person-child",
    ]
    private static let services = ["crime-prevention", "illegal-parking", "fire-watch", "retail"]

    private static func corpus() -> [Description] {
        var seeds = Seeds(state: 42)
        func pick(_ list: [String], _ count: Int) -> [String] { Array(list.shuffled(using: &seeds).prefix(count)) }
        return (0..<60).map { number in
            let isPrivate = number % 3 == 1
            let mark = isPrivate ? [secret + "word", secret + "낱말\(number % 4)"] : []
            let own =
                isPrivate
                ? ["codename:\(secret)-\(number % 5)", "\(secret)key:\(secret)value", "object:\(secret)"] + known
                : []
            let namespace =
                isPrivate ? ["alpha", "beta", "\(secret)space"][number % 9 / 3] : ["alpha", "open"][number % 2]
            return Description(
                name: "\(namespace)/\(isPrivate ? secret : "model")-\(number)",
                title: (pick(words, 2) + mark).joined(separator: " "),
                summary: (pick(words, 4) + mark + (number % 4 == 0 ? [] : common)).joined(separator: " "),
                service: pick(services, 1)[0],
                tags: pick(tags, 5) + own + ["casing:\(isPrivate ? "sPeLT" : "Spelt")-\(number % 7)"],
                isPrivate: isPrivate)
        }
    }

    private static func server(withPrivate: Bool) throws -> TestServer {
        let server = try TestServer(clock: TestClock(now))
        try server.addUser("author", .developer)
        for name in ["member", "stranger"] { try server.addUser(name, .developer) }
        let author = try server.token(for: "author")
        // Each namespace is there in both, so that memberships are the same.
        let first = ["alpha", "beta", "\(secret)space", "open"].map { namespace in
            Description(
                name: "\(namespace)/first", title: "first", summary: "", service: "other", tags: [],
                isPrivate: namespace != "open")
        }
        for model in first + corpus() where withPrivate || !model.isPrivate || model.name.hasSuffix("/first") {
            let response = try server.send("POST", "/api/v1/models", token: author, json: model.json)
            try #require(response.status == 201, "\(response.text)")
        }
        try server.join("member", to: "open", as: .reader)
        return server
    }

    private static func targets() -> [String] {
        let texts =
            words + services + tags + [
                secret, secret + "word", secret + "wrd", secret + "낱말1", secret + "-3", "codename:\(secret)-1",
                "has:codename", "has:\(secret)key", "\(secret)key:\(secret)value", "\"\(secret)word person\"",
                "\(secret)*", "-\(secret)word person", "person OR \(secret)word", "persn camra", "방범", "불법주정차 야간",
                "fps>=20 night", "sort:fps 사람", "license plate at night", "화제", "\(secret)word person night",
                "quilt", "stroller", "quilt stroller", "stroller dashboard -quilt", "\"stroller\"", "-\"dashboard\"",
                "stroll*", "format:오닉스", "format:onnx", "오닉스 person", "안개 야간", "fog", "강아지", "dog person", "has:format",
                "-board:raspberry", "board:rpi", "object:stroller", "dataset:person", "얼굴 검출", "face detection camera",
                "레이더", "(dog OR stroller) night", "어린이 사람", "야간 -안개", "단속 카메라", "crime-prevention dog",
                "casing:spelt-1", "spelt", "has:casing",
                "fps>100 night", "size<5MB 사람", "\"번호판 인식\" 야간", "qkdqja", "dirks", "\(secret)qkd", "ㅔㄷㄱ내ㅜ", "방ㅂ",
                "번호ㅍ",
            ] + known
        let encoded = texts.map { PercentEncoding.encode($0) }
        return encoded.map { "/api/v1/models?limit=100&facets=object,env,service,codename,task&q=\($0)" }
            + encoded.map { "/api/v1/suggest?limit=100&q=\($0)" }
            + ["codename", "\(secret)key", "object", "service", "fps"].map { "/api/v1/context/\($0)" }
            // What finds nothing is answered with what would be found without each part.
            + encoded.suffix(8).map { "/api/v1/models?tag=env:indoor&tag=codename:\(secret)-1&q=\($0)%20fps%3E9000" }
            + known.prefix(4).map { "/api/v1/models?tag=\(PercentEncoding.encode($0))&tag=object:none&q=person" }
            + tags.map { "/api/v1/models?limit=100&facets=object,codename&sort=name&tag=\(PercentEncoding.encode($0))" }
            + (0..<60).map { "/api/v1/models/open/model-\($0)/related" }
            + (0..<60).map { "/api/v1/models/alpha/\(secret)-\($0)/related" }
            + [
                "/api/v1/models?limit=100&facets=object,codename,service,casing", "/api/v1/context/casing",
                "/api/v1/models?group=service&limit=50",
                "/api/v1/context", "/api/v1/service-types", "/api/v1/models?limit=100&sort=fps",
                "/api/v1/models?limit=100&sort=-fps&tag=codename:\(secret)-1",
            ]
    }

    /// The answer, asked again where a busy machine let the time for a search run out.
    private static func patiently(_ server: TestServer, _ target: String, _ token: String?) throws -> TestResponse {
        var response = try server.get(target, token: token)
        for _ in 0..<20 where response.status == 503 { response = try server.get(target, token: token) }
        return response
    }

    @Test func `from nobody, members of other namespaces, other developers and scoped tokens`() throws {
        let (with, without) = (try Self.server(withPrivate: true), try Self.server(withPrivate: false))
        let callers: [(String, String?, [String])] = [
            ("nobody", nil, []), ("member", "member", []), ("stranger", "stranger", []),
            ("scoped", "author", ["open/*", "elsewhere/*"]),
        ]
        for (caller, user, models) in callers {
            let tokens = try [with, without].map { server in try user.map { try server.token(for: $0, models: models) }
            }
            for target in Self.targets() {
                let (seen, expected) = (
                    try Self.patiently(with, target, tokens[0]), try Self.patiently(without, target, tokens[1])
                )
                #expect(seen.status == expected.status, "\(caller) \(target)")
                guard seen.status == 200 else { continue }
                #expect(seen.text == expected.text, "\(caller) \(target)")
                let asked = target.contains(Self.secret)
                #expect(asked || !seen.text.contains(Self.secret), "\(caller) \(target)")
            }
        }
    }

    @Test func `but shows them to those who may read them`() throws {
        let server = try Self.server(withPrivate: true)
        let owner = try server.token(for: "author")
        let all = try server.get("/api/v1/models?q=\(Self.secret)word&facets=codename", token: owner)
        #expect(all.json?["total"] == 20)
        #expect(all.json?["facets"]?["codename"]?.array?.count == 5)
        #expect(try server.get("/api/v1/context/codename", token: owner).json?["total"] == 5)
        #expect(try server.get("/api/v1/suggest?q=\(Self.secret)", token: owner).text.contains(Self.secret))
        let scoped = try server.token(for: "author", models: ["beta/*"])
        let some = try server.get("/api/v1/models?q=\(Self.secret)word", token: scoped)
        let names = some.json?["items"]?.array?.compactMap { $0["name"]?.string } ?? []
        #expect(!names.isEmpty && names.allSatisfy { $0.hasPrefix("beta/") })
    }
}
