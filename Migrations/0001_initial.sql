-- People ---------------------------------------------------------------------------------------------------------

CREATE TABLE user (
    id            INTEGER PRIMARY KEY,
    username      TEXT NOT NULL UNIQUE,
    display_name  TEXT NOT NULL,
    role          TEXT NOT NULL CHECK (role IN ('admin', 'operator', 'developer', 'viewer', 'device')),
    language      TEXT NOT NULL DEFAULT 'ko' CHECK (language IN ('ko', 'en')),
    password_hash TEXT,                       -- yescrypt; NULL: may not sign in by password
    disabled      INTEGER NOT NULL DEFAULT 0 CHECK (disabled IN (0, 1)),
    created_at    INTEGER NOT NULL,
    last_seen_at  INTEGER
) STRICT;

CREATE TABLE session (
    secret_sha256 BLOB PRIMARY KEY CHECK (length(secret_sha256) = 32),
    user_id       INTEGER NOT NULL REFERENCES user (id) ON DELETE CASCADE,
    csrf_token    TEXT NOT NULL,
    created_at    INTEGER NOT NULL,
    seen_at       INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX session_by_user ON session (user_id);

CREATE TABLE token (
    id            INTEGER PRIMARY KEY,
    user_id       INTEGER NOT NULL REFERENCES user (id) ON DELETE CASCADE,
    name          TEXT NOT NULL,
    prefix        TEXT NOT NULL,
    secret_sha256 BLOB NOT NULL UNIQUE CHECK (length(secret_sha256) = 32),
    scopes        TEXT NOT NULL,
    models        TEXT NOT NULL DEFAULT '[]',
    created_at    INTEGER NOT NULL,
    expires_at    INTEGER,
    last_used_at  INTEGER
) STRICT;
CREATE INDEX token_by_user ON token (user_id);

-- A secret that works once: the set-up of the first admin, later invitations and password resets.
CREATE TABLE one_time_link (
    secret_sha256 BLOB PRIMARY KEY CHECK (length(secret_sha256) = 32),
    purpose       TEXT NOT NULL CHECK (purpose IN ('setup', 'invitation', 'reset')),
    user_id       INTEGER REFERENCES user (id) ON DELETE CASCADE,
    created_at    INTEGER NOT NULL,
    expires_at    INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX one_time_link_by_user ON one_time_link (user_id);

CREATE TABLE namespace (
    id         INTEGER PRIMARY KEY,
    name       TEXT NOT NULL UNIQUE,
    created_at INTEGER NOT NULL
) STRICT;

CREATE TABLE namespace_member (
    namespace_id INTEGER NOT NULL REFERENCES namespace (id) ON DELETE CASCADE,
    user_id      INTEGER NOT NULL REFERENCES user (id) ON DELETE CASCADE,
    role         TEXT NOT NULL CHECK (role IN ('owner', 'publisher', 'reader')),
    PRIMARY KEY (namespace_id, user_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX namespace_member_by_user ON namespace_member (user_id);

-- Models ---------------------------------------------------------------------------------------------------------

CREATE TABLE service_type (
    id          TEXT PRIMARY KEY,
    label_ko    TEXT NOT NULL,
    label_en    TEXT NOT NULL,
    description TEXT NOT NULL DEFAULT '',
    position    INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE model (
    id             INTEGER PRIMARY KEY AUTOINCREMENT,
    namespace_id   INTEGER NOT NULL REFERENCES namespace (id),
    full_name      TEXT NOT NULL UNIQUE,       -- namespace/name
    title          TEXT NOT NULL,
    summary        TEXT NOT NULL DEFAULT '',
    service_type   TEXT NOT NULL REFERENCES service_type (id),
    visibility     TEXT NOT NULL CHECK (visibility IN ('public', 'private')),
    license        TEXT NOT NULL DEFAULT '',
    created_by     TEXT NOT NULL,              -- a username: it outlives the user
    created_at     INTEGER NOT NULL,
    updated_at     INTEGER NOT NULL,           -- rises with each publication too
    revision       INTEGER NOT NULL DEFAULT 1,
    -- What lists show, kept by the same transaction that changes it.
    latest_version INTEGER REFERENCES version (id) DEFERRABLE INITIALLY DEFERRED,
    downloads_30d  INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX model_by_namespace ON model (namespace_id);
CREATE INDEX model_by_service_type ON model (service_type, updated_at DESC, id DESC);
CREATE INDEX model_by_update ON model (updated_at DESC, id DESC);
CREATE INDEX model_by_latest_version ON model (latest_version);
CREATE INDEX model_by_downloads ON model (downloads_30d DESC, id DESC);

-- Numbers of deleted models: URLs of versions are cached as immutable, so a number is never given out again.
CREATE TABLE retired_version (
    full_name TEXT NOT NULL,
    number    TEXT NOT NULL,
    retired_at INTEGER NOT NULL,
    PRIMARY KEY (full_name, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE blob (
    id         INTEGER PRIMARY KEY,
    sha256     BLOB NOT NULL UNIQUE CHECK (length(sha256) = 32),
    git_sha1   BLOB NOT NULL CHECK (length(git_sha1) = 20),
    size       INTEGER NOT NULL CHECK (size >= 0),
    created_at INTEGER NOT NULL
) STRICT;

CREATE TABLE version (
    id              INTEGER PRIMARY KEY AUTOINCREMENT,
    model_id        INTEGER NOT NULL REFERENCES model (id) ON DELETE CASCADE,
    number          TEXT NOT NULL,
    sort_key        TEXT NOT NULL,             -- byte order = SemVer precedence
    prerelease      INTEGER NOT NULL CHECK (prerelease IN (0, 1)),
    state           TEXT NOT NULL CHECK (state IN ('draft', 'published', 'deprecated', 'withdrawn')),
    state_reason    TEXT NOT NULL DEFAULT '',
    state_changed_at INTEGER NOT NULL,
    manifest_sha256 BLOB NOT NULL CHECK (length(manifest_sha256) = 32),
    manifest        TEXT NOT NULL,             -- the canonical JSON itself
    readme_blob_id  INTEGER REFERENCES blob (id),
    readme_html     TEXT,
    readme_tree     TEXT,
    readme_text     TEXT,                      -- its plain text, which search reads
    notes           TEXT NOT NULL DEFAULT '',
    created_by      TEXT NOT NULL,
    created_at      INTEGER NOT NULL,
    published_at    INTEGER,
    revision        INTEGER NOT NULL DEFAULT 1,
    UNIQUE (model_id, number),
    CHECK ((state = 'draft') = (published_at IS NULL))
) STRICT;
CREATE INDEX version_by_precedence ON version (model_id, sort_key DESC);
CREATE INDEX version_by_age ON version (model_id, id DESC);
CREATE UNIQUE INDEX version_by_manifest ON version (model_id, manifest_sha256);
CREATE INDEX version_by_readme ON version (readme_blob_id);

CREATE TABLE artifact (
    id         INTEGER PRIMARY KEY,
    version_id INTEGER NOT NULL REFERENCES version (id) ON DELETE CASCADE,
    path       TEXT NOT NULL,
    blob_id    INTEGER NOT NULL REFERENCES blob (id),
    media_type TEXT NOT NULL,
    UNIQUE (version_id, path)
) STRICT;
CREATE INDEX artifact_by_blob ON artifact (blob_id);

CREATE TABLE variant (
    id         INTEGER PRIMARY KEY,
    version_id INTEGER NOT NULL REFERENCES version (id) ON DELETE CASCADE,
    name       TEXT NOT NULL,
    position   INTEGER NOT NULL,
    UNIQUE (version_id, name)
) STRICT;

CREATE TABLE variant_artifact (
    variant_id  INTEGER NOT NULL REFERENCES variant (id) ON DELETE CASCADE,
    artifact_id INTEGER NOT NULL REFERENCES artifact (id) ON DELETE CASCADE,
    PRIMARY KEY (variant_id, artifact_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX variant_artifact_by_artifact ON variant_artifact (artifact_id);

CREATE TABLE alias (
    model_id   INTEGER NOT NULL REFERENCES model (id) ON DELETE CASCADE,
    name       TEXT NOT NULL,
    version_id INTEGER NOT NULL REFERENCES version (id),
    updated_at INTEGER NOT NULL,
    updated_by TEXT NOT NULL,
    PRIMARY KEY (model_id, name)
) STRICT, WITHOUT ROWID;
CREATE INDEX alias_by_version ON alias (version_id);

-- Where an alias has pointed; NULL: it was removed.
CREATE TABLE alias_change (
    id         INTEGER PRIMARY KEY,
    model_id   INTEGER NOT NULL REFERENCES model (id) ON DELETE CASCADE,
    name       TEXT NOT NULL,
    version_id INTEGER REFERENCES version (id) ON DELETE CASCADE,
    changed_at INTEGER NOT NULL,
    changed_by TEXT NOT NULL
) STRICT;
CREATE INDEX alias_change_by_alias ON alias_change (model_id, name, id DESC);
CREATE INDEX alias_change_by_version ON alias_change (version_id);

-- Context --------------------------------------------------------------------------------------------------------

CREATE TABLE context_tag (
    id     INTEGER PRIMARY KEY,
    key    TEXT NOT NULL,
    value  TEXT NOT NULL,                      -- as first written
    folded TEXT NOT NULL,                      -- as compared
    UNIQUE (key, folded)
) STRICT;

-- `source`: who says so. Declared by the author, extracted from a file, measured by devices, inferred.
CREATE TABLE model_context (
    model_id INTEGER NOT NULL REFERENCES model (id) ON DELETE CASCADE,
    tag_id   INTEGER NOT NULL REFERENCES context_tag (id),
    source   TEXT NOT NULL DEFAULT 'declared' CHECK (source IN ('declared', 'extracted', 'measured', 'inferred')),
    PRIMARY KEY (model_id, tag_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX model_context_by_tag ON model_context (tag_id, model_id);

CREATE TABLE version_context (
    version_id INTEGER NOT NULL REFERENCES version (id) ON DELETE CASCADE,
    tag_id     INTEGER NOT NULL REFERENCES context_tag (id),
    source     TEXT NOT NULL DEFAULT 'declared' CHECK (source IN ('declared', 'extracted', 'measured', 'inferred')),
    PRIMARY KEY (version_id, tag_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX version_context_by_tag ON version_context (tag_id);

CREATE TABLE variant_context (
    variant_id INTEGER NOT NULL REFERENCES variant (id) ON DELETE CASCADE,
    tag_id     INTEGER NOT NULL REFERENCES context_tag (id),
    source     TEXT NOT NULL DEFAULT 'declared' CHECK (source IN ('declared', 'extracted', 'measured', 'inferred')),
    PRIMARY KEY (variant_id, tag_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX variant_context_by_tag ON variant_context (tag_id);

-- Counts and records ---------------------------------------------------------------------------------------------

CREATE TABLE download_count (
    model_id   INTEGER NOT NULL REFERENCES model (id) ON DELETE CASCADE,
    day        INTEGER NOT NULL,               -- days since 1970-01-01 UTC
    version_id INTEGER NOT NULL REFERENCES version (id) ON DELETE CASCADE,
    count      INTEGER NOT NULL,
    PRIMARY KEY (model_id, day, version_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX download_count_by_day ON download_count (day);
CREATE INDEX download_count_by_version ON download_count (version_id);

-- Append-only; each row's digest covers the one before, so a removed or edited row shows.
CREATE TABLE event (
    id              INTEGER PRIMARY KEY,
    at              INTEGER NOT NULL,
    actor           TEXT NOT NULL,             -- a username, or 'system'
    action          TEXT NOT NULL,             -- such as version.publish
    subject         TEXT NOT NULL,             -- such as demo/silero-vad@1.0.0
    detail          TEXT NOT NULL DEFAULT '{}',
    previous_sha256 BLOB NOT NULL CHECK (length(previous_sha256) = 32),
    sha256          BLOB NOT NULL UNIQUE CHECK (length(sha256) = 32)
) STRICT;
CREATE INDEX event_by_subject ON event (subject);
CREATE TRIGGER event_is_never_changed BEFORE UPDATE ON event
BEGIN SELECT RAISE(ABORT, 'events are append-only'); END;
CREATE TRIGGER event_is_never_deleted BEFORE DELETE ON event
BEGIN SELECT RAISE(ABORT, 'events are append-only'); END;

-- Written to see whether the database can be written.
CREATE TABLE readiness (
    id         INTEGER PRIMARY KEY CHECK (id = 1),
    checked_at INTEGER NOT NULL
) STRICT;
