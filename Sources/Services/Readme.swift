import Markdown
public import Storage

/// READMEs as they are stored.
public enum Readme {
    /// Bytes of the largest README.
    public static let maximumSize: Int64 = 1 << 20

    /// A README in the forms that are served and searched. Pictures are relative to the README's own address.
    public static func render(_ text: String) -> RenderedReadme { render(bytes: Array(text.utf8)) }

    static func render(bytes: [UInt8]) -> RenderedReadme {
        let document = MarkdownDocument(parsing: bytes)
        return RenderedReadme(
            html: document.html(pictures: "artifacts/"), tree: String(decoding: document.treeJSON, as: UTF8.self),
            text: document.plainText)
    }
}
