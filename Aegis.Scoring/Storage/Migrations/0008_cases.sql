-- Cases gather the alerts of a card until all have a verdict. What was flagged before cases stays outside of them.
CREATE TABLE IF NOT EXISTS cases (
    id INTEGER PRIMARY KEY, card TEXT NOT NULL, state INTEGER NOT NULL, opened_ms INTEGER NOT NULL, changed_ms INTEGER NOT NULL,
    alerts INTEGER NOT NULL, undecided INTEGER NOT NULL, amount REAL NOT NULL, priority REAL NOT NULL,
    owner TEXT, owned_until_ms INTEGER);
CREATE UNIQUE INDEX IF NOT EXISTS cases_unfinished ON cases (card) WHERE state < 2;
CREATE INDEX IF NOT EXISTS cases_by_card ON cases (card, id);
CREATE INDEX IF NOT EXISTS cases_by_priority ON cases (state, priority, id);
-- The values of an alert that a case needs; they outlive the decision. verdict is that in force, odds what the risk stood for.
CREATE TABLE IF NOT EXISTS case_alerts (
    sequence INTEGER PRIMARY KEY, case_id INTEGER NOT NULL REFERENCES cases, transaction_id TEXT NOT NULL, event_ms INTEGER NOT NULL,
    outcome INTEGER NOT NULL, amount REAL NOT NULL, risk REAL NOT NULL, odds REAL NOT NULL, verdict INTEGER);
CREATE INDEX IF NOT EXISTS case_alerts_by_case ON case_alerts (case_id, sequence);
CREATE INDEX IF NOT EXISTS case_alerts_by_transaction ON case_alerts (transaction_id);
-- Verdicts are given in batches of one and more; an undone batch counts for nothing.
CREATE TABLE IF NOT EXISTS verdict_batches (
    id INTEGER PRIMARY KEY, verdict INTEGER NOT NULL, reason TEXT NOT NULL, note TEXT, author TEXT NOT NULL, at_ms INTEGER NOT NULL,
    undone_ms INTEGER, undone_by TEXT, undone_why TEXT);
CREATE TABLE IF NOT EXISTS verdicts (
    batch_id INTEGER NOT NULL REFERENCES verdict_batches, transaction_id TEXT NOT NULL, is_labelled INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (batch_id, transaction_id));
CREATE INDEX IF NOT EXISTS verdicts_by_transaction ON verdicts (transaction_id, batch_id);
CREATE INDEX IF NOT EXISTS verdicts_without_label ON verdicts (batch_id) WHERE is_labelled = 0;
-- The values that a verdict put on lists, so that its undoing takes them off.
CREATE TABLE IF NOT EXISTS verdict_listings (
    batch_id INTEGER NOT NULL REFERENCES verdict_batches, list TEXT NOT NULL, value TEXT NOT NULL,
    PRIMARY KEY (batch_id, list, value));
CREATE TABLE IF NOT EXISTS case_events (
    id INTEGER PRIMARY KEY, case_id INTEGER NOT NULL REFERENCES cases, at_ms INTEGER NOT NULL, author TEXT NOT NULL, kind TEXT NOT NULL,
    detail TEXT);
CREATE INDEX IF NOT EXISTS case_events_by_case ON case_events (case_id, id);
CREATE TABLE IF NOT EXISTS case_files (
    id INTEGER PRIMARY KEY, case_id INTEGER NOT NULL REFERENCES cases, name TEXT NOT NULL, length INTEGER NOT NULL, sha256 TEXT NOT NULL,
    author TEXT NOT NULL, at_ms INTEGER NOT NULL, body BLOB NOT NULL);
CREATE INDEX IF NOT EXISTS case_files_by_case ON case_files (case_id, id);
INSERT INTO meta (name, value) SELECT 'casesUpTo', COALESCE(MAX(sequence), 0) FROM decisions WHERE 1 ON CONFLICT (name) DO NOTHING;
