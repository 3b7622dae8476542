/// The current row of a statement. It cannot be kept: take the values out of it.
///
/// Columns are named. A getter of a column that is missing, or NULL where the getter gives no optional, makes the
/// query throw once the reader of the row returns; so a getter needs no `try`.
public struct Row: ~Copyable {
    private let statement: Statement

    init(statement: Statement) { self.statement = statement }

    /// A column as SQLite's `INTEGER`; SQLite converts other types (<https://sqlite.org/c3ref/column_blob.html>).
    public func integer(_ name: String) -> Int64 { statement.valueColumn(name).map(statement.integer) ?? 0 }

    /// An integer column as an `Int`.
    public func int(_ name: String) -> Int { Int(integer(name)) }

    /// A column as SQLite's `REAL`.
    public func real(_ name: String) -> Double { statement.valueColumn(name).map(statement.real) ?? 0 }

    /// Whether an integer column is other than 0.
    public func bool(_ name: String) -> Bool { integer(name) != 0 }

    /// A column as SQLite's `TEXT`, which is UTF-8 here; bytes that are not are replaced.
    public func text(_ name: String) -> String { statement.valueColumn(name).map(statement.string) ?? "" }

    /// A copy of a column as SQLite's `BLOB`.
    public func blob(_ name: String) -> [UInt8] { statement.valueColumn(name).map { Array(statement.blob($0)) } ?? [] }

    /// As ``integer(_:)``; nil for NULL.
    public func optionalInteger(_ name: String) -> Int64? { optionalColumn(name).map(statement.integer) }

    /// As ``real(_:)``; nil for NULL.
    public func optionalReal(_ name: String) -> Double? { optionalColumn(name).map(statement.real) }

    /// As ``text(_:)``; nil for NULL.
    public func optionalText(_ name: String) -> String? { optionalColumn(name).map(statement.string) }

    /// As ``blob(_:)``; nil for NULL.
    public func optionalBlob(_ name: String) -> [UInt8]? { optionalColumn(name).map { Array(statement.blob($0)) } }

    /// Whether a column is NULL.
    public func isNull(_ name: String) -> Bool { statement.column(name).map(statement.isNull) ?? true }

    /// The UTF-8 of a text column without a copy; it is gone when `body` returns. Empty for NULL.
    public func withText<T>(_ name: String, _ body: (UnsafeRawBufferPointer) throws -> T) rethrows -> T {
        try body(optionalColumn(name).map(statement.text) ?? UnsafeRawBufferPointer(start: nil, count: 0))
    }

    /// The bytes of a BLOB column without a copy; they are gone when `body` returns. Empty for NULL.
    public func withBlob<T>(_ name: String, _ body: (UnsafeRawBufferPointer) throws -> T) rethrows -> T {
        try body(optionalColumn(name).map(statement.blob) ?? UnsafeRawBufferPointer(start: nil, count: 0))
    }

    private func optionalColumn(_ name: String) -> Int32? {
        statement.column(name).flatMap { statement.isNull($0) ? nil : $0 }
    }
}
