using Aegis.Client;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Aegis.Scoring.Storage;

/// <summary>Changes cases. Each change leaves an event, and a case that somebody works on is changed by nobody else.</summary>
internal sealed class CaseStore(Store store)
{
    /// <summary>The event of a closed case that is opened again.</summary>
    public const string Reopened = "reopened";

    private const string CursorNote = "casesUpTo";

    /// <summary>The last decision whose alert was gathered.</summary>
    public long Cursor()
    {
        using var connection = store.Connect();
        return connection.QuerySingle<long>("SELECT CAST(value AS INTEGER) FROM meta WHERE name = @CursorNote", new { CursorNote });
    }

    /// <summary>Puts alerts into the unfinished cases of their cards, and opens cases where there are none.</summary>
    /// <param name="after">The cursor that they were read after. If it has moved since, nothing is done.</param>
    /// <param name="upTo">The cursor after them.</param>
    /// <param name="alerts">The alerts.</param>
    /// <param name="at">The time, UTC.</param>
    public void Gather(long after, long upTo, IReadOnlyList<CaseAlert> alerts, DateTimeOffset at)
    {
        using var connection = store.Connect();
        using var turn = store.Turn.EnterScope();
        using var transaction = connection.BeginTransaction(deferred: false);
        if (connection.Execute(
            "UPDATE meta SET value = @next WHERE name = @CursorNote AND value = @last",
            new { CursorNote, next = $"{upTo}", last = $"{after}" }, transaction) == 0)
        {
            return;
        }

        foreach (var alert in alerts)
        {
            Add(connection, transaction, alert, at.ToUnixTimeMilliseconds());
        }

        transaction.Commit();
    }

    /// <summary>Changes a case that nobody else works on. If its actor does, the time until it is free begins anew.</summary>
    /// <param name="id">The case.</param>
    /// <param name="actor">Who does so.</param>
    /// <param name="what">The event's name.</param>
    /// <param name="detail">The event's detail.</param>
    /// <param name="allowed">The states in which it is allowed.</param>
    /// <param name="changes">What is set besides, as SQL of the case's columns and the actor's values.</param>
    public CaseAnswer Change(
        long id, CaseActor actor, string what, string? detail, ReadOnlySpan<CaseState> allowed, string changes = "")
    {
        using var connection = store.Connect();
        using var turn = store.Turn.EnterScope();
        using var transaction = connection.BeginTransaction(deferred: false);
        if (Find(connection, transaction, id) is not { } found)
        {
            return new CaseAnswer(CaseEnding.Missing, null);
        }

        var isLocked = found.IsLockedFor(actor.Name, actor.At);
        var isTaken = what == Reopened && found.State == (long)CaseState.Closed && HasUnfinished(connection, transaction, found.Card);
        if (isLocked || isTaken || !allowed.Contains((CaseState)found.State))
        {
            return new CaseAnswer(isLocked ? CaseEnding.Locked : CaseEnding.Refused, found.ToSummary(actor.At));
        }

        connection.Execute(
            $"""
            UPDATE cases SET changed_ms = @AtMs,
                owned_until_ms = CASE WHEN owner = @Name THEN @UntilMs ELSE owned_until_ms END{(changes.Length > 0 ? $", {changes}" : "")}
            WHERE id = @id
            """,
            new { id, actor.AtMs, actor.UntilMs, actor.Name }, transaction);
        Note(connection, transaction, id, actor.AtMs, actor.Name, what, detail);
        var changed = Find(connection, transaction, id)!;
        transaction.Commit();
        return new CaseAnswer(CaseEnding.Done, changed.ToSummary(actor.At));
    }

    /// <summary>A case; null if there is none.</summary>
    public static CaseRow? Find(SqliteConnection connection, SqliteTransaction? transaction, long id) =>
        connection.QuerySingleOrDefault<CaseRow>($"SELECT {CaseRow.Columns} FROM cases WHERE id = @id", new { id }, transaction);

    /// <summary>Leaves an event.</summary>
    public static void Note(
        SqliteConnection connection, SqliteTransaction transaction, long id, long atMs, string author, string what, string? detail) =>
        connection.Execute(
            "INSERT INTO case_events (case_id, at_ms, author, kind, detail) VALUES (@id, @atMs, @author, @what, @detail)",
            new { id, atMs, author, what, detail }, transaction);

    /// <summary>Adds up a case's alerts anew. It is closed once all are decided, and opened again if one is not any more.</summary>
    public static void AddUp(SqliteConnection connection, SqliteTransaction transaction, long id, long atMs) => connection.Execute(
        """
        UPDATE cases SET (alerts, undecided, amount, priority) = (
                SELECT COUNT(*), COUNT(*) FILTER (WHERE verdict IS NULL OR verdict = 2), COALESCE(SUM(amount), 0),
                    COALESCE(SUM(amount * odds) FILTER (WHERE verdict IS NULL OR verdict = 2), 0)
                FROM case_alerts WHERE case_id = @id), changed_ms = @atMs
        WHERE id = @id;
        UPDATE cases SET state = CASE WHEN undecided = 0 THEN 2 WHEN state = 2 THEN 0 ELSE state END WHERE id = @id
            AND (state < 2 OR undecided > 0 AND NOT EXISTS (
                SELECT 1 FROM cases other WHERE other.card = cases.card AND other.state < 2 AND other.id <> cases.id))
        """,
        new { id, atMs }, transaction);

    private static bool HasUnfinished(SqliteConnection connection, SqliteTransaction transaction, string card) =>
        connection.ExecuteScalar<bool>(
            "SELECT EXISTS (SELECT 1 FROM cases WHERE card = @card AND state < 2)", new { card }, transaction);

    private static void Add(SqliteConnection connection, SqliteTransaction transaction, CaseAlert alert, long atMs)
    {
        var id = connection.QuerySingleOrDefault<long?>(
            """
            UPDATE cases SET state = 0, changed_ms = @atMs, alerts = alerts + 1, undecided = undecided + 1, amount = amount + @Amount,
                priority = priority + @Amount * @Odds
            WHERE card = @Card AND state < 2 RETURNING id
            """,
            new { atMs, alert.Amount, alert.Odds, alert.Card }, transaction);
        if (id is null)
        {
            id = connection.QuerySingle<long>(
                """
                INSERT INTO cases (card, state, opened_ms, changed_ms, alerts, undecided, amount, priority)
                VALUES (@Card, 0, @atMs, @atMs, 1, 1, @Amount, @Amount * @Odds) RETURNING id
                """,
                new { atMs, alert.Amount, alert.Odds, alert.Card }, transaction);
            Note(connection, transaction, id.Value, atMs, "Aegis", "opened", alert.TransactionId);
        }

        connection.Execute(
            """
            INSERT INTO case_alerts (sequence, case_id, transaction_id, event_ms, outcome, amount, risk, odds)
            VALUES (@Sequence, @id, @TransactionId, @EventMs, @Outcome, @Amount, @Risk, @Odds)
            """,
            new { alert.Sequence, id, alert.TransactionId, alert.EventMs, alert.Outcome, alert.Amount, alert.Risk, alert.Odds },
            transaction);
    }
}
