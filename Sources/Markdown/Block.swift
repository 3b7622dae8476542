/// A block of a rendered README. Nothing in it is HTML: every string is text, and every URL has been checked.
public indirect enum Block: Hashable, Sendable {
    /// How a column of a table is set; `none` leaves it to the reader.
    public enum Alignment: String, Hashable, Sendable {
        case none, left, center, right
    }

    /// An item of a list.
    public struct Item: Hashable, Sendable {
        /// Nil for an item that is no task.
        public let isChecked: Bool?
        public let blocks: [Block]
    }

    /// A table (GitHub Flavored Markdown §4.10). Each row has as many cells as the header.
    public struct Table: Hashable, Sendable {
        /// What stands in one cell.
        public typealias Cell = [Inline]

        /// One for each column.
        public let alignments: [Alignment]
        /// The cells of the first row.
        public let header: [Cell]
        /// The rows below the header.
        public let rows: [[Cell]]
    }

    /// `level` is 1–6; `id` is unique in the document.
    case heading(level: Int, id: String, [Inline])
    case paragraph([Inline])
    case quote([Block])
    /// `start` is the first number of an ordered list and nil for bullets. A tight list has no space between items.
    case list(start: Int?, isTight: Bool, [Item])
    case code(language: String?, String)
    case table(Table)
    case rule
    /// The whole of a document that is too large to be rendered.
    case plainText(String)
}
