-- The budget: its changes; both amounts are null where one ended it.
CREATE TABLE IF NOT EXISTS budgets (
    id INTEGER PRIMARY KEY, alerts_a_day REAL, alerts_per_ten_thousand REAL, floor_score REAL NOT NULL,
    minutes_a_day REAL, minutes_an_alert REAL, author TEXT NOT NULL, reason TEXT NOT NULL, at_ms INTEGER NOT NULL);
-- What a shard has decided since its last barrier, what shards published at barriers, and what all published up to a version.
CREATE TABLE IF NOT EXISTS shard_scores (shard INTEGER PRIMARY KEY, data BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS fact_scores (interval_end_ms INTEGER NOT NULL, shard INTEGER NOT NULL, data BLOB NOT NULL, PRIMARY KEY (interval_end_ms, shard));
CREATE TABLE IF NOT EXISTS score_trends (version_ms INTEGER PRIMARY KEY, data BLOB NOT NULL);
-- The thresholds that decisions compared their risk with; null for decisions of releases before.
CREATE TABLE IF NOT EXISTS thresholds (
    id INTEGER PRIMARY KEY, review_at REAL NOT NULL, review_width REAL NOT NULL, review_ties REAL NOT NULL, decline_at REAL NOT NULL,
    decline_ties REAL NOT NULL, UNIQUE (review_at, review_width, review_ties, decline_at, decline_ties));
ALTER TABLE decisions ADD COLUMN threshold_id INTEGER REFERENCES thresholds;
