using Aegis.Client;
using Aegis.Core.Decisions;
using Dapper;

namespace Aegis.Scoring.Storage;

/// <summary>Which cases are wanted.</summary>
/// <param name="States">Their states.</param>
/// <param name="Owner">Who works on them; null for all.</param>
/// <param name="Card">The card; null for all.</param>
/// <param name="ByPriority">True for the largest expected loss first, false for the oldest first.</param>
/// <param name="After">The last case of the page before; null for the first page.</param>
/// <param name="Limit">The most cases.</param>
internal sealed record CaseQuery(
    IReadOnlyList<CaseState> States, string? Owner, string? Card, bool ByPriority, (double Priority, long Id)? After, int Limit);

/// <summary>Reads cases for people.</summary>
internal sealed class CaseReader(Store store)
{
    private const int MaxAlerts = 1_000;

    /// <summary>A page of cases.</summary>
    public IReadOnlyList<CaseRow> List(CaseQuery query, DateTimeOffset now)
    {
        using var connection = store.Connect();
        var (order, after) = query.ByPriority
            ? ("priority DESC, id DESC", "(priority, id) < (@priority, @id)")
            : ("id", "id > @id");
        return [.. connection.Query<CaseRow>(
            $"""
            SELECT {CaseRow.Columns} FROM cases WHERE state IN @states
                AND (@Owner IS NULL OR owner = @Owner AND owned_until_ms > @now) AND (@Card IS NULL OR card = @Card)
                {(query.After is null ? "" : $"AND {after}")} ORDER BY {order} LIMIT @Limit
            """,
            new
            {
                states = query.States.Select(state => (int)state), query.Owner, query.Card, now = now.ToUnixTimeMilliseconds(), query.Limit,
                priority = query.After?.Priority, id = query.After?.Id,
            })];
    }

    /// <summary>The number of cases by state.</summary>
    public IReadOnlyDictionary<CaseState, long> Counts()
    {
        using var connection = store.Connect();
        return connection.Query<(long State, long Count)>("SELECT state, COUNT(*) FROM cases WHERE state < 2 GROUP BY state")
            .ToDictionary(row => (CaseState)row.State, row => row.Count);
    }

    /// <summary>A case with all that belongs to it; null if there is none.</summary>
    public CaseReport? Find(long id, DateTimeOffset now)
    {
        using var connection = store.Connect();
        if (CaseStore.Find(connection, transaction: null, id) is not { } found)
        {
            return null;
        }

        var alerts = connection.Query<(string Id, long EventMs, long Outcome, double Amount, double Risk, long? Verdict)>(
            """
            SELECT transaction_id, event_ms, outcome, amount, risk, verdict FROM case_alerts WHERE case_id = @id
            ORDER BY sequence DESC LIMIT @MaxAlerts
            """,
            new { id, MaxAlerts });
        var events = connection.Query<(long AtMs, string By, string What, string? Detail)>(
            "SELECT at_ms, author, kind, detail FROM case_events WHERE case_id = @id ORDER BY id", new { id });
        var files = connection.Query<(long Id, string Name, long Bytes, string Sha256, string By, long AtMs)>(
            "SELECT id, name, length, sha256, author, at_ms FROM case_files WHERE case_id = @id ORDER BY id", new { id });
        return new CaseReport(
            found.ToSummary(now),
            [.. alerts.Select(row => new CaseAlertReport(
                row.Id, Time(row.EventMs), (DecisionOutcome)row.Outcome, Math.Round(row.Amount, 2), row.Risk, (VerdictKind?)row.Verdict))],
            [.. events.Select(row => new CaseEvent(Time(row.AtMs), row.By, row.What, row.Detail))],
            [.. files.Select(row => new CaseFileReport(row.Id, row.Name, row.Bytes, row.Sha256, row.By, Time(row.AtMs)))]);
    }

    /// <summary>Of decided alerts by whole numbers of risk, how many there were and how many were fraud.</summary>
    public IReadOnlyDictionary<int, (long Frauds, long All)> Judged()
    {
        using var connection = store.Connect();
        return connection.Query<(long Band, long Frauds, long All)>(
            """
            SELECT CAST(risk AS INTEGER), COUNT(*) FILTER (WHERE verdict = 0), COUNT(*) FROM case_alerts
            WHERE verdict IN (0, 1) GROUP BY 1
            """).ToDictionary(row => (int)row.Band, row => (row.Frauds, row.All));
    }

    private static DateTimeOffset Time(long ms) => DateTimeOffset.FromUnixTimeMilliseconds(ms);
}
