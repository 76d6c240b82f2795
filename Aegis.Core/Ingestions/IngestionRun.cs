namespace Aegis.Core.Ingestions;

/// <summary>One pass of many transactions into the log: a replayed file, an NDJSON body, or an array.</summary>
/// <remarks>Received is the sum of accepted, refused and duplicates.</remarks>
public sealed record IngestionRun
{
    /// <summary>Identifies the run.</summary>
    public required string Id { get; init; }

    /// <summary>What the transactions came in: <c>csv</c>, <c>ndjson</c> or <c>array</c>.</summary>
    public required string Format { get; init; }

    /// <summary>The name of the file; null over HTTP.</summary>
    public string? File { get; init; }

    /// <summary>When it began, UTC.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>When it ended, UTC.</summary>
    public required DateTimeOffset EndedAt { get; init; }

    /// <summary>The number of lines or items that were read.</summary>
    public required long Received { get; init; }

    /// <summary>The number of new transactions in the log.</summary>
    public required long Accepted { get; init; }

    /// <summary>The number of lines or items with a fault.</summary>
    public required long Refused { get; init; }

    /// <summary>The number of transactions that came before, in this run or in one that is remembered. They are not
    /// decided again.</summary>
    public required long Duplicates { get; init; }

    /// <summary>The first faults, in order; null in a list of runs.</summary>
    public IReadOnlyList<IngestionFault>? Faults { get; init; }

    /// <summary>The number of faults beyond these.</summary>
    public long FaultsLeftOut { get; init; }
}
