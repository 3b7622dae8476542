import Registry
import SQLite
import Services
import Storage
import Testing

@Suite struct `Publishing` {
    private let fixture: RepositoryFixture

    init() throws { fixture = try RepositoryFixture() }

    @Test func `makes the model, its namespace and the version at once`() throws {
        let (detail, created) = try fixture.publish(
            "demo/vad", "1.0.0", ["vad.onnx": "weights", "doc/labels.txt": "a"]
        ) {
            $0.description = try ModelDescription(title: "VAD", serviceType: "voice")
            $0.context = [try ContextTag("task:vad")]
            $0.notes = "first\nline"
            $0.readme = try fixture.blob("# Hello")
        }
        #expect(created)
        #expect(detail.version.state == .published)
        #expect(detail.aliases == [.latest])
        #expect(detail.size == 8)
        #expect(detail.artifacts.map(\.path.description) == ["doc/labels.txt", "vad.onnx"])
        #expect(detail.artifacts.map(\.mediaType) == ["text/plain", "application/octet-stream"])
        #expect(detail.variants.map(\.size) == [8])
        #expect(try fixture.now(fixture.dev).namespaces == ["demo": .owner])
        let model = try fixture.repository.models.get(ModelName("demo/vad"), for: .anonymous)
        #expect(model.summary.serviceTypes.map(\.id) == ["voice"])
        #expect(model.summary.formats == ["onnx"])
        #expect(model.summary.latest?.number.description == "1.0.0")
        #expect(model.aliases.map(\.name) == [.latest])
        #expect(!model.permissions.publish)
        let readme = try fixture.repository.resolving.readme(ModelName("demo/vad"), .alias(.latest), for: .anonymous)
        #expect(readme.html.contains("Hello") && readme.tree.contains("heading") && readme.size == 7)
    }

    @Test func `writes the manifest as canonical JSON whose digest names the version`() throws {
        let (detail, _) = try fixture.publish("demo/model", "1.0.0", ["b.onnx": "2", "a.txt": "1"]) {
            $0.context = [try ContextTag("task:x"), try ContextTag("env:Day")]
        }
        let found = try fixture.repository.resolving.manifest(
            ModelName("demo/model"), .manifest(detail.version.manifest), for: .anonymous)
        let one = "6b86b273ff34fce19d6b804eff5a3f5747ada4eaa22f1d49c01e52ddb7875b4b"
        let two = "d4735e3a265e16eee03f59718b9b5d03019c07d8b6c51f90da3a666eec13ab35"
        #expect(
            String(decoding: found.bytes, as: UTF8.self)
                == #"{"artifacts":[{"digest":"sha256:\#(one)","path":"a.txt","size":1},"#
                + #"{"digest":"sha256:\#(two)","path":"b.onnx","size":1}],"context":["env:Day","task:x"],"#
                + #""model":"demo/model","variants":[{"context":[],"name":"default","paths":["a.txt","b.onnx"]}],"#
                + #""version":"1.0.0"}"#)
    }

