import Cryptography
public import JSON
public import SQLite

package enum EventSQL: String, SQLStatement {
    case last = "SELECT sha256 FROM event ORDER BY id DESC LIMIT 1"
    case mark = "SELECT id, sha256 FROM event ORDER BY id DESC LIMIT 1"
    case digest = "SELECT sha256 FROM event WHERE id = $id"
    case insert = """
        INSERT INTO event (at, actor, action, subject, detail, previous_sha256, sha256)
        VALUES ($at, $actor, $action, $subject, $detail, $previous, $digest)
        """
    case after = """
        SELECT id, at, actor, action, subject, detail, previous_sha256, sha256 FROM event
        WHERE id > $after ORDER BY id LIMIT $limit
        """
}

/// Rows of the record of changes: append-only, each one's digest covers the one before.
///
/// The digest is the SHA-256 of the one before (32 zero bytes for the first) and of the canonical JSON
/// `{"action","actor","at","detail","subject"}`.
///
/// A `limit` is a number of rows.
///
/// - Throws: Each function ``SQLiteError`` when the database fails or holds what its schema does not allow.
public enum EventStore {
    /// Appends an event; to be called in the transaction that makes the change.
    ///
    /// `action` is such as `version.publish`, `subject` such as `demo/silero-vad@1.0.0`, `actor` a username or `system`.
    public static func append(
        _ action: String, _ subject: String, by actor: String, detail: JSONObject = [:], at now: Int64,
        in db: borrowing Connection
    ) throws {
        let previous = try db.first(EventSQL.last) { $0.blob("sha256") } ?? start
        let detail = JSONValue.object(detail)
        try db.run(
            EventSQL.insert,
            [
                "$at": .integer(now), "$actor": .text(actor), "$action": .text(action), "$subject": .text(subject),
                "$detail": .text(String(decoding: detail.canonicalBytes, as: UTF8.self)),
                "$previous": .blob(previous),
                "$digest": .blob(
                    digest(after: previous, at: now, actor: actor, action: action, subject: subject, detail: detail)),
            ])
    }

    /// A place in the record: whoever has the same event has the same history up to it.
    package struct Mark: Sendable, Hashable {
        /// 0 before the first event.
        package let event: Int64
        package let digest: [UInt8]

        package init(event: Int64, digest: [UInt8]) { (self.event, self.digest) = (event, digest) }
    }

    /// Where the record ends now.
    package static func mark(in db: borrowing Connection) throws -> Mark {
        try db.first(EventSQL.mark) { Mark(event: $0.integer("id"), digest: $0.blob("sha256")) }
            ?? Mark(event: 0, digest: start)
    }

    /// Whether the record led through a place.
    package static func contains(_ mark: Mark, in db: borrowing Connection) throws -> Bool {
        if mark.event == 0 { return mark.digest == start }
        return try db.first(EventSQL.digest, ["$id": .integer(mark.event)]) { $0.blob("sha256") } == mark.digest
    }

    /// How far the chain has been followed.
    package struct Chain: Sendable {
        package fileprivate(set) var count: Int64 = 0
        /// The id of the first event that is not as it was written; nil as long as every one is.
        package fileprivate(set) var broken: Int64?
        package fileprivate(set) var isEnded = false
        fileprivate var last: Int64 = .min
        fileprivate var previous = EventStore.start

        package init() {}
    }

    /// The id of the first event whose chain is broken; nil when every one is as it was written.
    package static func firstBroken(in db: borrowing Connection) throws -> Int64? {
        var chain = Chain()
        try follow(&chain, limit: .max, in: db)
        return chain.broken
    }

    /// Follows the chain over up to `limit` more events, as far as it is whole.
    package static func follow(_ chain: inout Chain, limit: Int64, in db: borrowing Connection) throws {
        var seen: Int64 = 0
        try db.forEach(EventSQL.after, ["$after": .integer(chain.last), "$limit": .integer(limit)]) { row in
            seen += 1
            chain.last = row.integer("id")
            let detail = try? JSONValue(parsing: row.text("detail").utf8)
            let expected = detail.map { detail in
                digest(
                    after: chain.previous, at: row.integer("at"), actor: row.text("actor"), action: row.text("action"),
                    subject: row.text("subject"), detail: detail)
            }
            guard row.blob("previous_sha256") == chain.previous, let expected, row.blob("sha256") == expected else {
                chain.broken = chain.last
                return false
            }
            chain.previous = expected
            chain.count += 1
            return true
        }
        chain.isEnded = seen < limit || chain.broken != nil
    }

    fileprivate static let start = [UInt8](repeating: 0, count: SHA256.byteCount)

    private static func digest(
        after previous: [UInt8], at: Int64, actor: String, action: String, subject: String, detail: JSONValue
    ) -> [UInt8] {
        let event: JSONValue = [
            "action": .string(action), "actor": .string(actor), "at": .integer(at), "detail": detail,
            "subject": .string(subject),
        ]
        return SHA256.digest(of: previous + event.canonicalBytes)
    }
}
