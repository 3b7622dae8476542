/// The Range field (RFC 9110 §14).
package enum ByteRange {
    package enum Selection: Sendable, Hashable {
        /// No range, a malformed one, another unit, or too many: the whole representation is sent.
        case whole
        case unsatisfiable
        /// In ascending order; overlapping and touching ones are merged.
        case parts([Range<Int64>])
    }

    /// Ranges in one request; more are answered with the whole (RFC 9110 §17.15).
    package static let maximum = 16

    package static func select(_ field: String, size: Int64) -> Selection {
        let halves = field.split(separator: "=" as Character, maxSplits: 1, omittingEmptySubsequences: false)
        guard halves.count == 2, ASCII.equalIgnoringCase(ASCII.trimmed(halves[0]), "bytes") else { return .whole }
        var ranges: [Range<Int64>] = []
        var specified = 0
        for part in halves[1].split(separator: "," as Character) {
            let part = ASCII.trimmed(part)
            if part.isEmpty { continue }
            specified += 1
            guard specified <= maximum, let dash = part.firstIndex(of: "-") else { return .whole }
            let first = part[..<dash]
            let last = part[part.index(after: dash)...]
            if first.isEmpty {
                guard let suffix = ASCII.integer(last) else { return .whole }
                if suffix > 0, size > 0 { ranges.append(max(0, size - suffix)..<size) }
            } else {
                guard let start = ASCII.integer(first) else { return .whole }
                var end = size
                if !last.isEmpty {
                    guard let stop = ASCII.integer(last), stop >= start else { return .whole }
                    if stop < size { end = stop + 1 }
                }
                if start < size { ranges.append(start..<end) }
            }
        }
        guard specified > 0 else { return .whole }
        return ranges.isEmpty ? .unsatisfiable : .parts(merged(ranges))
    }

    private static func merged(_ ranges: [Range<Int64>]) -> [Range<Int64>] {
        var merged: [Range<Int64>] = []
        for range in ranges.sorted(by: { $0.lowerBound < $1.lowerBound }) {
            if let last = merged.last, range.lowerBound <= last.upperBound {
                merged[merged.count - 1] = last.lowerBound..<max(last.upperBound, range.upperBound)
            } else {
                merged.append(range)
            }
        }
        return merged
    }
}
