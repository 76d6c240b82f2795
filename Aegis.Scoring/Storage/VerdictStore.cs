using Aegis.Client;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Aegis.Scoring.Storage;

/// <summary>A verdict to give.</summary>
/// <param name="Kind">The verdict.</param>
/// <param name="Reason">The reason code.</param>
/// <param name="Note">More of why; null for nothing.</param>
internal sealed record NewVerdict(VerdictKind Kind, string Reason, string? Note);

/// <summary>A payment whose verdict can be undone no more and is not a label yet.</summary>
/// <param name="Batch">The verdict.</param>
/// <param name="TransactionId">The transaction.</param>
/// <param name="IsFraud">What the verdict says.</param>
/// <param name="At">When it was given, UTC.</param>
internal sealed record DueLabel(long Batch, string TransactionId, bool IsFraud, DateTimeOffset At);

/// <summary>Keeps verdicts, and the verdict in force of each alert.</summary>
internal sealed class VerdictStore(Store store)
{
    private const int MaxLabels = 500;

    private const string Batches = "SELECT id, verdict, reason, note, author, at_ms, undone_ms, undone_by, undone_why FROM verdict_batches";

    /// <summary>The undecided alerts of a case.</summary>
    public IReadOnlyList<string> Undecided(long id)
    {
        using var connection = store.Connect();
        return [.. connection.Query<string>(
            "SELECT DISTINCT transaction_id FROM case_alerts WHERE case_id = @id AND (verdict IS NULL OR verdict = 2)", new { id })];
    }

    /// <summary>Gives a verdict on transactions, unless somebody else works on a case of theirs.</summary>
    /// <returns>The verdict's number; or the case that somebody else works on.</returns>
    public (long? Batch, CaseSummary? Locked) Give(NewVerdict verdict, IReadOnlyList<string> transactions, CaseActor actor)
    {
        using var connection = store.Connect();
        using var turn = store.Turn.EnterScope();
        using var transaction = connection.BeginTransaction(deferred: false);
        var cases = Cases(connection, transaction, transactions);
        if (cases.Find(found => found.IsLockedFor(actor.Name, actor.At)) is { } locked)
        {
            return (null, locked.ToSummary(actor.At));
        }

        var batch = connection.QuerySingle<long>(
            """
            INSERT INTO verdict_batches (verdict, reason, note, author, at_ms) VALUES (@kind, @Reason, @Note, @Name, @AtMs) RETURNING id
            """,
            new { kind = (int)verdict.Kind, verdict.Reason, verdict.Note, actor.Name, actor.AtMs }, transaction);
        connection.Execute(
            "INSERT INTO verdicts (batch_id, transaction_id) VALUES (@batch, @id)", transactions.Select(id => new { batch, id }),
            transaction);
        var shown = $"{verdict.Kind.ToString().ToLowerInvariant()} ({verdict.Reason}), verdict {batch}";
        Settle(connection, transaction, transactions, cases, actor, "judged", shown);
        transaction.Commit();
        return (batch, null);
    }

    /// <summary>Undoes a verdict that is in force and no label yet.</summary>
    /// <returns>False if there is none.</returns>
    public bool Undo(long batch, CaseActor actor, string why)
    {
        using var connection = store.Connect();
        using var turn = store.Turn.EnterScope();
        using var transaction = connection.BeginTransaction(deferred: false);
        if (connection.Execute(
            """
            UPDATE verdict_batches SET undone_ms = @AtMs, undone_by = @Name, undone_why = @why WHERE id = @batch AND undone_ms IS NULL
                AND NOT EXISTS (SELECT 1 FROM verdicts WHERE batch_id = @batch AND is_labelled = 1)
            """,
            new { batch, actor.AtMs, actor.Name, why }, transaction) == 0)
        {
            return false;
        }

        var transactions = Transactions(connection, transaction, batch);
        var cases = Cases(connection, transaction, transactions);
        Settle(connection, transaction, transactions, cases, actor, "undone", $"verdict {batch}: {why}");
        transaction.Commit();
        return true;
    }

    /// <summary>A verdict; null if there is none.</summary>
    public VerdictReport? Find(long batch, TimeSpan undoable)
    {
        using var connection = store.Connect();
        return connection.Query<Row>($"{Batches} WHERE id = @batch", new { batch })
            .Select(row => Report(connection, row, undoable)).FirstOrDefault();
    }

    /// <summary>The verdicts on a transaction, oldest first.</summary>
    public IReadOnlyList<VerdictReport> Of(string transactionId, TimeSpan undoable)
    {
        using var connection = store.Connect();
        return [.. connection.Query<Row>(
            $"{Batches} WHERE id IN (SELECT batch_id FROM verdicts WHERE transaction_id = @transactionId) ORDER BY id",
            new { transactionId }).AsList().Select(row => Report(connection, row, undoable))];
    }

