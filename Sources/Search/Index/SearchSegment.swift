import CSearchKernels

/// What search knows of a number of models, in one piece of memory that never changes.
///
/// Its documents are the models in the order of their row ids.
package final class SearchSegment: Sendable {
    let memory: SegmentMemory
    let layout: PostingLayout
    let publicCount: Int

    let models: SegmentModels
    let publicBits: SegmentArray<UInt64>
    let popularity: SegmentArray<UInt8>
    let updated: SegmentArray<UInt32>
    let privateNamespaces: SegmentArray<Int64>
    let privateDocuments: SegmentArray<UInt32>
    let words: SegmentStrings
    let wordLetters: SegmentArray<UInt32>
    let wordLists: SegmentArray<UInt32>
    let hashes: SegmentArray<UInt64>
    let hashLists: SegmentArray<UInt32>
    let tagIds: SegmentArray<Int64>
    let tagPublicCounts: SegmentArray<UInt32>
    let tagLists: SegmentArray<UInt32>
    let tagTexts: SegmentStrings
    let tagsByRow: SegmentArray<UInt32>
    let keys: SegmentStrings
    let keyOrdinals: SegmentArray<UInt32>
    let keyLists: SegmentArray<UInt32>
    let postings: SegmentArray<UInt32>
    let forward: SegmentForward
    let lexicon: SegmentStrings
    let lexiconTagStarts: SegmentArray<UInt32>
    let lexiconTags: SegmentArray<UInt32>
    let columns: SegmentStrings
    let columnNumbers: SegmentArray<UInt32>
    let numberDocuments: SegmentArray<UInt32>
    let numberCodes: SegmentCodes
    let valueStarts: SegmentArray<UInt32>
    let values: SegmentArray<Double>

    /// The ordinals of tags that have a bit for each document, rising.
    let denseTags: [Int]
    /// By ordinal: how many postings all other tags before it have.
    let rarePostings: [Int]
    /// What terms have in common.
    let common = CommonCache()
    /// Which documents samples take.
    let samples: SampleBits
    /// The greatest popularity of each block.
    let blockPopularity: [UInt8]
    /// When the last document of each block was changed.
    let blockUpdated: [UInt32]

    /// How many models there are.
    package var documentCount: Int { layout.documents }
    /// Bytes of memory, and of the file when saved.
    package var byteCount: Int { memory.length }

    init(_ memory: SegmentMemory) {
        self.memory = memory
        models = SegmentModels(memory)
        layout = PostingLayout(documents: models.count)
        publicBits = SegmentArray(memory, .publicBits)
        popularity = SegmentArray(memory, .popularity)
        updated = SegmentArray(memory, .updated)
        privateNamespaces = SegmentArray(memory, .privateNamespaces)
        privateDocuments = SegmentArray(memory, .privateDocuments)
        publicCount = models.count - privateDocuments.count
        words = SegmentStrings(memory, .wordStarts, .wordBytes)
        wordLetters = SegmentArray(memory, .wordLetters)
        wordLists = SegmentArray(memory, .wordLists)
        hashes = SegmentArray(memory, .hashes)
        hashLists = SegmentArray(memory, .hashLists)
        tagIds = SegmentArray(memory, .tagIds)
        tagPublicCounts = SegmentArray(memory, .tagPublicCounts)
        tagLists = SegmentArray(memory, .tagLists)
        tagTexts = SegmentStrings(memory, .tagTextStarts, .tagTextBytes)
        tagsByRow = SegmentArray(memory, .tagsByRow)
        keys = SegmentStrings(memory, .keyStarts, .keyBytes)
        keyOrdinals = SegmentArray(memory, .keyOrdinals)
        keyLists = SegmentArray(memory, .keyLists)
        postings = SegmentArray(memory, .postings)
        forward = SegmentForward(memory, isWide: tagIds.count > 65_536)
        lexicon = SegmentStrings(memory, .lexiconStarts, .lexiconBytes)
        lexiconTagStarts = SegmentArray(memory, .lexiconTagStarts)
        lexiconTags = SegmentArray(memory, .lexiconTags)
        columns = SegmentStrings(memory, .columnStarts, .columnBytes)
        columnNumbers = SegmentArray(memory, .columnNumbers)
        numberDocuments = SegmentArray(memory, .numberDocuments)
        valueStarts = SegmentArray(memory, .valueStarts)
        values = SegmentArray(memory, .values)
        numberCodes = SegmentCodes(memory, isWide: SegmentCodes.isWide(valueStarts))
        var denseTags: [Int] = []
        var rarePostings = [0]
        rarePostings.reserveCapacity(tagIds.count + 1)
        var sum = 0
        // Of a file this comes before ``check()``: sections of lengths that do not agree are left alone, and refused there.
        for ordinal in 0..<(tagLists.count == tagIds.count * 2 ? tagIds.count : 0) {
            let count = Int(tagLists[ordinal * 2 + 1])
            if layout.kind(count: count, hasLevels: false) == .dense {
                denseTags.append(ordinal)
            } else {
                sum += count
            }
            rarePostings.append(sum)
        }
        (self.denseTags, self.rarePostings) = (denseTags, rarePostings)
        samples = SampleBits(models, layout)
        let popularity = popularity
        let isWhole = popularity.count == layout.words * 64
        blockPopularity = (0..<(isWhole ? layout.blocks : 0)).map {
            csearch_greatest_byte(popularity.base + $0 << PostingLayout.blockShift, PostingLayout.blockSize)
        }
        let updated = updated
        blockUpdated = (0..<(updated.count == layout.words * 64 ? layout.blocks : 0)).map {
            csearch_latest(updated.base + $0 << PostingLayout.blockShift, PostingLayout.blockSize)
        }
    }

    /// The document of a model; nil when it has none.
    func document(of model: Int64) -> Int? { models.document(of: model) }

    func isPublic(_ document: Int) -> Bool { publicBits[document >> 6] >> UInt64(document & 63) & 1 != 0 }
}
