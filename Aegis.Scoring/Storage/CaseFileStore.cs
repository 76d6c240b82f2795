using System.Security.Cryptography;
using Aegis.Client;
using Dapper;

namespace Aegis.Scoring.Storage;

/// <summary>Keeps the files of cases.</summary>
internal sealed class CaseFileStore(Store store)
{
    /// <summary>The largest file, in bytes.</summary>
    public const int MaxBytes = 5_000_000;

    /// <summary>The most files of a case.</summary>
    public const int MaxFiles = 20;

    /// <summary>Adds a file to a case that nobody else works on.</summary>
    /// <returns>The file; null for it if the case has as many as it may.</returns>
    public (CaseAnswer Answer, CaseFileReport? File) Add(long id, string name, byte[] body, CaseActor actor)
    {
        using var connection = store.Connect();
        using var turn = store.Turn.EnterScope();
        using var transaction = connection.BeginTransaction(deferred: false);
        if (CaseStore.Find(connection, transaction, id) is not { } found)
        {
            return (new CaseAnswer(CaseEnding.Missing, null), null);
        }

        var isFull = connection.ExecuteScalar<long>(
            "SELECT COUNT(*) FROM case_files WHERE case_id = @id", new { id }, transaction) >= MaxFiles;
        if (isFull || found.IsLockedFor(actor.Name, actor.At))
        {
            return (new CaseAnswer(isFull ? CaseEnding.Refused : CaseEnding.Locked, found.ToSummary(actor.At)), null);
        }

        var sha256 = Convert.ToHexStringLower(SHA256.HashData(body));
        var file = connection.QuerySingle<long>(
            """
            INSERT INTO case_files (case_id, name, length, sha256, author, at_ms, body)
            VALUES (@id, @name, @Length, @sha256, @Name, @AtMs, @body) RETURNING id
            """,
            new { id, name, body.Length, sha256, actor.Name, actor.AtMs, body }, transaction);
        CaseStore.Note(connection, transaction, id, actor.AtMs, actor.Name, "filed", name);
        transaction.Commit();
        return (
            new CaseAnswer(CaseEnding.Done, found.ToSummary(actor.At)),
            new CaseFileReport(file, name, body.Length, sha256, actor.Name, DateTimeOffset.FromUnixTimeMilliseconds(actor.AtMs)));
    }

    /// <summary>A file of a case; null if there is none.</summary>
    public (string Name, byte[] Body)? Find(long id, long file)
    {
        using var connection = store.Connect();
        return connection.Query<(string, byte[])>("SELECT name, body FROM case_files WHERE id = @file AND case_id = @id", new { file, id })
            .Select(row => ((string, byte[])?)row).FirstOrDefault();
    }
}
