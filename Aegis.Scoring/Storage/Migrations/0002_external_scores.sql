-- A row where a model that a user brought gave a number, so that decisions of other models cost nothing more.
CREATE TABLE IF NOT EXISTS external_scores (sequence INTEGER PRIMARY KEY REFERENCES decisions, score REAL NOT NULL);
