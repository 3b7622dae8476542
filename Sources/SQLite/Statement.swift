import CSQLite

/// A prepared statement with the names of its columns and parameters.
final class Statement {
    let sql: String
    private let raw: OpaquePointer
    private let connection: OpaquePointer
    private let columns: [String]
    private let parameters: [String]
    /// Whether someone is stepping through it.
    private(set) var isActive = false
    /// What a row's reader did wrong; thrown after the reader returns, so that getters need no `try`.
    private var failure: SQLiteError?
    /// Columns are mostly read in their order: where to look first.
    private var next = 0

    init(_ sql: String, on connection: OpaquePointer, isCached: Bool) throws(SQLiteError) {
        var raw: OpaquePointer?
        let flags = isCached ? UInt32(SQLITE_PREPARE_PERSISTENT) : 0
        let code = sqlite3_prepare_v3(connection, sql, -1, flags, &raw, nil)
        guard code == SQLITE_OK else { throw SQLiteError(of: connection, sql: sql) }
        guard let raw else { throw .misuse("the statement is empty", sql: sql) }
        self.sql = sql
        self.raw = raw
        self.connection = connection
        columns = (0..<sqlite3_column_count(raw)).map { column in
            sqlite3_column_name(raw, column).map { String(cString: $0) } ?? ""
        }
        parameters = (0..<sqlite3_bind_parameter_count(raw)).map { parameter in
            sqlite3_bind_parameter_name(raw, parameter + 1).map { String(cString: $0) } ?? ""
        }
    }

    deinit { sqlite3_finalize(raw) }

    var isReadOnly: Bool { sqlite3_stmt_readonly(raw) != 0 }

    // MARK: Running

    /// Binds and marks the statement as in use; to be balanced by ``end()``.
    func begin(_ bindings: KeyValuePairs<String, Value>) throws(SQLiteError) {
        isActive = true
        guard bindings.count == parameters.count else {
            throw .misuse("\(bindings.count) values for the parameters \(parameters)", sql: sql)
        }
        for (offset, binding) in bindings.enumerated() {
            let index = parameters[offset] == binding.key ? offset : parameters.firstIndex(of: binding.key)
            guard let index else { throw .misuse("no parameter \(binding.key)", sql: sql) }
            try bind(binding.value, at: Int32(index) + 1)
        }
    }

    func end() {
        sqlite3_reset(raw)
        if !parameters.isEmpty { sqlite3_clear_bindings(raw) }
        failure = nil
        isActive = false
    }

    /// Steps to the next row; false at the end.
    func step() throws(SQLiteError) -> Bool {
        switch sqlite3_step(raw) {
        case SQLITE_ROW:
            next = 0
            return true
        case SQLITE_DONE: return false
        default: throw SQLiteError(of: connection, sql: sql)
        }
    }

    /// Hands the current row to `body`, and throws what its getters noted.
    func read<T>(_ body: (borrowing Row) throws -> T) throws -> T {
        let row = Row(statement: self)
        do {
            let value = try body(row)
            if let failure { throw failure }
            return value
        } catch {
            // The getter's failure is the cause of whatever the body made of its empty value.
            throw failure ?? error
        }
    }

    /// Runs it with every parameter left NULL, which is enough to explain it.
    func collectUnbound<T>(_ body: (borrowing Row) throws -> T) throws -> [T] {
        isActive = true
        defer { end() }
        var values: [T] = []
        while try step() { values.append(try read(body)) }
        return values
    }

    private func bind(_ value: Value, at index: Int32) throws(SQLiteError) {
        let code =
            switch value {
            case .null: sqlite3_bind_null(raw, index)
            case .integer(let value): sqlite3_bind_int64(raw, index, value)
            case .real(let value): sqlite3_bind_double(raw, index, value)
            case .text(let value): bind(value, at: index)
            case .blob(let value): bind(value, at: index)
            }
        guard code == SQLITE_OK else { throw SQLiteError(of: connection, sql: sql) }
    }

    private func bind(_ text: String, at index: Int32) -> Int32 {
        var text = text
        return text.withUTF8 { bytes in
            guard let count = Int32(exactly: bytes.count) else { return SQLITE_TOOBIG }
            // An empty buffer may have no address, which would bind NULL.
            guard let start = bytes.baseAddress, count > 0 else { return csqlite_bind_text(raw, index, "", 0) }
            return start.withMemoryRebound(to: CChar.self, capacity: bytes.count) {
                csqlite_bind_text(raw, index, $0, count)
            }
        }
    }

    private func bind(_ blob: [UInt8], at index: Int32) -> Int32 {
        blob.withUnsafeBytes { bytes in
            guard let count = Int32(exactly: bytes.count) else { return SQLITE_TOOBIG }
            guard let start = bytes.baseAddress, count > 0 else { return sqlite3_bind_zeroblob(raw, index, 0) }
            return csqlite_bind_blob(raw, index, start, count)
        }
    }

    // MARK: Columns of the current row

    /// Where the column is, or nil – and a failure noted – when there is none of that name.
    func column(_ name: String) -> Int32? {
        if next < columns.count, columns[next] == name {
            next += 1
            return Int32(next - 1)
        }
        guard let column = columns.firstIndex(of: name) else {
            fail("no column \(name) in \(columns)")
            return nil
        }
        next = column + 1
        return Int32(column)
    }

    /// Where the column is, or nil – and a failure noted – when it is missing or NULL.
    func valueColumn(_ name: String) -> Int32? {
        guard let column = column(name) else { return nil }
        if isNull(column) {
            fail("the column \(name) is NULL")
            return nil
        }
        return column
    }

    func isNull(_ column: Int32) -> Bool { sqlite3_column_type(raw, column) == SQLITE_NULL }

    func integer(_ column: Int32) -> Int64 { sqlite3_column_int64(raw, column) }

    func real(_ column: Int32) -> Double { sqlite3_column_double(raw, column) }

    func text(_ column: Int32) -> UnsafeRawBufferPointer {
        // The text first: it may convert the value, which changes the count.
        let start = sqlite3_column_text(raw, column)
        return UnsafeRawBufferPointer(start: start, count: Int(sqlite3_column_bytes(raw, column)))
    }

    func string(_ column: Int32) -> String { String(decoding: text(column), as: UTF8.self) }

    func blob(_ column: Int32) -> UnsafeRawBufferPointer {
        let start = sqlite3_column_blob(raw, column)
        return UnsafeRawBufferPointer(start: start, count: Int(sqlite3_column_bytes(raw, column)))
    }

    private func fail(_ message: String) {
        if failure == nil { failure = .misuse(message, sql: sql) }
    }
}
