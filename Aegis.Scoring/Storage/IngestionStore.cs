using System.Text.Json;
using Aegis.Core.Decisions;
using Aegis.Core.Ingestions;
using Dapper;

namespace Aegis.Scoring.Storage;

/// <summary>Keeps the newest runs of ingestion.</summary>
internal sealed class IngestionStore(Store store)
{
    /// <summary>The most runs kept.</summary>
    public const int MaxRuns = 1_000;

    private const string Columns = "id, format, file, started_at_ms AS StartedAtMs, ended_at_ms AS EndedAtMs, received, accepted, refused, duplicates, faults, faults_left_out AS FaultsLeftOut";

    /// <summary>Adds runs, and drops the oldest beyond <see cref="MaxRuns"/>. A run that is there stays.</summary>
    public void Add(IReadOnlyList<IngestionRun> runs)
    {
        using var connection = store.Connect();
        using var turn = store.Turn.EnterScope();
        using var transaction = connection.BeginTransaction(deferred: false);
        connection.Execute(
            """
            INSERT OR IGNORE INTO ingestions (id, format, file, started_at_ms, ended_at_ms, received, accepted, refused, duplicates, faults, faults_left_out)
            VALUES (@Id, @Format, @File, @StartedAtMs, @EndedAtMs, @Received, @Accepted, @Refused, @Duplicates, @Faults, @FaultsLeftOut)
            """,
            runs.Select(Row.Of), transaction);
        connection.Execute(
            "DELETE FROM ingestions WHERE id IN (SELECT id FROM ingestions ORDER BY ended_at_ms DESC, id DESC LIMIT -1 OFFSET @MaxRuns)",
            new { MaxRuns }, transaction);
        transaction.Commit();
    }

    /// <summary>The newest runs, newest first, without their faults.</summary>
    public IReadOnlyList<IngestionRun> List(int limit)
    {
        using var connection = store.Connect();
        return [.. connection.Query<Row>($"SELECT {Columns} FROM ingestions ORDER BY ended_at_ms DESC, id DESC LIMIT @limit", new { limit })
            .Select(row => row.ToRun() with { Faults = null })];
    }

    /// <summary>One run with its faults; null if there is none of this id.</summary>
    public IngestionRun? Find(string id)
    {
        using var connection = store.Connect();
        return connection.QuerySingleOrDefault<Row>($"SELECT {Columns} FROM ingestions WHERE id = @id", new { id })?.ToRun();
    }

    private sealed class Row
    {
        public string Id { get; init; } = "";
        public string Format { get; init; } = "";
        public string? File { get; init; }
        public long StartedAtMs { get; init; }
        public long EndedAtMs { get; init; }
        public long Received { get; init; }
        public long Accepted { get; init; }
        public long Refused { get; init; }
        public long Duplicates { get; init; }
        public string Faults { get; init; } = "[]";
        public long FaultsLeftOut { get; init; }

        public static Row Of(IngestionRun run) => new()
        {
            Id = run.Id, Format = run.Format, File = run.File, StartedAtMs = run.StartedAt.ToUnixTimeMilliseconds(),
            EndedAtMs = run.EndedAt.ToUnixTimeMilliseconds(), Received = run.Received, Accepted = run.Accepted, Refused = run.Refused,
            Duplicates = run.Duplicates, Faults = JsonSerializer.Serialize(run.Faults ?? [], AegisJson.Options),
            FaultsLeftOut = run.FaultsLeftOut,
        };

        public IngestionRun ToRun() => new()
        {
            Id = Id, Format = Format, File = File, StartedAt = DateTimeOffset.FromUnixTimeMilliseconds(StartedAtMs),
            EndedAt = DateTimeOffset.FromUnixTimeMilliseconds(EndedAtMs), Received = Received, Accepted = Accepted, Refused = Refused,
            Duplicates = Duplicates, Faults = JsonSerializer.Deserialize<List<IngestionFault>>(Faults, AegisJson.Options),
            FaultsLeftOut = FaultsLeftOut,
        };
    }
}
