-- Backtests: what was asked, and what was found.
CREATE TABLE IF NOT EXISTS backtests (
    id INTEGER PRIMARY KEY, author TEXT NOT NULL, reason TEXT NOT NULL, at_ms INTEGER NOT NULL, request TEXT NOT NULL,
    state INTEGER NOT NULL, result TEXT, fault TEXT);
