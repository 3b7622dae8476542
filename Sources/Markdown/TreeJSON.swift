extension MarkdownDocument {
    /// The document as compact JSON: `{"kind":"document","children":[block…]}`. Every node has a `kind`.
    ///
    /// | block | members |
    /// |---|---|
    /// | `heading` | `level` 1–6, `id`, `children` |
    /// | `paragraph` `quote` | `children` |
    /// | `list` | `ordered`, `start` (only of ordered ones), `tight`, `children`: `item` |
    /// | `item` | `checked` (only of tasks), `children`: blocks |
    /// | `code_block` | `language` (where known), `text` |
    /// | `table` | `alignments`: `none`, `left`, `center`, `right`; `header`: cells; `rows`: arrays of cells; a cell is an array of inlines |
    /// | `rule` | |
    /// | `plain_text` | `text`: the whole source, when it is too large to be rendered |
    ///
    /// | inline | members |
    /// |---|---|
    /// | `text` `code` | `text`; a line feed is a line break of the source |
    /// | `emphasis` `strong` `strike` | `children` |
    /// | `link` | `url` (http, https, mailto or relative; `#…` names a heading's `id`), `title` (if any), `children` |
    /// | `image` | `path` of an artifact of the version, not percent-encoded; `alt`; `title` (if any) |
    /// | `break` | |
    ///
    /// An `id` comes from the source: put a prefix before it in a page, as ``html(pictures:)`` does.
    public var treeJSON: [UInt8] {
        var writer = TreeWriter()
        return writer.write(self)
    }
}
