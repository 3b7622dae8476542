-- What search knows of each model, written by the transaction that changes the model (see Storage/Search). A snapshot in
-- memory answers; it is built from these tables and follows `search_change`.

DROP TABLE model_search;
DROP TABLE model_facet;

-- The tokens of SearchWords: a letter for the level, a letter for the kind, a term. By rowid = model.id. To `ascii` all
-- that is not ASCII belongs to a token, so that it takes the words of any script as they are.
CREATE VIRTUAL TABLE search_words USING fts5 (
    words,
    tokenize = "ascii",
    detail = none,
    columnsize = 0
);

-- Which tokens there are, and in how many models.
CREATE VIRTUAL TABLE search_vocabulary USING fts5vocab (search_words, row);

CREATE TABLE search_document (
    model_id     INTEGER PRIMARY KEY REFERENCES model (id) ON DELETE CASCADE,
    namespace_id INTEGER NOT NULL,
    is_public    INTEGER NOT NULL CHECK (is_public IN (0, 1)),
    popularity   INTEGER NOT NULL CHECK (popularity BETWEEN 0 AND 63),
    -- Its effective tags: ids of context_tag, rising, each 32 bits with the lowest byte first.
    tags         BLOB NOT NULL
) STRICT;
CREATE INDEX search_document_by_popularity ON search_document (popularity) WHERE popularity > 0;

-- `key_at`: a context key, with @ and the board or dataset where the number belongs to one.
CREATE TABLE search_number (
    model_id INTEGER NOT NULL REFERENCES model (id) ON DELETE CASCADE,
    key_at   TEXT NOT NULL,
    value    REAL NOT NULL,
    PRIMARY KEY (model_id, key_at, value)
) STRICT, WITHOUT ROWID;
CREATE INDEX search_number_by_value ON search_number (key_at, value);

-- Models whose document has changed or gone, in order. Old rows are deleted; numbers are never given out again.
CREATE TABLE search_change (
    id       INTEGER PRIMARY KEY AUTOINCREMENT,
    model_id INTEGER NOT NULL
) STRICT;

-- The terms of the values of the tags that models have, or had. By rowid = context_tag.id.
CREATE VIRTUAL TABLE search_tag_words USING fts5 (
    words,
    tokenize = "ascii",
    detail = none,
    columnsize = 0
);

CREATE VIRTUAL TABLE search_tag_vocabulary USING fts5vocab (search_tag_words, row);

-- The rules that the tables above were written by; without a row they are still to be written.
CREATE TABLE search_state (
    id      INTEGER PRIMARY KEY CHECK (id = 1),
    version INTEGER NOT NULL
) STRICT;

-- Numbers that devices and benchmarks report. variant_id NULL: of the whole version; `at`: the board or dataset.
CREATE TABLE measurement (
    id          INTEGER PRIMARY KEY,
    version_id  INTEGER NOT NULL REFERENCES version (id) ON DELETE CASCADE,
    variant_id  INTEGER REFERENCES variant (id) ON DELETE CASCADE,
    metric      TEXT NOT NULL,
    at          TEXT NOT NULL DEFAULT '',
    value       REAL NOT NULL,
    count       INTEGER NOT NULL DEFAULT 1 CHECK (count > 0),
    source      TEXT NOT NULL DEFAULT 'measured' CHECK (source IN ('declared', 'extracted', 'measured', 'inferred')),
    measured_at INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX measurement_by_version ON measurement (version_id, metric, at, source, coalesce(variant_id, 0));
CREATE INDEX measurement_by_variant ON measurement (variant_id);
