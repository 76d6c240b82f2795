-- Suites: named sets of made-up payments. Every version is kept; one whose body is null ended the suite.
CREATE TABLE IF NOT EXISTS suites (
    id INTEGER PRIMARY KEY, name TEXT NOT NULL, body TEXT, author TEXT NOT NULL, reason TEXT NOT NULL, at_ms INTEGER NOT NULL);
CREATE INDEX IF NOT EXISTS suites_by_name ON suites (name, id);
