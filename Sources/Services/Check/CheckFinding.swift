public import JSON
public import Registry

/// Something that a check of the repository found to be other than it should be.
public struct CheckFinding: Sendable, Hashable {
    /// What is wrong.
    public enum Problem: String, Sendable, CaseIterable {
        /// The bytes of a blob are not those of its digest, or cannot be read.
        case blobDamaged = "blob-damaged"
        /// The database names a blob that is not there.
        case blobLost = "blob-lost"
        /// A blob has another size than the database says.
        case blobSize = "blob-size"
        /// Nothing names a blob; collection removes it after its grace time.
        case blobStray = "blob-stray"
        /// Bytes of an unfinished upload are lost; it is given up at the next start, and is to be sent again.
        case uploadLost = "upload-lost"
        /// Bytes of an upload that is no more; collection removes them.
        case uploadStray = "upload-stray"
        /// A file among the blobs whose name is no blob's.
        case fileForeign = "file-foreign"
        /// SQLite finds the file damaged, or cannot read it.
        case databaseDamaged = "database-damaged"
        /// A row names another that is not there.
        case rowDangling = "row-dangling"
        /// An event was changed, or one before it removed.
        case eventBroken = "event-broken"
        /// A manifest does not have the digest that names its version, or says something else than the rows.
        case manifestDamaged = "manifest-damaged"
        /// An alias leads to a version of another model.
        case aliasMisplaced = "alias-misplaced"

        /// Whether something is lost or wrong; otherwise it only takes up room.
        public var isFault: Bool {
            switch self {
            case .blobStray, .fileForeign, .uploadLost, .uploadStray: false
            default: true
            }
        }
    }

    public let problem: Problem
    public let digest: Digest?
    /// What it is about, in the words of the product: a version, an artifact, an alias, a file.
    public let subject: String?
    /// One sentence, in English.
    public let detail: String

    init(_ problem: Problem, digest: Digest? = nil, subject: String? = nil, _ detail: String) {
        (self.problem, self.digest, self.subject, self.detail) = (problem, digest, subject, detail)
    }

    /// The line of the report: `kind`, `problem`, `severity` and what it is about.
    public var json: JSONValue {
        var object: JSONObject = [
            "kind": "finding", "problem": .string(problem.rawValue), "severity": problem.isFault ? "fault" : "note",
        ]
        if let digest { object["digest"] = .string("\(digest)") }
        if let subject { object["subject"] = .string(subject) }
        object["detail"] = .string(detail)
        return .object(object)
    }
}
