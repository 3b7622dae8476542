import Archive
import Registry
import Services
import Storage
import TestSupport
import Testing

@Suite struct `Versions` {
    private let fixture: RepositoryFixture

    init() throws { fixture = try RepositoryFixture() }

    private func resolves(_ selector: String, for caller: Caller = .anonymous) -> String? {
        try? fixture.resolve(selector, for: caller)
    }

    @Test func `are picked by number, alias, range and digest`() throws {
        try fixture.publish("demo/model", "1.0.0", aliases: ["stable"])
        let digest = try fixture.publish("demo/model", "1.2.0").version.version.manifest
        try fixture.publish("demo/model", "2.0.0-rc.1")
        #expect(resolves("latest") == "1.2.0")
        #expect(resolves("stable") == "1.0.0")
        #expect(resolves("^1") == "1.2.0")
        #expect(resolves("~1.0.0") == "1.0.0")
        #expect(resolves("\(digest)") == "1.2.0")
        #expect(resolves("2.0.0-rc.1") == "2.0.0-rc.1")
        #expect(resolves(">=2.0.0-rc.0") == "2.0.0-rc.1")
        #expect(resolves("^2") == nil)
        #expect(resolves("1.0.1") == nil)
        #expect(resolves("beta") == nil)
    }

    @Test func `that are drafts exist for their namespace only`() throws {
        try fixture.publish("demo/model", "1.0.0")
        let draft = try fixture.publish("demo/model", "1.1.0", draft: true).version.version
        for selector in ["1.1.0", "\(draft.manifest)"] {
            #expect(resolves(selector, for: fixture.dev) == "1.1.0")
            #expect(resolves(selector, for: fixture.admin) == "1.1.0")
            #expect(resolves(selector, for: fixture.other) == nil)
            #expect(resolves(selector) == nil)
        }
        #expect(resolves("latest", for: fixture.dev) == "1.0.0")
        #expect(resolves("^1", for: fixture.dev) == "1.0.0")
        func count(_ caller: Caller) throws -> [Int] {
            let page = try fixture.repository.versions.list(
                ModelName("demo/model"), limit: 9, cursor: nil, for: fixture.now(caller)
            ).page
            return [page.items.count, page.total]
        }
        #expect(try count(.anonymous) == [1, 1])
        #expect(try count(fixture.dev) == [2, 2])
        let published = try fixture.edit("1.1.0", VersionPatch(state: .published))
        #expect(published.version.publishedAt == fixture.clock.now)
        #expect(resolves("latest") == "1.1.0")
    }

    @Test func `that are drafts can be deleted, and their number used again`() throws {
        try fixture.publish("demo/model", "1.0.0")
        try fixture.publish("demo/model", "1.1.0", draft: true)
        let (versions, dev) = (fixture.repository.versions, try fixture.now(fixture.dev))
        func delete(_ number: String, by caller: Caller) throws {
            try versions.deleteDraft(ModelName("demo/model"), VersionSelector(number), ifMatch: nil, by: caller)
        }
        #expect(failure(try delete("1.1.0", by: fixture.other)) == .forbidden)
        #expect(failure(try delete("1.0.0", by: dev)) == .versionPublished)
        try delete("1.1.0", by: dev)
        #expect(try fixture.publish("demo/model", "1.1.0", ["m.onnx": "other"]).created)
        #expect(try fixture.brokenInvariants() == [])
    }

    @Test func `that are withdrawn are found by number and digest only`() throws {
        try fixture.publish("demo/model", "1.0.0")
        let digest = try fixture.publish("demo/model", "1.1.0").version.version.manifest
        let detail = try fixture.edit("1.1.0", VersionPatch(state: .withdrawn, reason: "wrong labels"))
        #expect(detail.version.stateReason == "wrong labels")
        #expect(resolves("latest") == "1.0.0")
        #expect(resolves("^1") == "1.0.0")
        #expect(resolves("1.1.0") == "1.1.0")
        #expect(resolves("\(digest)") == "1.1.0")
        #expect(failure(try fixture.publish("demo/model", "1.1.0", ["m.onnx": "new"])) == .versionExists)
        let back = try fixture.edit("1.1.0", VersionPatch(state: .published))
        #expect(back.version.stateReason == "" && back.aliases == [.latest])
    }

