-- What search reads of each model (see Storage/SearchStore): terms prepared by SearchText, each behind a letter for the
-- field that it stands in. Without positions and sizes, a common word is read in a few milliseconds.
CREATE VIRTUAL TABLE model_search USING fts5 (
    words,
    tokenize = "unicode61 remove_diacritics 0",
    detail = none,
    columnsize = 0
);

-- The tags that filters and facets count: `service:` with the model's own type, the tags of the model, of its latest
-- version and of that version's variants.
CREATE TABLE model_facet (
    model_id INTEGER NOT NULL REFERENCES model (id) ON DELETE CASCADE,
    tag_id   INTEGER NOT NULL REFERENCES context_tag (id),
    PRIMARY KEY (model_id, tag_id)
) STRICT, WITHOUT ROWID;

-- Sets of models, 4096 ids a row: 512 bytes with a bit each, or while they are few their 16-bit places in order.
-- set_id: a context_tag; 0 all models; -namespace_id the private models of a namespace.
CREATE TABLE search_set (
    set_id INTEGER NOT NULL,
    chunk  INTEGER NOT NULL,
    models BLOB NOT NULL,
    PRIMARY KEY (set_id, chunk)
) STRICT, WITHOUT ROWID;
