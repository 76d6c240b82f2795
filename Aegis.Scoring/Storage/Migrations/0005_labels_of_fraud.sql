-- The newest confirmed frauds, by which choices of models are judged.
CREATE INDEX IF NOT EXISTS labels_of_fraud ON labels (labelled_at_ms) WHERE is_fraud = 1;