    @Test func `that aliases name are withdrawn only with another for them`() throws {
        try fixture.publish("demo/model", "1.0.0")
        try fixture.publish("demo/model", "1.1.0", draft: true)
        try fixture.publish("demo/model", "1.2.0", aliases: ["stable", "production"])
        do {
            _ = try fixture.edit("1.2.0", VersionPatch(state: .withdrawn))
            Issue.record("it was withdrawn")
        } catch let error as RegistryError {
            #expect(error.code == .versionAliased)
            #expect(error.fields.map(\.message.en) == ["production", "stable"])
        }
        for (number, code) in [
            ("1.1.0", RegistryError.Code.stateConflict), ("1.2.0", .validationFailed), ("9.0.0", .versionUnknown),
        ] {
            let patch = VersionPatch(state: .withdrawn, replaceWith: try VersionNumber(number))
            #expect(failure(try fixture.edit("1.2.0", patch)) == code)
        }
        #expect(resolves("stable") == "1.2.0")
        _ = try fixture.edit("1.2.0", VersionPatch(state: .withdrawn, replaceWith: VersionNumber(1, 0, 0)))
        #expect(resolves("stable") == "1.0.0")
        #expect(resolves("production") == "1.0.0")
    }

    @Test func `go from state to state by the rules`() throws {
        try fixture.publish("demo/model", "1.0.0", draft: true)
        #expect(failure(try fixture.edit("1.0.0", VersionPatch(state: .deprecated))) == .stateConflict)
        _ = try fixture.edit("1.0.0", VersionPatch(state: .published))
        #expect(failure(try fixture.edit("1.0.0", VersionPatch(state: .draft))) == .stateConflict)
        fixture.clock.advance(by: 60)
        let changedAt = fixture.clock.now
        let deprecated = try fixture.edit("1.0.0", VersionPatch(state: .deprecated, reason: "use 2"))
        #expect(deprecated.version.stateReason == "use 2" && deprecated.version.stateChangedAt == changedAt)
        #expect(deprecated.version.publishedAt == changedAt - 60)
        fixture.clock.advance(by: 60)
        let reworded = try fixture.edit("1.0.0", VersionPatch(reason: "use 2.0"))
        #expect(reworded.version.stateReason == "use 2.0" && reworded.version.stateChangedAt == changedAt)
        #expect(resolves("latest") == "1.0.0")
        let noted = try fixture.edit("1.0.0", VersionPatch(notes: "text"))
        #expect(noted.version.notes == "text" && noted.version.stateReason == "use 2.0")
        #expect(noted.version.revision > deprecated.version.revision)
        let stale = failure(
            try fixture.repository.versions.edit(
                ModelName("demo/model"), .number(VersionNumber(1, 0, 0)), VersionPatch(notes: "late"),
                ifMatch: [deprecated.version.revision], by: fixture.now(fixture.dev)))
        #expect(stale == .preconditionFailed)
    }

    @Test func `come in pages, newest first`() throws {
        for number in ["1.0.0", "2.0.0", "1.0.1", "1.0.2", "3.0.0-a"] { try fixture.publish("demo/model", number) }
        var numbers: [String] = []
        var cursor: String?
        repeat {
            let (page, before) = try fixture.repository.versions.list(
                ModelName("demo/model"), limit: 2, cursor: cursor, for: .anonymous)
            #expect(page.total == 5)
            #expect((before == nil) == (page.next == nil))
            numbers += page.items.map(\.version.number.description)
            #expect(page.items.allSatisfy { $0.artifacts.isEmpty && $0.variants.map(\.size) == [5] })
            cursor = page.next
        } while cursor != nil && numbers.count < 10
        #expect(numbers == ["3.0.0-a", "1.0.2", "1.0.1", "2.0.0", "1.0.0"])
        let wrong = failure(
            try fixture.repository.versions.list(ModelName("demo/model"), limit: 2, cursor: "x", for: .anonymous))
        #expect(wrong == .validationFailed)
    }

