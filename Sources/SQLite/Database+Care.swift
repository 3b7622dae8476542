import Glibc

extension Database {
    /// Copies the database, as it is now, into a new file. Readers and the writer go on meanwhile.
    ///
    /// - Throws: When `destination` exists and is not empty, or cannot be written and synchronised to the disk.
    public func backup(to destination: String) throws {
        let handle = try Handle(path: path, access: .read)
        _ = try handle.query("VACUUM INTO $path", ["$path": .text(destination)]) { _ in }
        try Self.synchronise(destination)
    }

    /// What `PRAGMA integrity_check` finds; empty when the file is sound.
    package func integrityCheck() throws -> [String] {
        try Handle(path: path, access: .read)
            .query("PRAGMA integrity_check") { $0.text("integrity_check") }
            .filter { $0 != "ok" }
    }

    /// Rows that name a row that is not there; empty when all is well.
    package func foreignKeyCheck() throws -> [String] {
        try Handle(path: path, access: .read).foreignKeyViolations()
    }

    /// How SQLite would run `sql`: the lines of EXPLAIN QUERY PLAN. A `SCAN` in it is a full scan.
    package func plan(of sql: some SQLStatement) throws -> String {
        try exclusively { handle in
            let statement = try handle.statement("EXPLAIN QUERY PLAN " + sql.rawValue)
            return try statement.collectUnbound { $0.text("detail") }.joined(separator: "\n")
        }
    }

    /// Prepares `sql` against the schema, and throws when it does not fit.
    package func prepareCheck(_ sql: some SQLStatement) throws {
        try exclusively { _ = try $0.statement(sql.rawValue) }
    }

    private static func synchronise(_ path: String) throws(SQLiteError) {
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0, fsync(file) == 0 else {
            let reason = String(cString: strerror(errno))
            if file >= 0 { Glibc.close(file) }
            throw .io("cannot write \(path) to the disk: \(reason)")
        }
        Glibc.close(file)
    }
}

extension Handle {
    func foreignKeyViolations() throws -> [String] {
        try query("PRAGMA foreign_key_check") { row in
            let rowid = row.optionalInteger("rowid").map { " \($0)" } ?? ""
            return "\(row.text("table"))\(rowid) names a row of \(row.text("parent")) that is not there"
        }
    }
}
