-- The JSON of a table of exchange rates, its codes in order.
CREATE TABLE IF NOT EXISTS rate_tables (version TEXT PRIMARY KEY, body TEXT NOT NULL, added_at_ms INTEGER NOT NULL);
