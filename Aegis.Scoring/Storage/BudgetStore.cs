using Aegis.Core.Budgets;
using Dapper;

namespace Aegis.Scoring.Storage;

/// <summary>Keeps every change of the daily budget.</summary>
internal sealed class BudgetStore(Store store)
{
    private const string Columns = """
        id, alerts_a_day AS AlertsADay, alerts_per_ten_thousand AS PerTenThousand, floor_score AS FloorScore,
        minutes_a_day AS MinutesADay, minutes_an_alert AS MinutesAnAlert, author, reason, at_ms AS AtMs
        """;

    /// <summary>Notes a change; a budget of null ends the one before.</summary>
    public StoredBudget Add(DailyBudget? budget, double? minutesADay, double? minutesAnAlert, ListAuthor author)
    {
        using var connection = store.Connect();
        using var turn = store.Turn.EnterScope();
        return connection.QuerySingle<Row>(
            $"""
            INSERT INTO budgets (alerts_a_day, alerts_per_ten_thousand, floor_score, minutes_a_day, minutes_an_alert, author, reason, at_ms)
            VALUES (@AlertsADay, @AlertsPerTenThousand, @floor, @minutesADay, @minutesAnAlert, @Name, @Reason, @atMs) RETURNING {Columns}
            """,
            new
            {
                budget?.AlertsADay, budget?.AlertsPerTenThousand, floor = budget?.FloorScore ?? 0, minutesADay, minutesAnAlert,
                author.Name, author.Reason, atMs = author.At.ToUnixTimeMilliseconds(),
            }).ToBudget();
    }

    /// <summary>Notes a first budget, unless there was a change already. Several processes may do so at once.</summary>
    public void AddFirst(DailyBudget budget, ListAuthor author)
    {
        using var connection = store.Connect();
        using var turn = store.Turn.EnterScope();
        connection.Execute(
            """
            INSERT INTO budgets (alerts_a_day, alerts_per_ten_thousand, floor_score, author, reason, at_ms)
            SELECT @AlertsADay, @AlertsPerTenThousand, @FloorScore, @Name, @Reason, @atMs WHERE NOT EXISTS (SELECT 1 FROM budgets)
            """,
            new
            {
                budget.AlertsADay, budget.AlertsPerTenThousand, budget.FloorScore, author.Name, author.Reason,
                atMs = author.At.ToUnixTimeMilliseconds(),
            });
    }

    /// <summary>The changes, newest first.</summary>
    public IReadOnlyList<StoredBudget> Newest(int limit)
    {
        using var connection = store.Connect();
        return [.. connection.Query<Row>($"SELECT {Columns} FROM budgets ORDER BY id DESC LIMIT @limit", new { limit })
            .Select(row => row.ToBudget())];
    }

    private sealed class Row
    {
        public long Id { get; init; }
        public double? AlertsADay { get; init; }
        public double? PerTenThousand { get; init; }
        public double FloorScore { get; init; }
        public double? MinutesADay { get; init; }
        public double? MinutesAnAlert { get; init; }
        public required string Author { get; init; }
        public required string Reason { get; init; }
        public long AtMs { get; init; }

        public StoredBudget ToBudget() => new(
            Id, AlertsADay is null && PerTenThousand is null ? null : new DailyBudget(AlertsADay, PerTenThousand, FloorScore),
            MinutesADay, MinutesAnAlert, new ListAuthor(Author, Reason, DateTimeOffset.FromUnixTimeMilliseconds(AtMs)));
    }
}
