extension SegmentQuery {
    /// Offers the matching documents to a page, by the least or greatest number of a column.
    func rank(byColumn column: String, ascending: Bool, segment number: Int, into page: inout SearchPage) {
        let candidates = DocumentSet(copying: matching, in: scratch)
        candidates.form(intersectionWith: allowed.words)
        let numbers = segment.numbers(ofColumn: column)
        let values = segment.values(ofColumn: column)
        var place = numbers.lowerBound
        while place < numbers.upperBound {
            let document = Int(segment.numberDocuments[place])
            var best = values[segment.numberCodes[place]]
            place += 1
            while place < numbers.upperBound, Int(segment.numberDocuments[place]) == document {
                let value = values[segment.numberCodes[place]]
                best = ascending ? min(best, value) : max(best, value)
                place += 1
            }
            if candidates.contains(document) {
                candidates.remove(document)
                let value = SearchPlace(number: best, ascending: ascending, model: 0).value
                page.offer(value, segment: number, document: document, models: segment.models)
            }
        }
        // Those without a number are all alike: the greater row id first.
        for word in stride(from: candidates.count - 1, through: 0, by: -1) {
            var rest = candidates.words[word]
            while rest != 0 {
                let bit = 63 - rest.leadingZeroBitCount
                rest &= ~(1 << UInt64(bit))
                page.offer(.min, segment: number, document: word * 64 + bit, models: segment.models)
            }
        }
    }
}
