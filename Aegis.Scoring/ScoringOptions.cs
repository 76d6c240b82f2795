using System.ComponentModel.DataAnnotations;

namespace Aegis.Scoring;

/// <summary>Where the scoring service keeps things and how it is guarded.</summary>
internal sealed class ScoringOptions
{
    /// <summary>Configuration section.</summary>
    public const string Section = "Scoring";

    /// <summary>The SQLite file.</summary>
    [Required]
    public string StorePath { get; set; } = "";

    /// <summary>The model bundle.</summary>
    [Required]
    public string ModelPath { get; set; } = "";

    /// <summary>The key that card numbers are exchanged under: 32 bytes, mode 0600; made at first start.</summary>
    [Required]
    public string TokenKeyPath { get; set; } = "";

    /// <summary>A JSON file with exchange rates; the shipped table without it.</summary>
    public string? RatesPath { get; set; }

    /// <summary>Callers must send this as <c>X-Api-Key</c>; without it the service answers loopback callers only.</summary>
    public string? ApiKey { get; set; }

    /// <summary>The most decisions stored in one transaction, 1 to 100,000.</summary>
    [Range(1, 100_000)]
    public int CommitBatch { get; set; } = 5_000;

    /// <summary>How long a caller waits for a decision, milliseconds, 10 to 60,000.</summary>
    [Range(10, 60_000)]
    public int DecisionTimeoutMs { get; set; } = 2_000;

    /// <summary>Ordinary decisions traced per second, beside every flagged one; 0 to 10,000.</summary>
    [Range(0, 10_000)]
    public int SampledTracesPerSecond { get; set; } = 2;

    /// <summary>This process's name among those that share the shards, 1 to 64 of A-Z a-z 0-9 . _ and hyphen; the same after a
    /// restart.</summary>
    [RegularExpression("[A-Za-z0-9._-]{1,64}")]
    public string Instance { get; set; } = "scoring";

    /// <summary>Entries of a shard after which its histories are snapshotted, 1,000 to 100,000,000: so many are read again after a crash,
    /// at most about twice.</summary>
    [Range(1_000, 100_000_000)]
    public int SnapshotEntries { get; set; } = 50_000;

    /// <summary>The most transaction ids remembered to recognise duplicates, 100,000 to 10,000,000, the same share for each shard; 40 bytes
    /// each, the table taken at start.</summary>
    [Range(100_000, 10_000_000)]
    public int RememberedIds { get; set; } = 10_000_000;

    /// <summary>How far deciding may lag behind appending before callers get 503, seconds, 1 to 3,600.</summary>
    [Range(1, 3_600)]
    public int LagLimitSeconds { get; set; } = 10;

    /// <summary>Seconds between two barriers of facts, 0 to 86,400: what shards count is known to all one to two of them later. 0 leaves
    /// barriers to the producer, as a replay does.</summary>
    [Range(0, 86_400)]
    public int FactsIntervalSeconds { get; set; } = 60;

    /// <summary>True to trim the log below what snapshots remember and the disk holds; false where something else reads the log too and an
    /// operator trims it.</summary>
    public bool TrimLog { get; set; } = true;

    /// <summary>Hours after which the model's calibration is fitted anew on recent payments, 0 to 8,760; 0 leaves it to <c>POST
    /// /models/calibration</c>.</summary>
    [Range(0, 8_760)]
    public int RecalibrateHours { get; set; }

    /// <summary>Days after which decisions and dead letters are deleted, 0 to 36,500; 0 keeps them. An id that is sent again after its
    /// decision was deleted is decided again.</summary>
    [Range(0, 36_500)]
    public int StoreRetentionDays { get; set; }

    /// <summary>Size in GiB above which the oldest decisions are deleted, 0 to 1,000,000; 0 for no limit. The file itself does not shrink:
    /// freed pages are used again.</summary>
    [Range(0.0, 1_000_000.0)]
    public double StoreMaxGiB { get; set; }
}
