using System.ComponentModel.DataAnnotations;
using Aegis.Streams.Volumes;

namespace Aegis.Scoring;

/// <summary>Settings of the scoring service: paths, guards and limits.</summary>
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

    /// <summary>The file of the key under which card numbers are exchanged for tokens: 32 bytes, mode 0600; made at the
    /// first start.</summary>
    [Required]
    public string TokenKeyPath { get; set; } = "";

    /// <summary>A JSON file with exchange rates; without it, the shipped table.</summary>
    public string? RatesPath { get; set; }

    /// <summary>Callers must send this as <c>X-Api-Key</c>, 16 characters or more; without it the service answers loopback
    /// callers only.</summary>
    [RegularExpression("|.{16,}", ErrorMessage = "Scoring:ApiKey is too short; allowed: 16 characters or more, or nothing.")]
    public string? ApiKey { get; set; }

    /// <summary>The most decisions stored in one transaction, 1 to 100,000.</summary>
    [Range(1, 100_000)]
    public int CommitBatch { get; set; } = 5_000;

    /// <summary>The longest time that a caller waits for a decision, milliseconds, 10 to 60,000.</summary>
    [Range(10, 60_000)]
    public int DecisionTimeoutMs { get; set; } = 2_000;

    /// <summary>Ordinary decisions traced per second, in addition to every flagged one; 0 to 10,000.</summary>
    [Range(0, 10_000)]
    public int SampledTracesPerSecond { get; set; } = 2;

    /// <summary>This process's name among those that share the shards: 1 to 64 of A-Z a-z 0-9 . _ and hyphen. It must
    /// be the same after a restart.</summary>
    [RegularExpression("[A-Za-z0-9._-]{1,64}")]
    public string Instance { get; set; } = "scoring";

    /// <summary>Entries of a shard between two snapshots of its histories, 1,000 to 100,000,000. After a crash about as
    /// many entries are read again, at most about twice as many.</summary>
    [Range(1_000, 100_000_000)]
    public int SnapshotEntries { get; set; } = 50_000;

    /// <summary>The most transaction ids remembered to recognise duplicates, 100,000 to 10,000,000, in equal shares for
    /// the shards. An id takes 40 bytes; the table is allocated at the start.</summary>
    [Range(100_000, 10_000_000)]
    public int RememberedIds { get; set; } = 10_000_000;

    /// <summary>Whether a new store on a new log begins with the rules of the starter pack, in shadow. <c>./aegis up</c> sets it to
    /// true.</summary>
    public bool StarterRules { get; set; }

    /// <summary>The daily budget of a new store on a new log: payments to review per 10,000, 0 to 10,000; 0 for none, so that the
    /// model's own threshold holds. <c>./aegis up</c> sets it to 100.</summary>
    [Range(0.0, 10_000.0)]
    public double StarterBudget { get; set; }

    /// <summary>True to let channels post to addresses of private networks. Otherwise they post to public addresses and to this machine
    /// alone.</summary>
    public bool PrivateReceivers { get; set; }

    /// <summary>Minutes that a claimed case waits for its owner's next step before it is free again, 1 to 1,440.</summary>
    [Range(1, 1_440)]
    public int CaseIdleMinutes { get; set; } = 15;

    /// <summary>The longest lag of decisions behind appends before callers get 503, seconds, 1 to 3,600.</summary>
    [Range(1, 3_600)]
    public int LagLimitSeconds { get; set; } = 10;

    /// <summary>Seconds between two barriers of facts, 0 to 86,400. All shards know what a shard counted one to two
    /// intervals later. 0 leaves barriers to the producer, as in a replay.</summary>
    [Range(0, 86_400)]
    public int FactsIntervalSeconds { get; set; } = 60;

    /// <summary>True to trim the log below what snapshots hold safely on disk. False if something else reads the log
    /// too and an operator trims it.</summary>
    public bool TrimLog { get; set; } = true;

    /// <summary>Hours between two fits of the model's calibration on recent payments, 0 to 8,760; 0 leaves it to
    /// <c>POST /models/calibration</c>.</summary>
    [Range(0, 8_760)]
    public int RecalibrateHours { get; set; }

    /// <summary>Days after which decisions and dead letters are deleted, 0 to 36,500; 0 keeps them. Once a decision is
    /// deleted, its id counts as new: if it is sent again, it is decided again.</summary>
    [Range(0, 36_500)]
    public int StoreRetentionDays { get; set; }

    /// <summary>Size in GiB above which the oldest decisions are deleted, 0 to 1,000,000; 0 for no limit. The file
    /// itself does not shrink; freed pages are used again.</summary>
    [Range(0.0, 1_000_000.0)]
    public double StoreMaxGiB { get; set; }

    /// <summary>Free space in MiB below which payments over HTTP get 503, 0 to 1,048,576; 0 refuses none. It is kept on
    /// the store's volume and on that of <c>RedisFolder</c>. Payments are accepted again with a tenth more.</summary>
    [Range(0, 1_048_576)]
    public int ReserveMiB { get; set; } = Reserve.UsualMiB;

    /// <summary>The most connections that callers may have open at once, 1 to 100,000; further ones are closed at once. Keep it well below
    /// the process's limit of open files (<c>ulimit -n</c>): store and Redis need some too.</summary>
    [Range(1, 100_000)]
    public int MaxConnections { get; set; } = 1_000;

    /// <summary>The folder of Redis' files if Redis runs on this machine, so that its volume is watched too;
    /// <c>./aegis up</c> sets it for its own redis-server.</summary>
    [ExistingFolder]
    public string? RedisFolder { get; set; }
}
