// swift-tools-version: 6.2
import PackageDescription

let strict: [SwiftSetting] = [.treatAllWarnings(as: .error)]

let package = Package(
    name: "benchmarks",
    targets: [
        .target(name: "Load", swiftSettings: strict),
        .executableTarget(name: "poll", dependencies: ["Load"], swiftSettings: strict),
        .executableTarget(name: "ask", dependencies: ["Load"], swiftSettings: strict),
    ],
    swiftLanguageModes: [.v6]
)
