namespace Aegis.Scoring.Storage;

/// <summary>The store's tables.</summary>
internal static class Schema
{
    /// <summary>Grows with every change of the tables.</summary>
    public const int Version = 1;

    /// <summary>Everything, created where it is missing.</summary>
    public const string Create = """
        CREATE TABLE IF NOT EXISTS meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

        CREATE TABLE IF NOT EXISTS shards (
            shard INTEGER PRIMARY KEY,
            position_ms INTEGER NOT NULL,
            position_seq INTEGER NOT NULL,
            epoch INTEGER NOT NULL);

        CREATE TABLE IF NOT EXISTS versions (
            id INTEGER PRIMARY KEY,
            model TEXT NOT NULL, schema_hash TEXT NOT NULL, rates TEXT NOT NULL,
            UNIQUE (model, schema_hash, rates));

        CREATE TABLE IF NOT EXISTS decisions (
            shard INTEGER NOT NULL, position_ms INTEGER NOT NULL, position_seq INTEGER NOT NULL,
            id_hash INTEGER NOT NULL, card_token TEXT NOT NULL, country TEXT NOT NULL,
            outcome INTEGER NOT NULL, risk REAL NOT NULL,
            transaction_body BLOB NOT NULL, features BLOB NOT NULL,
            forest_score REAL NOT NULL, autoencoder_score REAL NOT NULL, forest_percentile REAL NOT NULL, autoencoder_percentile REAL NOT NULL,
            reasons TEXT, recent_payments TEXT,
            version_id INTEGER NOT NULL REFERENCES versions, trace_id TEXT NOT NULL,
            decided_at_ms INTEGER NOT NULL, latency_ms REAL NOT NULL,
            PRIMARY KEY (shard, position_ms, position_seq)) WITHOUT ROWID;
        CREATE INDEX IF NOT EXISTS decisions_by_id ON decisions (id_hash);
        CREATE INDEX IF NOT EXISTS decisions_by_time ON decisions (position_ms, position_seq, shard);
        CREATE INDEX IF NOT EXISTS decisions_flagged ON decisions (position_ms, position_seq, shard) WHERE outcome > 0;
        CREATE INDEX IF NOT EXISTS decisions_by_card ON decisions (card_token, position_ms);

        CREATE TABLE IF NOT EXISTS dead_letters (
            shard INTEGER NOT NULL, position_ms INTEGER NOT NULL, position_seq INTEGER NOT NULL, item INTEGER NOT NULL,
            reason TEXT NOT NULL, payload BLOB NOT NULL, first_seen_ms INTEGER NOT NULL,
            PRIMARY KEY (shard, position_ms, position_seq, item)) WITHOUT ROWID;

        CREATE TABLE IF NOT EXISTS counts (name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS country_counts (
            country TEXT PRIMARY KEY, decided INTEGER NOT NULL, flagged INTEGER NOT NULL, declined INTEGER NOT NULL) WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS score_counts (bucket INTEGER PRIMARY KEY, value INTEGER NOT NULL);
        """;
}
