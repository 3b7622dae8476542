import JSON
public import SQLite

/// Each walks one index backwards, or for a subject reads all that is recorded of it.
package enum EventPageSQL: String, SQLStatement {
    case all = """
        SELECT id, at, actor, action, subject, detail FROM event WHERE id < $before ORDER BY id DESC LIMIT $limit
        """
    case ofActor = """
        SELECT id, at, actor, action, subject, detail FROM event
        WHERE actor = $actor AND id < $before
            AND ($action IS NULL OR action = $action)
            AND ($area IS NULL OR substr(action, 1, instr(action || '.', '.') - 1) = $area)
        ORDER BY id DESC LIMIT $limit
        """
    case ofAction = """
        SELECT id, at, actor, action, subject, detail FROM event
        WHERE action = $action AND id < $before ORDER BY id DESC LIMIT $limit
        """
    case inArea = """
        SELECT id, at, actor, action, subject, detail FROM event
        WHERE substr(action, 1, instr(action || '.', '.') - 1) = $area AND id < $before
        ORDER BY id DESC LIMIT $limit
        """
    /// `@` is followed by `A` in ASCII.
    case ofSubject = """
        SELECT id, at, actor, action, subject, detail FROM event
        WHERE (subject = $subject OR (subject > $subject || '@' AND subject < $subject || 'A')) AND id < $before
            AND ($actor IS NULL OR actor = $actor)
            AND ($action IS NULL OR action = $action)
            AND ($area IS NULL OR substr(action, 1, instr(action || '.', '.') - 1) = $area)
        ORDER BY id DESC LIMIT $limit
        """
}

extension EventStore {
    /// The last `limit` changes before one, the newest first.
    ///
    /// `id` is that of the change, nil for the newest.
    public static func activity(
        _ filter: Activity.Filter, before id: Int64?, limit: Int, in db: borrowing Connection
    ) throws -> [Activity] {
        let (before, limit) = (Value.integer(id ?? .max), Value(limit))
        let isKind = filter.action?.contains(".") ?? false
        let action: Value = isKind ? filter.action.map { .text($0) } ?? .null : .null
        let area: Value = isKind ? .null : filter.action.map { .text($0) } ?? .null
        let actor: Value = filter.actor.map { .text($0) } ?? .null
        if let subject = filter.subject {
            return try db.all(
                EventPageSQL.ofSubject,
                [
                    "$subject": .text(subject), "$actor": actor, "$action": action, "$area": area, "$before": before,
                    "$limit": limit,
                ]
            ) { try Activity(row: $0) }
        }
        if filter.actor != nil {
            return try db.all(
                EventPageSQL.ofActor,
                ["$actor": actor, "$action": action, "$area": area, "$before": before, "$limit": limit]
            ) { try Activity(row: $0) }
        }
        if filter.action == nil {
            return try db.all(EventPageSQL.all, ["$before": before, "$limit": limit]) { try Activity(row: $0) }
        }
        return isKind
            ? try db.all(EventPageSQL.ofAction, ["$action": action, "$before": before, "$limit": limit]) {
                try Activity(row: $0)
            }
            : try db.all(EventPageSQL.inArea, ["$area": area, "$before": before, "$limit": limit]) {
                try Activity(row: $0)
            }
    }
}

extension Activity {
    fileprivate init(row: borrowing Row) throws {
        self.init(
            id: row.integer("id"), at: row.integer("at"), actor: row.text("actor"), action: row.text("action"),
            subject: row.text("subject"),
            detail: try stored(try? JSONValue(parsing: row.text("detail").utf8), "event"))
    }
}
