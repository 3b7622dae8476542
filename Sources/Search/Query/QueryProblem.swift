/// A place of a query that could not be read as it may have been meant.
package struct QueryProblem: Sendable, Hashable {
    /// What was not understood, counted as ``QueryItem/range``. Empty at the end of the query where something is missing.
    package let range: Range<Int>
    package let en: String
    package let ko: String

    package init(_ range: Range<Int>, en: String, ko: String) { (self.range, self.en, self.ko) = (range, en, ko) }

    /// In Unicode scalars from 1.
    package var column: Int { range.lowerBound + 1 }
}

extension QueryProblem {
    static func quoteUnclosed(_ place: Int) -> Self {
        Self(place..<place + 1, en: "this quote is not closed", ko: "따옴표가 닫히지 않았습니다")
    }

    static func phraseEmpty(_ range: Range<Int>) -> Self {
        Self(range, en: "nothing stands between the quotes", ko: "따옴표 안이 비어 있습니다")
    }

    static func bracketUnclosed(_ place: Int) -> Self {
        Self(place..<place + 1, en: "this bracket is not closed", ko: "괄호가 닫히지 않았습니다")
    }

    static func bracketExtra(_ place: Int) -> Self {
        Self(place..<place + 1, en: "no open bracket belongs to this one", ko: "여는 괄호가 없습니다")
    }

    static func groupEmpty(_ range: Range<Int>) -> Self {
        Self(range, en: "nothing stands between the brackets", ko: "괄호 안이 비어 있습니다")
    }

    static func groupTooDeep(_ place: Int) -> Self {
        Self(
            place..<place + 1, en: "at most \(QueryParser.maximumDepth) brackets inside of each other",
            ko: "괄호는 최대 \(QueryParser.maximumDepth)겹까지 쓸 수 있습니다")
    }

    static func orDangling(_ range: Range<Int>) -> Self {
        Self(range, en: "OR stands between two things", ko: "OR은 두 항목 사이에 씁니다")
    }

    static func minusDangling(_ place: Int) -> Self {
        Self(place..<place + 1, en: "'-' stands directly before what is not wanted", ko: "'-'는 뺄 항목 바로 앞에 붙여 씁니다")
    }

    static func starAlone(_ range: Range<Int>) -> Self {
        Self(range, en: "'*' stands behind the beginning of a word", ko: "'*'는 낱말 앞부분 뒤에 붙여 씁니다")
    }

    static func valueEmpty(_ range: Range<Int>) -> Self {
        Self(range, en: "a value is missing", ko: "값이 없습니다")
    }

    static func numberExpected(_ range: Range<Int>) -> Self {
        Self(range, en: "a number is wanted here", ko: "숫자가 필요합니다")
    }

    static func numbersListed(_ range: Range<Int>) -> Self {
        Self(
            range, en: "one number or a range such as 5MB..20MB is wanted here, not several",
            ko: "숫자 하나나 5MB..20MB 같은 범위를 씁니다. 여러 개는 쓸 수 없습니다")
    }

    static func placeWithoutNumber(_ range: Range<Int>, _ place: String) -> Self {
        Self(
            range, en: "a number is wanted here, as '@\(place)' says where it was taken",
            ko: "'@\(place)' 뒤에는 잰 숫자가 필요합니다")
    }

    static func keyUnknown(_ range: Range<Int>, _ key: String) -> Self {
        Self(range, en: "no model has the key '\(key)'", ko: "'\(key)' 키를 가진 모델이 없습니다")
    }

    static func sortUnknown(_ range: Range<Int>) -> Self {
        Self(
            range, en: "sort takes score, new or a key with numbers such as size or -latency_ms@rpi5",
            ko: "sort에는 score, new, 또는 size, -latency_ms@rpi5 같은 숫자 키를 씁니다")
    }

    static func sortReplaced(_ range: Range<Int>) -> Self {
        Self(range, en: "only the last sort is used", ko: "마지막 sort만 적용됩니다")
    }

    static func tooManyItems(_ place: Int) -> Self {
        Self(
            place..<place + 1, en: "at most \(QueryParser.maximumItems) items; the rest is left out",
            ko: "항목은 최대 \(QueryParser.maximumItems)개이며 나머지는 쓰지 않습니다")
    }

    static func tooLong(_ length: Int) -> Self {
        Self(
            QueryParser.maximumLength..<length,
            en: "at most \(QueryParser.maximumLength) characters; the rest is left out",
            ko: "검색어는 최대 \(QueryParser.maximumLength)자이며 나머지는 쓰지 않습니다")
    }
}
