import Registry
import Testing

@Suite struct `A version number` {
    @Test(arguments: ["0.0.0", "1.2.3", "1.0.0-alpha", "1.0.0-alpha.1", "1.0.0-x-y.7.z", "4294967295.0.0"])
    func `is SemVer and prints as it was written`(text: String) throws {
        #expect(try VersionNumber(text).description == text)
    }

    @Test(arguments: [
        "", "1", "1.2", "1.2.3.4", "01.2.3", "1.02.3", "1.2.03", "v1.2.3", "1.2.3+build", "1.2.3-", "1.2.3-a..b",
        "1.2.3-01", "1.2.-3", "1.2.3 ", "１.2.3", "1.2.x", "1.2.3-ä", "4294967296.0.0", "99999999999.0.0", "-1.0.0",
    ])
    func `refuses everything else`(text: String) {
        #expect(VersionNumber(parsing: text) == nil)
    }

    /// SemVer 2.0.0 §11.
    static let ascending = [
        "0.9.9", "1.0.0-0", "1.0.0-2", "1.0.0-10", "1.0.0-alpha", "1.0.0-alpha.1", "1.0.0-alpha.beta", "1.0.0-alpha-b",
        "1.0.0-beta", "1.0.0-beta.2", "1.0.0-beta.11", "1.0.0-rc.1", "1.0.0", "1.0.1", "1.2.0", "1.10.0", "2.0.0",
        "10.0.0",
    ]

    @Test func `has the precedence of SemVer, and its sort key the same`() throws {
        let numbers = try Self.ascending.map { try VersionNumber($0) }
        for (i, low) in numbers.enumerated() {
            for (j, high) in numbers.enumerated() {
                #expect((low < high) == (i < j), "\(low) < \(high)")
                #expect(low.sortKey.utf8.lexicographicallyPrecedes(high.sortKey.utf8) == (i < j), "\(low) \(high)")
            }
        }
    }

    @Test(arguments: [("1.2.3", "1.2.4"), ("1.2.3-rc.1", "1.2.3"), ("0.0.0", "0.0.1")])
    func `has a next patch`(number: String, next: String) throws {
        #expect(try VersionNumber(number).nextPatch.description == next)
    }
}

@Suite struct `A version range` {
    @Test(arguments: [
        ("^1.2", ["1.2.0", "1.9.9"], ["1.1.9", "2.0.0", "2.0.0-rc.1", "1.3.0-rc.1"]),
        ("^0.2.3", ["0.2.3", "0.2.9"], ["0.3.0", "1.0.0", "0.2.2"]),
        ("^0.0.3", ["0.0.3"], ["0.0.4", "0.1.0"]),
        ("~1.2.3", ["1.2.3", "1.2.9"], ["1.3.0", "1.2.2"]),
        ("~1.2", ["1.2.0", "1.2.9"], ["1.3.0"]),
        ("1.x", ["1.0.0", "1.99.0"], ["2.0.0", "0.9.0"]),
        ("1.2.*", ["1.2.0", "1.2.7"], ["1.3.0"]),
        ("1", ["1.5.0"], ["2.0.0"]),
        ("*", ["0.0.1", "7.1.2"], ["1.0.0-rc.1"]),
        (">=1.2.0 <2", ["1.2.0", "1.9.0"], ["2.0.0", "1.1.9"]),
        (">1.2", ["1.3.0"], ["1.2.0", "1.2.9"]),
        ("<=1.2", ["1.2.9", "0.1.0"], ["1.3.0"]),
        ("^1.0 || ^3.0", ["1.5.0", "3.1.0"], ["2.0.0"]),
        ("=1.2.3", ["1.2.3"], ["1.2.4"]),
        (">=1.0.0-rc.1", ["1.0.0-rc.2", "1.0.0", "1.1.0"], ["1.1.0-rc.1", "1.0.0-alpha"]),
    ])
    func `holds what npm's does`(range: String, inside: [String], outside: [String]) throws {
        let range = try #require(VersionRange(parsing: range))
        for number in inside { #expect(range.contains(try VersionNumber(number)), "\(number)") }
        for number in outside { #expect(!range.contains(try VersionNumber(number)), "\(number)") }
    }

    @Test(arguments: ["", "^", "~y", "1.x.2", "a.b", "||", "^1 ||", "1.2.3.4", ">=", "^1.2.3.4", "1 2 3 4 5 6 7 8 9"])
    func `refuses what is none`(text: String) {
        #expect(VersionRange(parsing: text) == nil)
    }
}

@Suite struct `A selector` {
    @Test(arguments: [
        ("1.2.0", true), ("latest", false), ("stable-2", false), ("^1.2", false), ("1.x", false), ("x", false),
        ("sha256:" + String(repeating: "ab", count: 32), true),
    ])
    func `is a number, an alias, a range or a manifest digest`(text: String, isFixed: Bool) throws {
        let selector = try VersionSelector(text)
        #expect(selector.isFixed == isFixed)
        #expect(selector.description == text)
    }

    @Test(arguments: ["", "Latest", "-", "sha256:ab", "../1.0.0", "1.0.0+x", "v1.0.0-Ä"])
    func `is nothing else`(text: String) {
        #expect(throws: RegistryError.self) { try VersionSelector(text) }
    }
}
