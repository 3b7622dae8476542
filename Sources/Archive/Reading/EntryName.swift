/// The rules for a name inside an archive, before the rules for names of artifacts apply.
enum EntryName {
    /// Bytes of UTF-8. Longer names are refused before they are kept, so that 10,000 of them stay small.
    static let maximumLength = 4096

    /// `name` without leading `./`.
    ///
    /// - Throws: ``ArchiveError/refused(entry:_:)`` for an absolute name and one that climbs with `..`.
    static func normalized(_ name: String) throws(ArchiveError) -> String {
        var rest = Substring(name)
        while rest.utf8.starts(with: "./".utf8) {
            rest = rest.dropFirst(2)
        }
        if rest == "." { rest = "" }
        guard rest.utf8.first != UInt8(ascii: "/") else { throw .refused(entry: name, .absolutePath) }
        guard !rest.split(separator: "/", omittingEmptySubsequences: false).contains("..") else {
            throw .refused(entry: name, .parentPath)
        }
        return String(rest)
    }

    /// Whether macOS added the entry: resource forks and Finder settings, which nobody meant to publish.
    static func isSystemJunk(_ path: String) -> Bool {
        let parts = path.split(separator: "/")
        guard let first = parts.first, let last = parts.last else { return false }
        return first == "__MACOSX" || last == ".DS_Store" || last.utf8.starts(with: "._".utf8)
    }
}
