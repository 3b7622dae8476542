import Glibc
public import Registry
public import SQLite

/// Failures of files and of the database in the product's words.
public enum StoreFailure {
    /// What a failed system call means: ``RegistryError/Code/storeFull`` for a full disk or quota, otherwise
    /// ``RegistryError/Code/storeUnavailable``.
    public static func error(errno code: Int32) -> RegistryError {
        code == ENOSPC || code == EDQUOT ? full : unavailable
    }

    /// What a failure of SQLite means; nil when it is a mistake of the program.
    public static func error(_ failure: SQLiteError) -> RegistryError? {
        if failure.isFull { return full }
        if failure.isIO || failure.isBusy || failure.isCorrupt || failure.primaryCode == readOnly { return unavailable }
        if failure.isConstraint(.unique) || failure.isConstraint(.foreignKey) { return overtaken }
        return nil
    }

    /// SQLITE_READONLY (<https://sqlite.org/rescode.html#readonly>).
    private static let readOnly: Int32 = 8

    private static let full = RegistryError(
        .storeFull, "there is no room left on the server; nothing was stored", ko: "서버에 남은 공간이 없어 저장하지 않았습니다")

    /// Every rule is checked before it is written, so only a row that went or came meanwhile breaks one.
    private static let overtaken = RegistryError(
        .stateConflict, "something it refers to was changed at the same time; read again",
        ko: "동시에 다른 변경이 있었습니다. 다시 읽고 시도하세요")

    private static let unavailable = RegistryError(
        .storeUnavailable, "the server cannot use its store; nothing was stored", ko: "서버가 저장소를 쓸 수 없어 저장하지 않았습니다")
}

/// A row that breaks what the schema promises: the database was changed by something else.
func stored<Value>(_ value: Value?, _ what: @autoclosure () -> String) throws -> Value {
    guard let value else { throw SQLiteError(code: 11, message: "unreadable \(what())") }
    return value
}
