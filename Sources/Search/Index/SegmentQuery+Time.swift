import CSearchKernels

extension SegmentQuery {
    /// Offers the matching documents to a page, by when they were changed last.
    ///
    /// Only those are offered that the page may have room for.
    func rankByTime(segment number: Int, after place: SearchPlace?, into page: inout SearchPage) {
        let models = segment.models
        let places = scratch.take(PostingLayout.blockSize, of: UInt16.self)
        let both = scratch.take(PostingLayout.wordsPerBlock, of: UInt64.self)
        let latest = place.map { UInt32(clamping: $0.value) } ?? .max
        if let place, place.value < 0 { return }
        // Models are mostly changed in the order in which they were made: the last block first.
        for block in stride(from: layout.blocks - 1, through: 0, by: -1) {
            let earliest = UInt32(clamping: max(0, page.least))
            if page.least > Int64(segment.blockUpdated[block]) { continue }
            let first = block * PostingLayout.wordsPerBlock
            var any: UInt64 = 0
            for word in 0..<PostingLayout.wordsPerBlock {
                both[word] = matching.words[first &+ word] & allowed.words[first &+ word]
                any |= both[word]
            }
            if any == 0 { continue }
            let times = segment.updated.base + block << PostingLayout.blockShift
            var count = csearch_select_times(places, both, times, earliest, latest)
            while count > 0 {
                count &-= 1
                let document = block << PostingLayout.blockShift + Int(places[count])
                let value = Int64(segment.updated[document])
                if value >= page.least { page.offer(value, segment: number, document: document, models: models) }
            }
        }
    }
}
