/// A part of a segment's memory: an array of numbers of one kind. Numbers have the lowest byte first.
///
/// "Document" is a place in the segment, 0 up, in the order of models' row ids; "ordinal" one in the tags, in the order
/// of key and folded value.
enum SegmentSection: Int, CaseIterable {
    /// Row ids by document (UInt32).
    case models
    /// A bit for each public document (UInt64).
    case publicBits
    /// By document (UInt8).
    case popularity
    /// By document, in Unix seconds (UInt32).
    case updated
    /// Namespaces of the private documents (Int64), rising, and the documents (UInt32).
    case privateNamespaces, privateDocuments
    /// The `w` terms, without the `w`, in the order of their bytes: where each begins (UInt32), the bytes, which
    /// letters it has (UInt32) and its postings (two UInt32).
    case wordStarts, wordBytes, wordLetters, wordLists
    /// Other terms by their hash, rising (UInt64), and their postings (two UInt32).
    case hashes, hashLists
    /// By ordinal: the row id (Int64), in how many public documents (UInt32), the postings (two UInt32).
    case tagIds, tagPublicCounts, tagLists
    /// Where value and folded value of each tag begin (two UInt32 each, and the end), and the bytes.
    case tagTextStarts, tagTextBytes
    /// Ordinals in the order of row ids (UInt32).
    case tagsByRow
    /// Context keys: where each begins (UInt32), bytes, the first ordinal of each (UInt32), its postings (two UInt32).
    case keyStarts, keyBytes, keyOrdinals, keyLists
    /// What the lists of terms, tags and keys point into (UInt32).
    case postings
    /// Where the tags of each document begin (UInt32), and their ordinals, rising (UInt16, or UInt32 where there are
    /// more than 65,536 tags); tags that have a bit for each document are not among them.
    case forwardStarts, forwardTags
    /// The words of tags' values: where each begins (UInt32), bytes, where its tags begin (UInt32), ordinals (UInt32).
    case lexiconStarts, lexiconBytes, lexiconTagStarts, lexiconTags
    /// Number columns: where each name begins (UInt32), bytes, where its numbers begin (UInt32); of each number the
    /// document (UInt32), rising in a column, and the place of its value among the column's (UInt16, or UInt32 where a
    /// column has more than 65,536 values); where the values of each column begin (UInt32), and these, rising (Double).
    case columnStarts, columnBytes, columnNumbers, numberDocuments, numberCodes, valueStarts, values
}
