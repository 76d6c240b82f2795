using System.Text.Json;
using Aegis.Client;
using Aegis.Core.Decisions;
using Dapper;

namespace Aegis.Scoring.Storage;

/// <summary>Keeps backtests.</summary>
internal sealed class BacktestStore(Store store)
{
    private const int MaxListed = 100;
    private const string Columns = "id, state, author, reason, at_ms AS AtMs, request, result, fault";

    /// <summary>Adds a backtest that runs.</summary>
    public BacktestReport Add(BacktestRequest request, DateTimeOffset at)
    {
        using var connection = store.Connect();
        using var turn = store.Turn.EnterScope();
        return connection.QuerySingle<Row>(
            $"""
            INSERT INTO backtests (author, reason, at_ms, request, state) VALUES (@By, @Why, @atMs, @json, 0) RETURNING {Columns}
            """,
            new
            {
                request.By, request.Why, atMs = at.ToUnixTimeMilliseconds(), json = JsonSerializer.Serialize(request, AegisJson.Options),
            }).ToReport();
    }

    /// <summary>Ends a backtest.</summary>
    public void End(long id, BacktestState state, BacktestResult? result = null, string? fault = null)
    {
        using var connection = store.Connect();
        using var turn = store.Turn.EnterScope();
        connection.Execute(
            "UPDATE backtests SET state = @state, result = @json, fault = @fault WHERE id = @id",
            new { id, state = (int)state, json = result is null ? null : JsonSerializer.Serialize(result, AegisJson.Options), fault });
    }

    /// <summary>Ends what a process left when it stopped.</summary>
    public void EndAll()
    {
        using var connection = store.Connect();
        using var turn = store.Turn.EnterScope();
        connection.Execute("UPDATE backtests SET state = 2 WHERE state = 0");
    }

    /// <summary>A backtest; null if there is none.</summary>
    public BacktestReport? Find(long id)
    {
        using var connection = store.Connect();
        return connection.QuerySingleOrDefault<Row>($"SELECT {Columns} FROM backtests WHERE id = @id", new { id })?.ToReport();
    }

    /// <summary>The newest, newest first, without their results.</summary>
    public IReadOnlyList<BacktestReport> List()
    {
        using var connection = store.Connect();
        return [.. connection.Query<Row>($"SELECT {Columns} FROM backtests ORDER BY id DESC LIMIT @MaxListed", new { MaxListed })
            .Select(row => row.ToReport() with { Result = null })];
    }

    private sealed class Row
    {
        public long Id { get; init; }
        public long State { get; init; }
        public string Author { get; init; } = "";
        public string Reason { get; init; } = "";
        public long AtMs { get; init; }
        public string Request { get; init; } = "";
        public string? Result { get; init; }
        public string? Fault { get; init; }

        public BacktestReport ToReport() => new(
            Id, (BacktestState)State, State == (long)BacktestState.Done ? 1 : 0, Author, Reason,
            DateTimeOffset.FromUnixTimeMilliseconds(AtMs), JsonSerializer.Deserialize<BacktestRequest>(Request, AegisJson.Options)!,
            Result is null ? null : JsonSerializer.Deserialize<BacktestResult>(Result, AegisJson.Options), Fault);
    }
}
