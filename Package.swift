// swift-tools-version: 6.2
import PackageDescription

let strict: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .treatAllWarnings(as: .error),
]

/// A layer of the product: `Sources/NAME`, tested by `Tests/NAMETests`.
func layer(_ name: String, _ dependencies: [Target.Dependency] = [], resources: [Resource] = []) -> Target {
    .target(name: name, dependencies: dependencies, resources: resources, swiftSettings: strict)
}

func tests(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
    .testTarget(name: name, dependencies: dependencies, swiftSettings: strict)
}

let package = Package(
    name: "moru",
    products: [.executable(name: "moru", targets: ["moru"])],
    dependencies: [.package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2")],
    targets: [
        // C libraries of Debian: a module map and a shim header each.
        .systemLibrary(name: "CSQLite", pkgConfig: "sqlite3", providers: [.apt(["libsqlite3-dev"])]),
        .systemLibrary(name: "CMicroHTTPD", pkgConfig: "libmicrohttpd", providers: [.apt(["libmicrohttpd-dev"])]),
        .systemLibrary(name: "CArchive", pkgConfig: "libarchive", providers: [.apt(["libarchive-dev"])]),
        .systemLibrary(name: "CGnuTLS", pkgConfig: "gnutls", providers: [.apt(["libgnutls28-dev"])]),
        .systemLibrary(name: "CCrypt", pkgConfig: "libcrypt", providers: [.apt(["libcrypt-dev"])]),
        .systemLibrary(
            name: "CMarkdown", providers: [.apt(["libcmark-gfm-dev", "libcmark-gfm-extensions-dev"])]),
        .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
        .systemLibrary(name: "CLinux"),
        .systemLibrary(name: "CCurl", pkgConfig: "libcurl", providers: [.apt(["libcurl4-gnutls-dev"])]),

        // Loops of search over bits and scores, compiled for several kinds of processor.
        .target(name: "CSearchKernels"),

        // Swift over C. These know nothing about AI models.
        layer("Encoding"),
        layer("JSON"),
        layer("Threads", ["CLinux"]),
        layer("SQLite", ["CSQLite"]),
        layer("Cryptography", ["CCrypt", "CGnuTLS", "Encoding"]),
        layer("HTTPServer", ["CMicroHTTPD", "CZlib", "Cryptography", "Encoding", "Threads"]),
        layer("Archive", ["CArchive", "CZlib"]),
        layer("Markdown", ["CMarkdown", "Encoding", "JSON"]),

        // The product, from its words to its wire.
        layer("Registry"),
        layer("Search", ["CSearchKernels", "Registry", "Threads"]),
        layer(
            "Storage", ["CLinux", "Cryptography", "Encoding", "JSON", "Registry", "SQLite", "Search"],
            resources: [.copy("../../Migrations"), .copy("../../Vocabulary")]),
        layer(
            "Services",
            [
                "Archive", "CLinux", "Cryptography", "Encoding", "JSON", "Markdown", "Registry", "SQLite", "Search",
                "Storage",
            ]),
        layer(
            "WebAPI",
            ["Archive", "Cryptography", "Encoding", "HTTPServer", "JSON", "Registry", "Search", "Services", "Storage"]),
        layer("RegistryClient", ["CCurl", "Cryptography", "Encoding", "JSON", "Registry"]),
        .executableTarget(
            name: "moru",
            dependencies: [
                "CLinux", "Cryptography", "Encoding", "HTTPServer", "JSON", "Registry", "RegistryClient", "SQLite",
                "Search",
                "Services", "Storage", "WebAPI",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            resources: [.copy("../../Public")],
            swiftSettings: strict
        ),

        // Tests.
        .target(
            name: "TestSupport",
            dependencies: ["HTTPServer", "JSON", "Registry", "SQLite", "Search", "Services", "Storage", "WebAPI"],
            path: "Tests/TestSupport",
            swiftSettings: strict
        ),
        tests("EncodingTests", ["Encoding"]),
        tests("JSONTests", ["JSON"]),
        tests("SQLiteTests", ["CSQLite", "SQLite", "TestSupport"]),
        tests("CryptographyTests", ["Cryptography", "Encoding"]),
        tests("HTTPServerTests", ["HTTPServer"]),
        tests("ArchiveTests", ["Archive"]),
        tests("MarkdownTests", ["JSON", "Markdown"]),
        tests("RegistryTests", ["Registry"]),
        tests("SearchTests", ["CSearchKernels", "Registry", "Search", "TestSupport"]),
        tests("StorageTests", ["Cryptography", "Encoding", "Registry", "SQLite", "Search", "Storage", "TestSupport"]),
        tests(
            "ServicesTests",
            [
                "Archive", "Cryptography", "Encoding", "Registry", "Services", "SQLite", "Search", "Storage",
                "TestSupport",
            ]),
        tests(
            "WebAPITests",
            [
                "Cryptography", "Encoding", "HTTPServer", "JSON", "Registry", "Services", "SQLite", "Storage",
                "TestSupport", "WebAPI",
            ]),
        tests("RegistryClientTests", ["Cryptography", "Encoding", "JSON", "Registry", "RegistryClient"]),
        tests("EndToEndTests", ["JSON", "Registry", "RegistryClient"]),
    ],
    swiftLanguageModes: [.v6]
)
