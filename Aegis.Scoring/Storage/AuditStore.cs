using System.Security.Cryptography;
using System.Text.Json;
using Aegis.Client;
using Dapper;

namespace Aegis.Scoring.Storage;

/// <summary>Something to put into the audit trail.</summary>
/// <param name="At">When it happened, UTC.</param>
/// <param name="Who">Who did it.</param>
/// <param name="Action">The method and the route.</param>
/// <param name="Subject">What it was about.</param>
/// <param name="Status">The HTTP status of the answer.</param>
/// <param name="Digest">The digest of the request's values.</param>
internal sealed record AuditedCall(DateTimeOffset At, string Who, string Action, string Subject, int Status, string Digest);

/// <summary>The audit trail: a chain of entries, each with the hash of the one before.</summary>
internal sealed class AuditStore(Store store)
{
    private const string Columns = "number, at_ms AS AtMs, who, action, subject, status, digest, before, hash";
    private static readonly string Beginning = new('0', 64);

    /// <summary>Appends entries. Several processes may do so at once.</summary>
    public void Append(IReadOnlyList<AuditedCall> calls)
    {
        using var connection = store.Connect();
        using var turn = store.Turn.EnterScope();
        using var transaction = connection.BeginTransaction(deferred: false);
        var last = connection.QuerySingleOrDefault<Row>(
            $"SELECT {Columns} FROM audit ORDER BY number DESC LIMIT 1", transaction: transaction);
        var (number, before) = (last?.Number ?? 0, last?.Hash ?? Beginning);
        foreach (var call in calls)
        {
            var atMs = call.At.ToUnixTimeMilliseconds();
            var row = new Row
            {
                Number = ++number, AtMs = atMs, Who = call.Who, Action = call.Action, Subject = call.Subject, Status = call.Status,
                Digest = call.Digest, Before = before, Hash = "",
            };
            before = row.ComputeHash();
            connection.Execute(
                """
                INSERT INTO audit (number, at_ms, who, action, subject, status, digest, before, hash)
                VALUES (@Number, @AtMs, @Who, @Action, @Subject, @Status, @Digest, @Before, @hash)
                """,
                new
                {
                    row.Number, row.AtMs, row.Who, row.Action, row.Subject, row.Status, row.Digest, row.Before, hash = before,
                }, transaction);
        }

        transaction.Commit();
    }

    /// <summary>A page, newest first.</summary>
    public IReadOnlyList<AuditEntry> List(string? who, long? before, int limit)
    {
        using var connection = store.Connect();
        return [.. connection.Query<Row>(
            $"""
            SELECT {Columns} FROM audit WHERE (@who IS NULL OR who = @who) AND (@before IS NULL OR number < @before)
            ORDER BY number DESC LIMIT @limit
            """,
            new { who, before, limit }).Select(row => row.ToEntry())];
    }

    /// <summary>All entries, oldest first.</summary>
    public IEnumerable<AuditEntry> All()
    {
        using var connection = store.Connect();
        foreach (var row in connection.Query<Row>($"SELECT {Columns} FROM audit ORDER BY number", buffered: false))
        {
            yield return row.ToEntry();
        }
    }

    /// <summary>Checks the chain.</summary>
    /// <param name="last">The hash of an entry that was the last one once; null if none is known.</param>
    public AuditVerification Verify(string? last)
    {
        using var connection = store.Connect();
        var (count, before, isLastFound) = (0L, Beginning, last is null || last == Beginning);
        foreach (var row in connection.Query<Row>($"SELECT {Columns} FROM audit ORDER BY number", buffered: false))
        {
            var fault = row.Number != count + 1 ? $"Entry {count + 1} is missing."
                : row.Before != before ? $"Entry {row.Number} does not follow on the one before it."
                : row.Hash != row.ComputeHash() ? $"Entry {row.Number} does not say what it said."
                : null;
            if (fault is not null)
            {
                return new AuditVerification(false, count, count + 1, fault, before);
            }

            (count, before) = (row.Number, row.Hash);
            isLastFound |= before == last;
        }

        return isLastFound
            ? new AuditVerification(true, count, null, null, before)
            : new AuditVerification(false, count, count + 1, $"No entry has the hash '{last}': the entries up to it were cut off or made anew.", before);
    }

    private sealed class Row
    {
        public long Number { get; init; }
        public long AtMs { get; init; }
        public required string Who { get; init; }
        public required string Action { get; init; }
        public required string Subject { get; init; }
        public int Status { get; init; }
        public required string Digest { get; init; }
        public required string Before { get; init; }
        public required string Hash { get; init; }

        /// <summary>The hash over all other values, as a JSON array: no value can run into the next.</summary>
        public string ComputeHash() => Convert.ToHexStringLower(SHA256.HashData(
            JsonSerializer.SerializeToUtf8Bytes(new object[] { Number, AtMs, Who, Action, Subject, Status, Digest, Before })));

        public AuditEntry ToEntry() =>
            new(Number, DateTimeOffset.FromUnixTimeMilliseconds(AtMs), Who, Action, Subject, Status, Digest, Before, Hash);
    }
}
