// swift-tools-version: 6.2
import PackageDescription

let strict: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .treatAllWarnings(as: .error),
]

let package = Package(
    name: "benchmarks",
    targets: [
        // The product's own, by way of links: an index without the rest of it.
        .target(name: "Registry", swiftSettings: strict),
        .target(name: "CSearchKernels"),
        .systemLibrary(name: "CLinux"),
        .target(name: "Threads", dependencies: ["CLinux"], swiftSettings: strict),
        .target(name: "Search", dependencies: ["CSearchKernels", "Registry", "Threads"], swiftSettings: strict),
        .target(name: "Load", swiftSettings: strict),
        .executableTarget(name: "poll", dependencies: ["Load"], swiftSettings: strict),
        .executableTarget(name: "ask", dependencies: ["Load"], swiftSettings: strict),
        .executableTarget(name: "engine", dependencies: ["Load", "Registry", "Search"], swiftSettings: strict),
    ],
    swiftLanguageModes: [.v6]
)
