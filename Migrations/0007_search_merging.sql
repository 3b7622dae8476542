-- Each publish adds a small segment to the full-text indexes. By default the one that makes 16 of a level merges them all
-- at once ("crisismerge"), every 256th with the largest segment of the index: two seconds at a million models, in which
-- nobody else can write. What "automerge" does with each 64 pages written is bounded, and keeps up
-- (https://sqlite.org/fts5.html, 6.8 and 6.9; more than 2,000 segments are impossible).
INSERT INTO search_words (search_words, rank) VALUES ('crisismerge', 1000);
INSERT INTO search_tag_words (search_tag_words, rank) VALUES ('crisismerge', 1000);
