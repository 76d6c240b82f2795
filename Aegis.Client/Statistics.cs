namespace Aegis.Client;

/// <summary>Totals of one country.</summary>
public sealed record CountryCount(string Country, long Decided, long Flagged, long Declined);

/// <summary>The answer of <c>GET /statistics</c>, and the content of the live feed's roll-ups.</summary>
public sealed record Statistics
{
    /// <summary>The number of transactions decided.</summary>
    public required long Decided { get; init; }

    /// <summary>The number of these that were reviewed or declined.</summary>
    public required long Flagged { get; init; }

    /// <summary>The number of these that were declined.</summary>
    public required long Declined { get; init; }

    /// <summary>The number of entries that could not be decided.</summary>
    public required long DeadLetters { get; init; }

    /// <summary>The number of transactions met again and not decided again.</summary>
    public required long Duplicates { get; init; }

    /// <summary>The number of transactions that only fed card histories.</summary>
    public required long History { get; init; }

    /// <summary>Totals by country, the most flagged first.</summary>
    public required IReadOnlyList<CountryCount> ByCountry { get; init; }

    /// <summary>Decisions per 50 points of score, 20 buckets.</summary>
    public required IReadOnlyList<long> ScoreHistogram { get; init; }

    /// <summary>Decisions a second over the last 10 seconds.</summary>
    public required double ThroughputPerSecond { get; init; }

    /// <summary>The throughput up to the newest decision, which stands still once traffic has ended; null before the
    /// first decision since the service started.</summary>
    public MeasuredThroughput? LastThroughput { get; init; }

    /// <summary>The time from append to decision, over recent decisions.</summary>
    public required LatencySummary LatencyMs { get; init; }

    /// <summary>How far decisions lag behind appends, seconds: the age of the oldest entry that is read and not decided.</summary>
    public required double LagSeconds { get; init; }

    /// <summary>The model in force.</summary>
    public required string ModelVersion { get; init; }

    /// <summary>The volumes that hold the store and, where the service knows its folder, the log.</summary>
    public IReadOnlyList<VolumeReport> Volumes { get; init; } = [];

    /// <summary>When these numbers were read, UTC.</summary>
    public required DateTimeOffset At { get; init; }
}

/// <summary>A rate that was measured.</summary>
/// <param name="PerSecond">Decisions a second over the 10 seconds up to <paramref name="At"/>.</param>
/// <param name="At">The end of these 10 seconds, UTC.</param>
public sealed record MeasuredThroughput(double PerSecond, DateTimeOffset At);

/// <summary>The latency of recent decisions, milliseconds; zeros if there were none.</summary>
public sealed record LatencySummary(double P50, double P95, double P99);