    @Test func `go into an archive whole or by variant`() throws {
        try fixture.publish("demo/model", "1.0.0", ["a.onnx": "a", "labels.txt": "l"]) {
            $0.variants.append(try fixture.variant(["b.tflite": "b", "labels.txt": "l"], "small"))
        }
        func paths(_ variant: String?) throws -> [String] {
            try fixture.repository.versions.archive(
                ModelName("demo/model"), .alias(.latest), variant.map { try VariantName($0) }, for: .anonymous
            ).members.map(\.path)
        }
        #expect(try paths(nil) == ["a.onnx", "b.tflite", "labels.txt"])
        #expect(try paths("small") == ["b.tflite", "labels.txt"])
        #expect(failure(try paths("none")) == .variantUnknown)
        func artifact(_ path: String, _ variant: String?) throws -> Int64 {
            try fixture.repository.resolving.artifact(
                ModelName("demo/model"), .alias(.latest), ArtifactPath(path), variant.map { try VariantName($0) },
                for: .anonymous
            ).artifact.size
        }
        #expect(try artifact("a.onnx", nil) == 1)
        #expect(failure(try artifact("a.onnx", "small")) == .artifactUnknown)
        #expect(failure(try artifact("a.onnx", "none")) == .variantUnknown)
        #expect(failure(try artifact("none", nil)) == .artifactUnknown)
    }
}

@Suite struct `Aliases` {
    private let fixture: RepositoryFixture

    init() throws {
        fixture = try RepositoryFixture()
        for number in ["1.0.0", "1.1.0", "1.2.0"] { try fixture.publish("demo/model", number) }
        try fixture.publish("demo/model", "2.0.0", draft: true)
    }

    private func set(_ alias: String, _ number: String, by caller: Caller? = nil) throws -> Alias {
        try fixture.repository.versions.setAlias(
            AliasName(alias), of: ModelName("demo/model"), to: VersionNumber(number),
            by: fixture.now(caller ?? fixture.dev))
    }

    @Test func `are 256 at most`() throws {
        for index in 0..<256 { _ = try set("a\(index)", "1.0.0") }
        #expect(failure(try set("one-more", "1.0.0")) == .validationFailed)
        #expect(try set("a7", "1.1.0").version == VersionNumber(1, 1, 0))
    }

    @Test func `move, and go back with their history`() throws {
        let versions = fixture.repository.versions
        let (name, alias) = (try ModelName("demo/model"), try AliasName("stable"))
        let dev = try fixture.now(fixture.dev)
        #expect(failure(try versions.rollBackAlias(alias, of: name, by: dev)) == .aliasUnknown)
        #expect(try set("stable", "1.0.0").version == VersionNumber(1, 0, 0))
        #expect(failure(try versions.rollBackAlias(alias, of: name, by: dev)) == .stateConflict)
        _ = try set("stable", "1.1.0")
        _ = try set("stable", "1.1.0")
        #expect(try versions.rollBackAlias(alias, of: name, by: dev).version == VersionNumber(1, 0, 0))
        #expect(try versions.rollBackAlias(alias, of: name, by: dev).version == VersionNumber(1, 1, 0))
        try versions.removeAlias(alias, of: name, by: dev)
        #expect(failure(try versions.removeAlias(alias, of: name, by: dev)) == .aliasUnknown)
        let history = try versions.aliasHistory(alias, of: name, limit: 9, cursor: nil, for: .anonymous).page
        #expect(history.items.map { $0.version?.description } == [nil, "1.1.0", "1.0.0", "1.1.0", "1.0.0"])
        #expect(history.items.allSatisfy { $0.changedBy == "dev" })
        let first = try versions.aliasHistory(alias, of: name, limit: 2, cursor: nil, for: .anonymous).page
        let second = try versions.aliasHistory(alias, of: name, limit: 9, cursor: first.next, for: .anonymous).page
        #expect(first.items.count + second.items.count == 5)
    }

    @Test func `name offered versions only, and never take the server's own`() throws {
        #expect(failure(try set("latest", "1.0.0")) == .aliasReserved)
        #expect(failure(try set("stable", "2.0.0")) == .stateConflict)
        #expect(failure(try set("stable", "9.0.0")) == .versionUnknown)
        #expect(failure(try set("stable", "1.0.0", by: .anonymous)) == .unauthenticated)
        #expect(failure(try set("stable", "1.0.0", by: fixture.other)) == .forbidden)
        #expect(failure(try set("stable", "1.0.0", by: fixture.viewer)) == .forbidden)
        let list = try fixture.repository.versions.aliases(of: ModelName("demo/model"), for: .anonymous).aliases
        #expect(list.map(\.name) == [.latest])
        #expect(list.map(\.version) == [VersionNumber(1, 2, 0)])
    }

    @Test func `may be moved by operators, who do not learn of drafts`() throws {
        let user = try RepositoryFixture.add("op", .operator, to: fixture.repository)
        #expect(try set("stable", "1.0.0", by: user).version == VersionNumber(1, 0, 0))
        #expect(failure(try set("stable", "2.0.0", by: user)) == .versionUnknown)
    }
}
