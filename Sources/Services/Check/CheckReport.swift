public import JSON

/// What a check of the repository says while it goes on.
public enum CheckReport: Sendable {
    /// How far it is, after each piece of work.
    case progress(CheckTotals)
    case finding(CheckFinding)
    /// The last one.
    case summary(CheckTotals)

    /// The line of the report; its `kind` is `progress`, `finding` or `summary`.
    public var json: JSONValue {
        switch self {
        case .progress(let totals): totals.json(kind: "progress")
        case .finding(let finding): finding.json
        case .summary(let totals): totals.json(kind: "summary")
        }
    }
}

/// What a check has looked at, and what it found.
public struct CheckTotals: Sendable, Hashable {
    /// Versions looked at.
    public var versions: Int64 = 0
    /// Events looked at.
    public var events: Int64 = 0
    /// Blobs that were hashed.
    public var blobs: Int64 = 0
    /// Bytes that were hashed.
    public var bytes: Int64 = 0
    /// Blobs that the database names.
    public var expectedBlobs: Int64 = 0
    /// Bytes of the blobs that the database names.
    public var expectedBytes: Int64 = 0
    /// Findings that mean loss or damage.
    public var faults: Int64 = 0
    /// Findings that mean neither loss nor damage.
    public var notes: Int64 = 0

    /// Whether nothing is lost or damaged.
    public var isClean: Bool { faults == 0 }

    func json(kind: String) -> JSONValue {
        var object: JSONObject = [
            "kind": .string(kind), "versions": .integer(versions), "events": .integer(events),
            "blobs": .integer(blobs), "bytes": .integer(bytes), "blobs_expected": .integer(expectedBlobs),
            "bytes_expected": .integer(expectedBytes), "faults": .integer(faults), "notes": .integer(notes),
        ]
        if kind == "summary" { object["clean"] = .bool(isClean) }
        return .object(object)
    }
}
