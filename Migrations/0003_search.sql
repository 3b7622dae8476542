-- What search reads of each model (see Storage/SearchStore). The text columns hold words prepared by SearchText:
-- Latin words folded, runs of Hangul as overlapping bigrams.
CREATE VIRTUAL TABLE model_search USING fts5 (
    name, title, context, summary, readme,
    tokenize = "unicode61 remove_diacritics 2",
    detail = full
);

-- The tags that filters and facets count: of the model, its latest version and that version's variants.
CREATE TABLE model_facet (
    model_id INTEGER NOT NULL REFERENCES model (id) ON DELETE CASCADE,
    tag_id   INTEGER NOT NULL REFERENCES context_tag (id),
    PRIMARY KEY (model_id, tag_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX model_facet_by_tag ON model_facet (tag_id, model_id);
