import Markdown
public import Storage

/// READMEs as they are stored.
public enum Readme {
    /// Bytes of the largest README.
    public static let maximumSize: Int64 = 1 << 20
    /// Bytes of its words that search knows. A megabyte of Korean takes the one writer seconds to index, and is indexed
    /// anew with every edit of the model.
    static let searchedSize = 64 << 10

    /// A README in the forms that are served and searched. Pictures are relative to the README's own address.
    public static func render(_ text: String) -> RenderedReadme { render(bytes: Array(text.utf8)) }

    static func render(bytes: [UInt8]) -> RenderedReadme {
        let document = MarkdownDocument(parsing: bytes)
        return RenderedReadme(
            html: document.html(pictures: "artifacts/"), tree: String(decoding: document.treeJSON, as: UTF8.self),
            text: beginning(of: document.plainText))
    }
    private static func beginning(of text: String) -> String {
        text.utf8.count <= searchedSize ? text : String(decoding: text.utf8.prefix(searchedSize), as: UTF8.self)
    }
}
