-- Who changed what, and who looked at a full record: each entry holds the hash of the one before. Nothing updates or deletes them.
CREATE TABLE IF NOT EXISTS audit (
    number INTEGER PRIMARY KEY, at_ms INTEGER NOT NULL, who TEXT NOT NULL, action TEXT NOT NULL, subject TEXT NOT NULL,
    status INTEGER NOT NULL, digest TEXT NOT NULL, before TEXT NOT NULL, hash TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS audit_by_who ON audit (who, number);
