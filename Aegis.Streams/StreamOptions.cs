using System.ComponentModel.DataAnnotations;

namespace Aegis.Streams;

/// <summary>The log's shape. All processes of one installation agree on it.</summary>
public sealed class StreamOptions
{
    /// <summary>Configuration section.</summary>
    public const string Section = "Streams";

    /// <summary>The number of shards, 1 to 1,024; recorded in the store at the first start.</summary>
    [Range(1, 1024)]
    public int ShardCount { get; set; } = 16;

    /// <summary>The most log entries taken from a shard in one read, 1 to 10,000; fewer if entries are large.</summary>
    [Range(1, 10_000)]
    public int ReadBatch { get; set; } = 500;

    /// <summary>The approximate number of messages that the live feed keeps, 100 to 1,000,000.</summary>
    [Range(100, 1_000_000)]
    public int LiveFeedLength { get; set; } = 2_000;

    /// <summary>How long a lease outlives its holder, milliseconds, 500 to 60,000. It is renewed six times in that time.</summary>
    [Range(500, 60_000)]
    public int LeaseMs { get; set; } = 3_000;

    /// <summary>The number of replicas that must have an append before it is accepted, 0 to 5; 0 relies on the server's own disk.</summary>
    [Range(0, 5)]
    public int ConfirmReplicas { get; set; }

    /// <summary>How long an append waits for its replicas, milliseconds, 10 to 60,000.</summary>
    [Range(10, 60_000)]
    public int ConfirmTimeoutMs { get; set; } = 1_000;
}
