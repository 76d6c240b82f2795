-- The tables of a new store, which stores of the releases before migrations have already.
-- Decisions are appended in the order of their commit: a key of (shard, position) put rows into as many places as there are shards and was half as fast.
-- That each position is decided once is the fence's work. Ids and cards are found by index_parts, built behind the hot path.
-- barrier_ms is the last barrier that a shard has passed, facts_ms the fact version that it reads since.

CREATE TABLE IF NOT EXISTS shards (
    shard INTEGER PRIMARY KEY,
    position_ms INTEGER NOT NULL, position_seq INTEGER NOT NULL,
    snapshot_ms INTEGER NOT NULL, snapshot_seq INTEGER NOT NULL,
    barrier_ms INTEGER NOT NULL, facts_ms INTEGER NOT NULL,
    epoch INTEGER NOT NULL);

CREATE TABLE IF NOT EXISTS fact_counts (interval_end_ms INTEGER NOT NULL, shard INTEGER NOT NULL, data BLOB NOT NULL, PRIMARY KEY (interval_end_ms, shard));
CREATE TABLE IF NOT EXISTS fact_tables (version_ms INTEGER NOT NULL, part INTEGER NOT NULL, parts INTEGER NOT NULL, data BLOB NOT NULL, PRIMARY KEY (version_ms, part));

CREATE TABLE IF NOT EXISTS snapshot_parts (
    shard INTEGER NOT NULL, kind INTEGER NOT NULL, part INTEGER NOT NULL, position_ms INTEGER NOT NULL, position_seq INTEGER NOT NULL,
    count INTEGER NOT NULL, data BLOB NOT NULL,
    PRIMARY KEY (shard, kind, part, position_ms, position_seq));

CREATE TABLE IF NOT EXISTS bundles (version TEXT PRIMARY KEY, body BLOB NOT NULL, added_at_ms INTEGER NOT NULL);

CREATE TABLE IF NOT EXISTS versions (
    id INTEGER PRIMARY KEY,
    model TEXT NOT NULL, schema_hash TEXT NOT NULL, rates TEXT NOT NULL,
    UNIQUE (model, schema_hash, rates));

CREATE TABLE IF NOT EXISTS decisions (
    sequence INTEGER PRIMARY KEY,
    shard INTEGER NOT NULL, position_ms INTEGER NOT NULL, position_seq INTEGER NOT NULL, item INTEGER NOT NULL,
    id_hash INTEGER NOT NULL, card_hash INTEGER NOT NULL, country INTEGER NOT NULL,
    outcome INTEGER NOT NULL, is_late INTEGER NOT NULL, risk REAL NOT NULL, version_id INTEGER NOT NULL REFERENCES versions, facts_ms INTEGER NOT NULL, decided_at_us INTEGER NOT NULL,
    transaction_body BLOB NOT NULL, scores BLOB NOT NULL, trace_parent TEXT);

CREATE TABLE IF NOT EXISTS alerts (
    sequence INTEGER PRIMARY KEY REFERENCES decisions,
    outcome INTEGER NOT NULL, country INTEGER NOT NULL, reasons TEXT NOT NULL, recent_payments TEXT NOT NULL);

CREATE TABLE IF NOT EXISTS labels (
    id_hash INTEGER NOT NULL, position_ms INTEGER NOT NULL, position_seq INTEGER NOT NULL, shard INTEGER NOT NULL,
    id TEXT NOT NULL, is_fraud INTEGER NOT NULL, labelled_at_ms INTEGER NOT NULL, is_counted INTEGER NOT NULL,
    PRIMARY KEY (id_hash, position_ms, position_seq, shard)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS labels_by_position ON labels (shard, position_ms, position_seq, is_counted);

CREATE TABLE IF NOT EXISTS index_segments (
    segment INTEGER PRIMARY KEY,
    level INTEGER NOT NULL, first_sequence INTEGER NOT NULL, last_sequence INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS index_parts (
    kind INTEGER NOT NULL, segment INTEGER NOT NULL, first_hash INTEGER NOT NULL, part INTEGER NOT NULL, data BLOB NOT NULL,
    PRIMARY KEY (kind, segment, first_hash, part));

CREATE TABLE IF NOT EXISTS dead_letters (
    shard INTEGER NOT NULL, position_ms INTEGER NOT NULL, position_seq INTEGER NOT NULL, item INTEGER NOT NULL, kind INTEGER NOT NULL,
    reason TEXT NOT NULL, payload BLOB NOT NULL, first_seen_ms INTEGER NOT NULL, driven_again_ms INTEGER,
    PRIMARY KEY (shard, position_ms, position_seq, item)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS dead_letters_by_age ON dead_letters (position_ms, position_seq, shard, item);

CREATE TABLE IF NOT EXISTS counts (name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS country_counts (
    country TEXT PRIMARY KEY, decided INTEGER NOT NULL, flagged INTEGER NOT NULL, declined INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS score_counts (bucket INTEGER PRIMARY KEY, value INTEGER NOT NULL);
