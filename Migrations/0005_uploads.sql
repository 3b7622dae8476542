-- Uploads that can be resumed. The bytes of each are in uploads/<id> of the data directory from the first on; the row is
-- always there before its file. `received` bytes of the file are on the disk; what lies behind them is not to be trusted.
CREATE TABLE upload (
    id         TEXT PRIMARY KEY CHECK (length(id) = 32),
    user_id    INTEGER NOT NULL REFERENCES user (id) ON DELETE CASCADE,
    token_id   INTEGER REFERENCES token (id) ON DELETE SET NULL,  -- NULL: made in a portal session
    length     INTEGER NOT NULL CHECK (length >= 0),
    received   INTEGER NOT NULL DEFAULT 0 CHECK (received BETWEEN 0 AND length),
    metadata   TEXT NOT NULL DEFAULT '',                           -- Upload-Metadata, as it was sent
    sha256     BLOB CHECK (length(sha256) = 32),                   -- of the whole, once it is known
    git_sha1   BLOB CHECK (length(git_sha1) = 20),
    created_at INTEGER NOT NULL,
    written_at INTEGER NOT NULL,
    CHECK ((sha256 IS NULL) = (git_sha1 IS NULL)),
    CHECK (sha256 IS NULL OR received = length)
) STRICT, WITHOUT ROWID;
CREATE INDEX upload_by_user ON upload (user_id, created_at, id);
CREATE INDEX upload_by_token ON upload (token_id);
CREATE INDEX upload_by_age ON upload (written_at);
