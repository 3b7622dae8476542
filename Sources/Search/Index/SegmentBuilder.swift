/// Collects documents and makes a ``SearchSegment`` of them.
///
/// A million models take some seconds and about as much memory again as the segment.
package final class SegmentBuilder {
    var terms = TermStream()
    /// Row ids of tags, document after document.
    var tagStream = GrowingBuffer<UInt32>(capacity: 4096)
    var documents = GrowingBuffer<Entry>(capacity: 256)
    var tags: [Int64: KnownTag] = [:]
    var columns: [String: Column] = [:]

    struct Entry: BitwiseCopyable {
        var namespace: Int64
        var model: UInt32
        var updated: UInt32 = 0
        var isPublic: Bool
        var popularity: UInt8
        /// Where its terms and its tags begin.
        var terms: Int
        var tags: Int
    }

    final class Column {
        var numbers = GrowingBuffer<(model: Int64, value: Double)>()
    }

    /// Places of postings and in texts have 32 bits, documents and terms beside a level 28.
    package static let mostPostings = Int(UInt32.max) - 1
    private static let mostPlaces = 1 << 28 - 1

    private let mostPostings: Int
    /// Whether a row id was added that a segment has no room for.
    private var hasLargeId = false

    /// - Parameter mostPostings: More terms of documents, or tags of these, are refused by ``built()``.
    package init(mostPostings: Int = SegmentBuilder.mostPostings) { self.mostPostings = mostPostings }

    /// Whether there is more than a segment can hold; what is added then makes no difference.
    package var isTooLarge: Bool {
        hasLargeId || terms.stream.count > mostPostings || tagStream.count > mostPostings
            || documents.count > Self.mostPlaces || terms.table.count > Self.mostPlaces
            || terms.table.bytes.count > mostPostings
    }

    /// ``build()``, or a refusal where there is too much.
    package func built() throws(SegmentError) -> SearchSegment {
        if isTooLarge { throw .tooLarge }
        return build()
    }

    /// How many documents were added.
    package var documentCount: Int { documents.count }

    /// Makes a tag known. What a document has of tags that nobody made known before ``build()`` is left out.
    package func add(tag: KnownTag) { tags[tag.id] = tag }

    /// Adds a document, in any order of models; the last of a model counts.
    package func add(_ document: SearchDocument) {
        begin(
            model: document.model, namespace: document.namespace, isPublic: document.isPublic,
            popularity: document.popularity)
        documents[documents.count - 1].updated = UInt32(clamping: document.updated)
        var words = document.words
        words.withUTF8 { add(words: $0) }
        for tag in document.tags { add(tagId: tag) }
        for number in document.numbers { add(number: number.value, column: number.column, model: document.model) }
    }

    /// Adds a document from the bytes of its row; its numbers follow by ``add(number:column:model:)``, and when it was
    /// changed by ``add(updated:model:)``.
    ///
    /// `words` are as ``SearchWords/tokens(name:title:summary:readme:)`` gives them; `tags` are row ids, 32 bits each, the
    /// lowest byte first.
    package func add(
        model: Int64, namespace: Int64, isPublic: Bool, popularity: Int, words: UnsafeRawBufferPointer,
        tags: UnsafeRawBufferPointer
    ) {
        begin(model: model, namespace: namespace, isPublic: isPublic, popularity: popularity)
        words.withMemoryRebound(to: UInt8.self) { add(words: $0) }
        for place in 0..<tags.count / 4 {
            add(tagId: Int64(UInt32(littleEndian: tags.loadUnaligned(fromByteOffset: place * 4, as: UInt32.self))))
        }
    }

    /// Adds a number of a model, which may come before or after the document. What is not a number is left out.
    package func add(number: Double, column: String, model: Int64) {
        guard !number.isNaN else { return }
        if let known = columns[column] {
            known.numbers.append((model, number))
        } else {
            let new = Column()
            new.numbers.append((model, number))
            columns[column] = new
        }
    }

    /// Adds when a model was changed last, in Unix seconds, after all documents, which came in the order of models.
    package func add(updated: Int64, model: Int64) {
        var (low, high) = (0, documents.count)
        while low < high {
            let middle = (low + high) >> 1
            if Int64(documents[middle].model) < model { low = middle + 1 } else { high = middle }
        }
        if low < documents.count, documents[low].model == model { documents[low].updated = UInt32(clamping: updated) }
    }

    private func begin(model: Int64, namespace: Int64, isPublic: Bool, popularity: Int) {
        if UInt32(exactly: model) == nil { hasLargeId = true }
        documents.append(
            Entry(
                namespace: namespace, model: UInt32(clamping: model), isPublic: isPublic,
                popularity: UInt8(min(max(popularity, 0), 63)), terms: terms.stream.count, tags: tagStream.count))
    }

    private func add(tagId: Int64) {
        guard let id = UInt32(exactly: tagId) else { return }
        tagStream.append(id)
    }

    private func add(words: UnsafeBufferPointer<UInt8>) {
        // In hand for the whole text: every access to a stored property of a class is checked.
        terms.add(words, document: UInt32(documents.count - 1))
    }
}
