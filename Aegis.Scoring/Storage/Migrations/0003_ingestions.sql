-- One row a run of ingestion; faults is the JSON of its first faults.
CREATE TABLE IF NOT EXISTS ingestions (
    id TEXT PRIMARY KEY,
    format TEXT NOT NULL, file TEXT,
    started_at_ms INTEGER NOT NULL, ended_at_ms INTEGER NOT NULL,
    received INTEGER NOT NULL, accepted INTEGER NOT NULL, refused INTEGER NOT NULL, duplicates INTEGER NOT NULL,
    faults TEXT NOT NULL, faults_left_out INTEGER NOT NULL);
CREATE INDEX IF NOT EXISTS ingestions_by_end ON ingestions (ended_at_ms, id);
