/// A connection inside one transaction. It cannot be kept beyond it.
///
/// Parameters are bound by name, with their sigil: `["$name": .text(name), "$now": .integer(now)]`. Each parameter
/// must be bound; bind `.null` for none.
///
/// - Throws: Each query ``SQLiteError`` when the SQL does not fit the schema, a parameter is not bound, a rule of the
///   schema is broken, the disk is full or a deadline has passed; and what `body` throws.
public struct Connection: ~Copyable {
    private let handle: Handle

    init(_ handle: Handle) { self.handle = handle }

    /// What `body` makes of the first row, or nil when there is none.
    public func first<T>(
        _ sql: some SQLStatement, _ bindings: KeyValuePairs<String, Value> = [:], _ body: (borrowing Row) throws -> T
    ) throws -> T? {
        try with(sql, bindings) { statement in
            try statement.step() ? try statement.read(body) : nil
        }
    }

    /// What `body` makes of each row.
    public func all<T>(
        _ sql: some SQLStatement, _ bindings: KeyValuePairs<String, Value> = [:], _ body: (borrowing Row) throws -> T
    ) throws -> [T] {
        try with(sql, bindings) { statement in
            var values: [T] = []
            while try statement.step() { values.append(try statement.read(body)) }
            return values
        }
    }

    /// Hands each row to `body`, until there are no more or `body` returns false.
    public func forEach(
        _ sql: some SQLStatement, _ bindings: KeyValuePairs<String, Value> = [:],
        _ body: (borrowing Row) throws -> Bool
    ) throws {
        try with(sql, bindings) { statement in
            while try statement.step() {
                guard try statement.read(body) else { return }
            }
        }
    }

    /// Hands the integer in the first column of each row to `body`: the quick way through long lists of ids.
    public func forEachInteger(
        _ sql: some SQLStatement, _ bindings: KeyValuePairs<String, Value> = [:], _ body: (Int64) -> Void
    ) throws {
        try with(sql, bindings) { statement in
            while try statement.step() { body(statement.integer(0)) }
        }
    }

    /// Hands the integers in the first two columns of each row to `body`, until there are no more or it returns false.
    public func forEachIntegers(
        _ sql: some SQLStatement, _ bindings: KeyValuePairs<String, Value> = [:], _ body: (Int64, Int64) -> Bool
    ) throws {
        try with(sql, bindings) { statement in
            while try statement.step(), body(statement.integer(0), statement.integer(1)) {}
        }
    }

    /// Whether the query gives any row.
    public func exists(_ sql: some SQLStatement, _ bindings: KeyValuePairs<String, Value> = [:]) throws -> Bool {
        try with(sql, bindings) { try $0.step() }
    }

    /// Runs a statement that changes rows.
    ///
    /// - Returns: How many rows it changed, those changed by triggers and foreign keys not counted.
    @discardableResult
    public func run(_ sql: some SQLStatement, _ bindings: KeyValuePairs<String, Value> = [:]) throws -> Int {
        try with(sql, bindings) { statement in
            while try statement.step() {}
            return statement.isReadOnly ? 0 : handle.changes
        }
    }

    /// The rowid of the row inserted last.
    public var lastInsertedID: Int64 { handle.lastInsertedID }

    /// Interrupts the statements of `body` once `milliseconds` are over.
    ///
    /// - Throws: An error that ``SQLiteError/isInterrupted``, or what `body` throws.
    public func withDeadline<T>(milliseconds: Int, _ body: () throws -> T) rethrows -> T {
        try handle.withDeadline(milliseconds: milliseconds, body)
    }

    private func with<T>(
        _ sql: some SQLStatement, _ bindings: KeyValuePairs<String, Value>, _ body: (Statement) throws -> T
    ) throws -> T {
        // A full disk or an interrupted write ends the transaction; going on would commit each statement by itself.
        guard handle.isInTransaction else { throw SQLiteError.misuse("the transaction has ended", sql: sql.rawValue) }
        let statement = try handle.statement(sql.rawValue)
        defer { statement.end() }
        try statement.begin(bindings)
        return try body(statement)
    }
}

@available(*, unavailable)
extension Connection: Sendable {}
