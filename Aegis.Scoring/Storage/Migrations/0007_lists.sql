-- Lists, and the entries that came and went. What is in force at a revision is what came at or before it and has not left by then.
CREATE TABLE IF NOT EXISTS lists (
    id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, subject INTEGER NOT NULL, effect INTEGER NOT NULL, description TEXT,
    author TEXT NOT NULL, reason TEXT NOT NULL, at_ms INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS list_revisions (id INTEGER PRIMARY KEY, author TEXT NOT NULL, reason TEXT NOT NULL, at_ms INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS list_entries (
    id INTEGER PRIMARY KEY, list_id INTEGER NOT NULL REFERENCES lists, value TEXT NOT NULL, reason TEXT, until_ms INTEGER,
    added INTEGER NOT NULL REFERENCES list_revisions, removed INTEGER REFERENCES list_revisions);
CREATE UNIQUE INDEX IF NOT EXISTS list_entries_there ON list_entries (list_id, value) WHERE removed IS NULL;
CREATE INDEX IF NOT EXISTS list_entries_by_list ON list_entries (list_id, id);
CREATE INDEX IF NOT EXISTS list_entries_added ON list_entries (added);
CREATE INDEX IF NOT EXISTS list_entries_removed ON list_entries (removed) WHERE removed IS NOT NULL;
-- A rule that decides nothing for a card or merchant for a while. They share the revisions of lists.
CREATE TABLE IF NOT EXISTS snoozes (
    id INTEGER PRIMARY KEY, rule TEXT NOT NULL, subject INTEGER NOT NULL, value TEXT NOT NULL, until_ms INTEGER NOT NULL,
    added INTEGER NOT NULL REFERENCES list_revisions, removed INTEGER REFERENCES list_revisions);
CREATE UNIQUE INDEX IF NOT EXISTS snoozes_there ON snoozes (rule, subject, value) WHERE removed IS NULL;
-- The entries of deciding lists that payments stood on.
CREATE TABLE IF NOT EXISTS list_matches (
    sequence INTEGER NOT NULL, entry_id INTEGER NOT NULL, PRIMARY KEY (sequence, entry_id)) WITHOUT ROWID;
-- Null before the first change of a list.
ALTER TABLE decisions ADD COLUMN lists_revision INTEGER;
