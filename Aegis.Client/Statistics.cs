namespace Aegis.Client;

/// <summary>Totals of one country.</summary>
public sealed record CountryCount(string Country, long Decided, long Flagged, long Declined);

/// <summary>What <c>GET /statistics</c> answers and the live feed's roll-ups carry.</summary>
public sealed record Statistics
{
    /// <summary>Transactions decided.</summary>
    public required long Decided { get; init; }

    /// <summary>Of these reviewed or declined.</summary>
    public required long Flagged { get; init; }

    /// <summary>Of these declined.</summary>
    public required long Declined { get; init; }

    /// <summary>Entries that could not be decided.</summary>
    public required long DeadLetters { get; init; }

    /// <summary>Transactions met again and not decided again.</summary>
    public required long Duplicates { get; init; }

    /// <summary>Transactions that only fed card histories.</summary>
    public required long History { get; init; }

    /// <summary>Totals by country, most flagged first.</summary>
    public required IReadOnlyList<CountryCount> ByCountry { get; init; }

    /// <summary>Decisions per 50 points of score, 20 buckets.</summary>
    public required IReadOnlyList<long> ScoreHistogram { get; init; }

    /// <summary>Decisions a second over the last 10 seconds.</summary>
    public required double ThroughputPerSecond { get; init; }

    /// <summary>From append to decision, of recent decisions.</summary>
    public required LatencySummary LatencyMs { get; init; }

    /// <summary>Age of the newest entry taken from the log when it was taken, seconds: how far deciding lags behind.</summary>
    public required double LagSeconds { get; init; }

    /// <summary>The model in force.</summary>
    public required string ModelVersion { get; init; }

    /// <summary>When these numbers were read, UTC.</summary>
    public required DateTimeOffset At { get; init; }
}

/// <summary>Latency of recent decisions, milliseconds; zeros where there was none.</summary>
public sealed record LatencySummary(double P50, double P95, double P99);
