-- Channels that messages go to, who changed them, and the messages. A message is kept until it was taken or given up.
CREATE TABLE IF NOT EXISTS channels (
    id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, settings TEXT NOT NULL, secret TEXT NOT NULL, secret_before TEXT,
    secret_changed_ms INTEGER NOT NULL, removed INTEGER NOT NULL DEFAULT 0);
CREATE TABLE IF NOT EXISTS channel_changes (
    id INTEGER PRIMARY KEY, channel_id INTEGER NOT NULL REFERENCES channels, what TEXT NOT NULL, author TEXT NOT NULL,
    reason TEXT NOT NULL, at_ms INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS outbox (
    id INTEGER PRIMARY KEY, channel_id INTEGER NOT NULL REFERENCES channels, event TEXT NOT NULL, body TEXT NOT NULL,
    created_ms INTEGER NOT NULL, due_ms INTEGER NOT NULL, tries INTEGER NOT NULL DEFAULT 0, state INTEGER NOT NULL DEFAULT 0,
    fault TEXT, ended_ms INTEGER);
CREATE INDEX IF NOT EXISTS outbox_by_channel ON outbox (channel_id, state, id);
CREATE INDEX IF NOT EXISTS outbox_ended ON outbox (ended_ms) WHERE ended_ms IS NOT NULL;
-- How far alerts and dead letters were told. What was there before channels is not told.
INSERT INTO meta (name, value) SELECT 'alertsTold', CAST(COALESCE(MAX(sequence), 0) AS TEXT) FROM alerts WHERE 1 ON CONFLICT (name) DO NOTHING;
INSERT INTO meta (name, value) SELECT 'deadLettersTold', CAST(COALESCE(SUM(value), 0) AS TEXT) FROM counts WHERE name = 'deadLetters' ON CONFLICT (name) DO NOTHING;
