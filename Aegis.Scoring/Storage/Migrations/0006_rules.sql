-- Rules: the versions of their definitions, the steps of their lives, and the sets that these made. A step's id is the set's revision.
CREATE TABLE IF NOT EXISTS rule_versions (
    id INTEGER PRIMARY KEY, name TEXT NOT NULL, version INTEGER NOT NULL, body TEXT NOT NULL,
    UNIQUE (name, version));
CREATE TABLE IF NOT EXISTS rule_sets (id INTEGER PRIMARY KEY, version TEXT NOT NULL UNIQUE, body TEXT NOT NULL, added_at_ms INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS rule_steps (
    id INTEGER PRIMARY KEY, rule_id INTEGER NOT NULL REFERENCES rule_versions, state INTEGER NOT NULL, share REAL NOT NULL,
    author TEXT NOT NULL, reason TEXT NOT NULL, at_ms INTEGER NOT NULL, set_id INTEGER REFERENCES rule_sets);
CREATE INDEX IF NOT EXISTS rule_steps_by_rule ON rule_steps (rule_id, id);
-- Which rules matched which payments; counts holds the totals, which retention leaves alone.
CREATE TABLE IF NOT EXISTS rule_matches (
    sequence INTEGER NOT NULL, rule_id INTEGER NOT NULL, is_live INTEGER NOT NULL,
    PRIMARY KEY (sequence, rule_id)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS rule_matches_by_rule ON rule_matches (rule_id, sequence);
CREATE TABLE IF NOT EXISTS rule_counts (
    rule_id INTEGER PRIMARY KEY REFERENCES rule_versions, matches INTEGER NOT NULL, alone INTEGER NOT NULL, live INTEGER NOT NULL);
-- Null where no rules were in force, and where the rules left the models' outcome as it was.
ALTER TABLE decisions ADD COLUMN rule_set_id INTEGER REFERENCES rule_sets;
ALTER TABLE decisions ADD COLUMN model_outcome INTEGER;
