-- What administrators look at and change: the record of changes by actor and kind, names of context, and the space that
-- models take.

-- The newest first: of a person, of one kind of change, and of all kinds that begin alike (`model` of `model.create`).
CREATE INDEX event_by_actor ON event (actor, id);
CREATE INDEX event_by_action ON event (action, id);
CREATE INDEX event_by_area ON event (substr(action, 1, instr(action || '.', '.') - 1), id);

-- What administrators call context keys and values, over the files of the vocabulary. value '': the key itself; else as
-- it is compared. synonyms: a JSON array of strings.
CREATE TABLE context_label (
    key        TEXT NOT NULL,
    value      TEXT NOT NULL DEFAULT '',
    ko         TEXT NOT NULL CHECK (ko <> ''),
    en         TEXT NOT NULL CHECK (en <> ''),
    synonyms   TEXT NOT NULL DEFAULT '[]',
    updated_at INTEGER NOT NULL,
    PRIMARY KEY (key, value)
) STRICT, WITHOUT ROWID;

-- Rises with each change of the table above, so that who holds what it says knows when that is old.
CREATE TABLE context_label_state (
    id       INTEGER PRIMARY KEY CHECK (id = 1),
    revision INTEGER NOT NULL
) STRICT;
INSERT INTO context_label_state (id, revision) VALUES (1, 0);
CREATE TRIGGER context_label_is_new AFTER INSERT ON context_label
BEGIN UPDATE context_label_state SET revision = revision + 1; END;
CREATE TRIGGER context_label_is_changed AFTER UPDATE ON context_label
BEGIN UPDATE context_label_state SET revision = revision + 1; END;
CREATE TRIGGER context_label_is_gone AFTER DELETE ON context_label
BEGIN UPDATE context_label_state SET revision = revision + 1; END;

-- Which versions name a blob, and all downloads of a day, without reading the tables themselves.
DROP INDEX artifact_by_blob;
CREATE INDEX artifact_by_blob ON artifact (blob_id, version_id);
DROP INDEX version_by_readme;
CREATE INDEX version_by_readme ON version (readme_blob_id, model_id);
DROP INDEX download_count_by_day;
CREATE INDEX download_count_by_day ON download_count (day, count);
