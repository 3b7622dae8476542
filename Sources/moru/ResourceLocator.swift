import Glibc

/// Finds the folders that come with the program: the portal's files, the migrations and the vocabulary.
///
/// SwiftPM lays them beside the binary, a package below `../share/moru`. `Bundle.module` is never asked: it crashes
/// when the binary was moved without its folder.
struct ResourceLocator {
    private let executableDirectory: String

    init() {
        var buffer = [CChar](repeating: 0, count: Int(PATH_MAX))
        let length = readlink("/proc/self/exe", &buffer, buffer.count)
        let path = String(decoding: buffer.prefix(max(0, length)).map { UInt8(bitPattern: $0) }, as: UTF8.self)
        executableDirectory = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
    }

    /// The portal's files; `chosen` is `--public-dir`, if it was given.
    func publicDirectory(_ chosen: String?) throws -> String {
        try locate("Public", bundle: "moru_moru.resources", chosen: chosen, option: "--public-dir")
    }

    func migrationsDirectory() throws -> String {
        try locate(
            "Migrations", bundle: "moru_Storage.resources", chosen: Environment["MORU_MIGRATIONS_DIR"],
            option: "MORU_MIGRATIONS_DIR")
    }

    func vocabularyDirectory() throws -> String {
        try locate(
            "Vocabulary", bundle: "moru_Storage.resources", chosen: Environment["MORU_VOCABULARY_DIR"],
            option: "MORU_VOCABULARY_DIR")
    }

    private func locate(_ name: String, bundle: String, chosen: String?, option: String) throws -> String {
        let candidates =
            chosen.map { [$0] } ?? [
                "\(executableDirectory)/\(bundle)/\(name)", "\(executableDirectory)/../share/moru/\(name)",
            ]
        guard let found = candidates.first(where: Self.isDirectory) else {
            throw Failure(
                .failed,
                "the folder \(name) is in none of: \(candidates.joined(separator: ", ")); name it with \(option)")
        }
        return found
    }

    private static func isDirectory(_ path: String) -> Bool {
        var status = stat()
        return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
    }
}
