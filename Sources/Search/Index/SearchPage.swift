/// The best places so far, as many as the page has room for.
struct SearchPage {
    struct Entry {
        let value: Int64
        let model: Int64
        let segment: Int32
        let document: Int32

        @inline(__always)
        func precedes(_ other: Entry) -> Bool {
            value == other.value ? model > other.model : value > other.value
        }
    }

    private let limit: Int
    private let after: SearchPlace?
    /// A heap: the last of the page first.
    private var entries: [Entry] = []
    /// How many were offered that come after the page before.
    private(set) var offered = 0
    /// What is worth less need not be offered.
    private(set) var least = Int64.min
    /// Whether every one offered counts, and so may not be left out.
    var countsOffers: Bool { after != nil }

    init(limit: Int, after: SearchPlace?) {
        self.limit = max(0, limit)
        self.after = after
        if limit <= 0 { least = .max }
    }

    /// - Returns: Whether it is on the page for now. If not, none is that has the same value and a lesser row id.
    @inline(__always)
    @discardableResult
    mutating func offer(_ value: Int64, segment: Int, document: Int, models: SegmentModels) -> Bool {
        if let after {
            guard value <= after.value else { return false }
            if value == after.value, models[document] >= after.model { return false }
            offered &+= 1
        }
        if value < least { return false }
        return insert(
            Entry(
                value: value, model: models[document], segment: Int32(truncatingIfNeeded: segment),
                document: Int32(truncatingIfNeeded: document)))
    }

    private mutating func insert(_ entry: Entry) -> Bool {
        if entries.count < limit {
            entries.append(entry)
            var place = entries.count - 1
            while place > 0, entries[(place - 1) / 2].precedes(entries[place]) {
                entries.swapAt(place, (place - 1) / 2)
                place = (place - 1) / 2
            }
        } else if let last = entries.first, entry.precedes(last) {
            entries[0] = entry
            var place = 0
            while true {
                var lowest = place
                for child in [place * 2 + 1, place * 2 + 2]
                where child < entries.count && entries[lowest].precedes(entries[child]) { lowest = child }
                if lowest == place { break }
                entries.swapAt(place, lowest)
                place = lowest
            }
        } else {
            return false
        }
        if entries.count == limit, let last = entries.first { least = last.value }
        return true
    }

    /// The page in order.
    var sorted: [Entry] { entries.sorted { $0.precedes($1) } }
}
