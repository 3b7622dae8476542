/// What search compares: a short text whose first letter says of what kind it is.
///
/// - `w`: a word, the stem of a word, a part of a compound such as `yolo` of `yolov4`, or a whole run of Hangul.
/// - `p`: two Latin words that stand side by side, as stems joined by ``pairMark``: `plicensˑplate`. One without
///   the other is the edge of a model's name: `pˑlicens` begins it, `pplateˑ` ends it.
/// - `g`: two neighbours in a run of Hangul (or another script written without spaces), spaces left out: 주정차 is found
///   as 주정 and 정차 in 불법주정차 and in "불법 주정차", without a dictionary.
///
/// Of ASCII a term holds lower-case letters and digits alone: FTS5's `ascii` takes it for one token
/// (https://sqlite.org/fts5.html, 4.3.2).
package enum SearchTerm {
    /// MODIFIER LETTER HALF TRIANGULAR COLON: a part of a token to FTS5, and in no text that people search.
    package static let pairMark = "\u{02D1}"

    package static func word(_ text: some StringProtocol) -> String { "w" + text }

    package static func pair(_ first: some StringProtocol, _ second: some StringProtocol) -> String {
        "p" + first + pairMark + second
    }

    package static func gram(_ text: some StringProtocol) -> String { "g" + text }
}