    /// <summary>Notes values that a verdict put on lists.</summary>
    public void NoteListings(long batch, string list, IReadOnlyList<string> values)
    {
        using var connection = store.Connect();
        using var turn = store.Turn.EnterScope();
        using var transaction = connection.BeginTransaction(deferred: false);
        connection.Execute(
            "INSERT INTO verdict_listings (batch_id, list, value) VALUES (@batch, @list, @value)",
            values.Select(value => new { batch, list, value }), transaction);
        transaction.Commit();
    }

    /// <summary>The values that a verdict put on lists.</summary>
    public IReadOnlyList<(string List, string Value)> Listings(long batch)
    {
        using var connection = store.Connect();
        return [.. connection.Query<(string, string)>(
            "SELECT list, value FROM verdict_listings WHERE batch_id = @batch ORDER BY list, value", new { batch })];
    }

    /// <summary>The verdicts given up to a moment that are to become labels. Of several on a transaction only the last is one.</summary>
    public IReadOnlyList<DueLabel> Due(DateTimeOffset upTo)
    {
        using var connection = store.Connect();
        return [.. connection.Query<(long Batch, string Id, long Kind, long AtMs)>(
            """
            SELECT v.batch_id, v.transaction_id, b.verdict, b.at_ms FROM verdicts v JOIN verdict_batches b ON b.id = v.batch_id
            WHERE v.is_labelled = 0 AND b.undone_ms IS NULL AND b.verdict <> 2 AND b.at_ms <= @upTo AND NOT EXISTS (
                SELECT 1 FROM verdicts w JOIN verdict_batches c ON c.id = w.batch_id
                WHERE w.transaction_id = v.transaction_id AND w.batch_id > v.batch_id AND c.undone_ms IS NULL)
            ORDER BY v.batch_id LIMIT @MaxLabels
            """,
            new { upTo = upTo.ToUnixTimeMilliseconds(), MaxLabels })
            .Select(row => new DueLabel(
                row.Batch, row.Id, row.Kind == (long)VerdictKind.Fraud, DateTimeOffset.FromUnixTimeMilliseconds(row.AtMs)))];
    }

    /// <summary>Notes that verdicts are labels now.</summary>
    public void NoteLabels(IReadOnlyList<DueLabel> labels)
    {
        using var connection = store.Connect();
        using var turn = store.Turn.EnterScope();
        using var transaction = connection.BeginTransaction(deferred: false);
        connection.Execute(
            "UPDATE verdicts SET is_labelled = 1 WHERE batch_id = @Batch AND transaction_id = @TransactionId", labels, transaction);
        transaction.Commit();
    }

    private static List<CaseRow> Cases(SqliteConnection connection, SqliteTransaction transaction, IReadOnlyList<string> transactions) =>
        connection.Query<CaseRow>(
            $"SELECT {CaseRow.Columns} FROM cases WHERE id IN (SELECT case_id FROM case_alerts WHERE transaction_id IN @transactions)",
            new { transactions }, transaction).AsList();

    private static List<string> Transactions(SqliteConnection connection, SqliteTransaction? transaction, long batch) =>
        connection.Query<string>(
            "SELECT transaction_id FROM verdicts WHERE batch_id = @batch ORDER BY transaction_id", new { batch }, transaction).AsList();

    /// <summary>Brings alerts and cases up to date after verdicts changed.</summary>
    private static void Settle(
        SqliteConnection connection, SqliteTransaction transaction, IReadOnlyList<string> transactions, List<CaseRow> cases,
        CaseActor actor, string what, string detail)
    {
        connection.Execute(
            """
            UPDATE case_alerts SET verdict = (
                SELECT b.verdict FROM verdicts v JOIN verdict_batches b ON b.id = v.batch_id
                WHERE v.transaction_id = case_alerts.transaction_id AND b.undone_ms IS NULL ORDER BY v.batch_id DESC LIMIT 1)
            WHERE transaction_id IN @transactions
            """,
            new { transactions }, transaction);
        foreach (var found in cases)
        {
            CaseStore.AddUp(connection, transaction, found.Id, actor.AtMs);
            CaseStore.Note(connection, transaction, found.Id, actor.AtMs, actor.Name, what, detail);
            connection.Execute(
                "UPDATE cases SET owned_until_ms = @UntilMs WHERE id = @Id AND owner = @Name",
                new { found.Id, actor.UntilMs, actor.Name }, transaction);
        }
    }

    private VerdictReport Report(SqliteConnection connection, Row row, TimeSpan undoable)
    {
        var at = DateTimeOffset.FromUnixTimeMilliseconds(row.At_Ms);
        var undone = row.Undone_Ms is { } ms
            ? new VerdictUndone(row.Undone_By!, row.Undone_Why!, DateTimeOffset.FromUnixTimeMilliseconds(ms))
            : null;
        return new VerdictReport(
            row.Id, (VerdictKind)row.Verdict, row.Reason, row.Note, row.Author, at, at + undoable, Transactions(connection, null, row.Id),
            [.. Listings(row.Id).Select(listing => $"{listing.List}: {listing.Value}")], undone);
    }

    private sealed record Row(
        long Id, long Verdict, string Reason, string? Note, string Author, long At_Ms, long? Undone_Ms, string? Undone_By,
        string? Undone_Why);
}