    @Test func `answers the same with the same, and another with a conflict`() throws {
        let first = try fixture.publish("demo/model", "1.0.0")
        let again = try fixture.publish("demo/model", "1.0.0", aliases: ["stable"])
        #expect(!again.created)
        #expect(again.version.version.id == first.version.version.id)
        #expect(try fixture.resolve("stable") == "1.0.0")
        #expect(failure(try fixture.publish("demo/model", "1.0.0", ["model.onnx": "other"])) == .versionExists)
        #expect(
            try fixture.repository.versions.list(ModelName("demo/model"), limit: 9, cursor: nil, for: .anonymous).page
                .total
                == 1)
    }

    @Test func `numbers versions by the next patch`() throws {
        #expect(try fixture.publish().version.version.number.description == "1.0.0")
        #expect(try fixture.publish().version.version.number.description == "1.0.1")
        try fixture.publish("demo/model", "2.0.0-rc.1")
        #expect(try fixture.publish().version.version.number.description == "2.0.0")
        #expect(try fixture.publish(draft: true).version.version.number.description == "2.0.1")
        #expect(try fixture.publish().version.version.number.description == "2.0.2")
    }

    @Test func `takes artifacts over from an older version`() throws {
        try fixture.publish("demo/model", "1.0.0", ["a.onnx": "a", "b.txt": "b"]) {
            $0.variants[0].context = [try ContextTag("board:rpi5")]
            $0.variants.append(try fixture.variant(["b.txt": "b", "c.tflite": "c"], "small"))
            $0.context = [try ContextTag("task:x")]
            $0.readme = try fixture.blob("# One")
        }
        let (detail, _) = try fixture.publish("demo/model", "1.1.0", ["b.txt": "new"]) {
            $0.from = try VersionNumber("1.0.0")
            $0.remove = [try ArtifactPath("a.onnx")]
        }
        #expect(detail.artifacts.map(\.path.description) == ["b.txt", "c.tflite"])
        #expect(detail.artifacts.first?.size == 3)
        #expect(detail.variants.map(\.name.description) == ["default", "small"])
        #expect(detail.variants.map { $0.paths.map(\.description) } == [["b.txt"], ["b.txt", "c.tflite"]])
        #expect(detail.variants.first?.context.map(\.description) == ["board:rpi5"])
        #expect(detail.context.map(\.description) == ["task:x"])
        #expect(detail.version.readme != nil)
        let gone = failure(
            try fixture.publish("demo/model", "1.2.0", [:]) {
                $0.from = try VersionNumber("1.0.0")
                $0.remove = [try ArtifactPath("nothing")]
            })
        #expect(gone == .validationFailed)
        #expect(
            failure(try fixture.publish("demo/model", "1.2.0", [:]) { $0.from = VersionNumber(9, 0, 0) })
                == .versionUnknown)
    }

    @Test func `lets search know the first 64 KB of a README's words`() {
        #expect(Readme.render(String(repeating: "가", count: 300_000)).text.utf8.count <= 65_539)
        #expect(Readme.render("# 가").text == "가")
    }

    @Test func `keeps a README.md in the root as the README`() throws {
        let (detail, _) = try fixture.publish("demo/model", "1.0.0", ["README.md": "# Hi", "m.onnx": "m"])
        #expect(detail.artifacts.map(\.path.description) == ["m.onnx"])
        #expect(detail.version.readme != nil)
        let found = try fixture.repository.resolving.artifact(
            ModelName("demo/model"), .alias(.latest), ArtifactPath("README.md"), for: .anonymous)
        #expect(found.artifact.size == 4 && found.artifact.mediaType == "text/markdown")
    }

    @Test(arguments: [
        (["m.onnx"], ["format:onnx"]),
        (["m_int8.tflite"], ["format:tflite", "precision:int8"]),
        (["m_edgetpu.tflite"], ["format:edgetpu"]),
        (["n.mlpackage/Manifest.json", "n.mlpackage/Data/weight.bin"], ["format:coreml"]),
        (["m.xml", "m.bin"], ["format:openvino"]),
        (["m.param", "m.bin"], ["format:ncnn"]),
        (["m.bin"], []),
        (["saved_model.pb"], ["format:savedmodel"]),
        (["m-fp16.gguf"], ["format:gguf", "precision:fp16"]),
        (["m-fp16.onnx", "m-fp32.onnx"], ["format:onnx"]),
        (["m.engine"], ["format:tensorrt"]),
    ])
    func `infers format and precision that nobody declared`(paths: [String], expected: [String]) throws {
        let files = Dictionary(paths.map { ($0, "x") }) { first, _ in first }
        let inferred = try fixture.publish("demo/model", "1.0.0", files).version
        #expect(inferred.variants.first?.context.map(\.description) == expected)
        let declared = try fixture.publish("demo/model", "2.0.0", files) {
            $0.variants[0].context = [try ContextTag("format:own"), try ContextTag("precision:own")]
        }
        #expect(declared.version.variants.first?.context.map(\.description) == ["format:own", "precision:own"])
    }

    @Test func `refuses what breaks a rule, and leaves nothing`() throws {
        let before = fixture.repository.database.generation
        #expect(failure(try fixture.publish("demo/model", "1.0.0", [:])) == .validationFailed)
        #expect(failure(try fixture.publish("demo/model", "1.0.0", ["a": "1", "A": "2"])) == .validationFailed)
        #expect(failure(try fixture.publish("demo/model", "1.0.0", ["a": "1", "a/b": "2"])) == .validationFailed)
        #expect(failure(try fixture.publish("demo/model", "1.0.0", aliases: ["latest"])) == .aliasReserved)
        #expect(failure(try fixture.publish("demo/model", "1.0.0", draft: true, aliases: ["beta"])) == .stateConflict)
        let service = failure(
            try fixture.publish("demo/model", "1.0.0") {
                $0.description = try ModelDescription(title: "x", serviceType: "unheard-of")
            })
        #expect(service == .validationFailed)
        let twice = failure(
            try fixture.publish("demo/model", "1.0.0") {
                $0.variants.append(try fixture.variant(["model.onnx": "different"], "second"))
            })
        #expect(twice == .validationFailed)
        #expect(fixture.repository.database.generation == before)
        #expect(try fixture.now(fixture.dev).namespaces.isEmpty)
    }

    @Test func `asks who may`() throws {
        try fixture.publish("demo/open")
        try fixture.publish("demo/hidden") {
            $0.description = try ModelDescription(title: "x", visibility: .private)
        }
        for (name, caller, code) in [
            ("demo/open", Caller.anonymous, RegistryError.Code.unauthenticated),
            ("demo/hidden", .anonymous, .unauthenticated),
            ("demo/open", fixture.other, .forbidden),
            ("demo/hidden", fixture.other, .modelUnknown),
            ("demo/nothing", fixture.other, .modelUnknown),
            ("demo/hidden", fixture.viewer, .modelUnknown),
            ("free/one", fixture.viewer, .modelUnknown),
        ] {
            #expect(failure(try fixture.publish(name, "3.0.0", by: caller)) == code, "\(name)")
            #expect(
                failure(try fixture.repository.publishing.authorise(ModelName(name), by: caller)) == code, "\(name)")
        }
        try fixture.publish("demo/hidden", "3.0.0", by: fixture.admin)
    }

    @Test(arguments: ["disabled", "deleted", "no developer any more", "token revoked"])
    func `refuses who has lost access while it uploaded`(how: String) throws {
        try fixture.publish("demo/model", "1.0.0", by: fixture.admin)
        try fixture.publish("own/model", "1.0.0")
        let accounts = fixture.repository.accounts
        let user = try #require(fixture.dev.user)
        let (token, _) = try accounts.createToken(
            name: "t", scopes: [.modelRead, .modelWrite], models: [], expiresAt: nil, by: fixture.dev)
        let began = try fixture.now(Caller(user: user, namespaces: [:], token: token))
        let variant = try fixture.variant(["model.onnx": "late"])
        switch how {
        case "disabled": _ = try accounts.editUser(user.username, UserPatch(isDisabled: true), by: fixture.admin)
        case "deleted":
            _ = try fixture.repository.namespaces.setMember(
                Username("other"), of: "own", to: .owner, by: fixture.admin)
            try accounts.deleteUser(user.username, by: fixture.admin)
        case "token revoked": try accounts.revokeToken(token.id, by: fixture.dev)
        default: _ = try accounts.editUser(user.username, UserPatch(role: .viewer), by: fixture.admin)
        }
        let request = PublishRequest(
            model: try ModelName("own/model"), version: try VersionNumber("2.0.0"), variants: [variant])
        let code = failure(try fixture.repository.publishing.publish(request, by: began))
        #expect(code == (how == "no developer any more" ? .forbidden : .unauthenticated))
        #expect(try fixture.resolve("latest", of: "own/model") == "1.0.0")
    }

    @Test func `lets eight at once publish, one of each number`() throws {
        let fixture = fixture
        let outcomes = try concurrently(8) { index in
            var outcome: [String] = []
            for round in 0..<10 {
                do {
                    let files = ["m.onnx": index.isMultiple(of: 2) ? "even" : "odd", "shared.bin": "\(round)"]
                    let created = try fixture.publish("demo/model", "1.0.\(round)", files).created
                    outcome.append(created ? "created" : "same")
                } catch let error as RegistryError {
                    outcome.append(error.code.rawValue)
                }
            }
            return outcome
        }
        let all = outcomes.flatMap { $0 }
        #expect(all.count { $0 == "created" } == 10)
        #expect(all.count { $0 == "same" } == 30)
        #expect(all.count { $0 == "version-exists" } == 40)
        #expect(try fixture.brokenInvariants() == [])
    }

    @Test func `gives eight at once numbers of their own`() throws {
        let fixture = fixture
        let numbers = try concurrently(8) { index in
            try fixture.publish("new/model", nil, ["m.onnx": "\(index)"]).version.version.number.description
        }
        #expect(Set(numbers) == Set((0..<8).map { "1.0.\($0)" }))
    }
}
