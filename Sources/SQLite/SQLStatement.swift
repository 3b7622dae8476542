/// SQL as the raw values of an enum, beside the store that runs it.
///
/// A raw value must be a literal, so nothing can be pasted into the SQL, and `allCases` lets a test prepare and explain
/// every statement. For example:
///
///     enum ModelSQL: String, SQLStatement {
///         case select = "SELECT id, title FROM model WHERE name = $name"
///     }
///
/// A list of unknown length is bound as one JSON array, an optional filter as NULL:
///
///     case search = """
///         SELECT name FROM model
///         WHERE id IN (SELECT value FROM json_each($ids)) AND ($format IS NULL OR format = $format)
///         """
///
///     try db.all(ModelSQL.search, ["$ids": .list(ids), "$format": Value(format)]) { $0.text("name") }
public protocol SQLStatement: RawRepresentable<String>, CaseIterable, Hashable, Sendable {}
