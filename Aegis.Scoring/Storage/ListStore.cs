using Aegis.Core.Decisions;
using Aegis.Rules.Lists;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Aegis.Scoring.Storage;

/// <summary>Changes lists and snoozes. It keeps every entry that came or left, and by which revision.</summary>
internal sealed class ListStore(Store store)
{
    /// <summary>The most entries of all lists together that are not removed.</summary>
    public const int MaxEntries = 1_000_000;

    /// <summary>Makes a list.</summary>
    /// <returns>False if there is one of this name.</returns>
    public bool TryAdd(string name, ListSubject of, ListEffect effect, string? description, ListAuthor author)
    {
        using var connection = store.Connect();
        using var turn = store.Turn.EnterScope();
        return connection.Execute(
            """
            INSERT INTO lists (name, subject, effect, description, author, reason, at_ms)
            VALUES (@name, @subject, @effect, @description, @Name, @Reason, @atMs) ON CONFLICT (name) DO NOTHING
            """,
            new
            {
                name, subject = (int)of, effect = (int)effect, description, author.Name, author.Reason,
                atMs = author.At.ToUnixTimeMilliseconds(),
            }) == 1;
    }

    /// <summary>Puts entries on a list. A value that stands there gets the new reason and end.</summary>
    /// <param name="list">The list.</param>
    /// <param name="entries">The entries; of several of one value the last counts.</param>
    /// <param name="replaces">True to remove all others.</param>
    /// <param name="author">Who does so.</param>
    /// <returns>Null if there would be more than <see cref="MaxEntries"/>; nothing is changed then.</returns>
    public ListEffects? Put(ListInfo list, IReadOnlyList<NewEntry> entries, bool replaces, ListAuthor author)
    {
        using var connection = store.Connect();
        // Beside the store, so that the store is locked for two statements and not for every entry.
        using var incoming = new IncomingEntries(connection, entries);
        using var turn = store.Turn.EnterScope();
        using var transaction = connection.BeginTransaction(deferred: false);
        var revision = Begin(connection, transaction, author);
        var removed = connection.Execute(
            $"""
            UPDATE list_entries SET removed = @revision WHERE list_id = @Id AND removed IS NULL AND (
                EXISTS (SELECT 1 FROM {IncomingEntries.Table} i WHERE i.value = list_entries.value
                    AND (i.reason IS DISTINCT FROM list_entries.reason OR i.until_ms IS DISTINCT FROM list_entries.until_ms))
                OR (@replaces AND NOT EXISTS (SELECT 1 FROM {IncomingEntries.Table} i WHERE i.value = list_entries.value)))
            """,
            new { revision, list.Id, replaces }, transaction);
        var added = connection.Execute(
            $"""
            INSERT INTO list_entries (list_id, value, reason, until_ms, added)
            SELECT @Id, i.value, i.reason, i.until_ms, @revision FROM {IncomingEntries.Table} i
            WHERE NOT EXISTS (SELECT 1 FROM list_entries e WHERE e.list_id = @Id AND e.value = i.value AND e.removed IS NULL)
            """,
            new { revision, list.Id }, transaction);
        var all = added <= removed ? 0 : connection.ExecuteScalar<long>(
            "SELECT COUNT(*) FROM list_entries WHERE removed IS NULL", transaction: transaction);
        return all > MaxEntries ? null : End(transaction, revision, added, removed);
    }

    /// <summary>Removes values from a list.</summary>
    public ListEffects Remove(ListInfo list, IReadOnlyList<string> values, ListAuthor author)
    {
        using var connection = store.Connect();
        using var incoming = new IncomingEntries(connection, [.. values.Select(value => new NewEntry(value, null, null))]);
        using var turn = store.Turn.EnterScope();
        using var transaction = connection.BeginTransaction(deferred: false);
        var revision = Begin(connection, transaction, author);
        var removed = connection.Execute(
            $"""
            UPDATE list_entries SET removed = @revision
            WHERE list_id = @Id AND removed IS NULL AND value IN (SELECT value FROM {IncomingEntries.Table})
            """,
            new { revision, list.Id }, transaction);
        return End(transaction, revision, added: 0, removed);
    }

    /// <summary>Begins a snooze, or gives one that is there another end.</summary>
    public ListEffects Snooze(string rule, ListSubject of, string value, DateTimeOffset until, ListAuthor author)
    {
        using var connection = store.Connect();
        using var turn = store.Turn.EnterScope();
        using var transaction = connection.BeginTransaction(deferred: false);
        var revision = Begin(connection, transaction, author);
        var snooze = new { revision, rule, subject = (int)of, value, untilMs = until.ToUnixTimeMilliseconds() };
        var removed = connection.Execute(
            "UPDATE snoozes SET removed = @revision WHERE rule = @rule AND subject = @subject AND value = @value AND removed IS NULL",
            snooze, transaction);
        connection.Execute(
            "INSERT INTO snoozes (rule, subject, value, until_ms, added) VALUES (@rule, @subject, @value, @untilMs, @revision)",
            snooze, transaction);
        return End(transaction, revision, added: 1, removed);
    }

    /// <summary>Ends a snooze.</summary>
    public ListEffects EndSnooze(long id, ListAuthor author)
    {
        using var connection = store.Connect();
        using var turn = store.Turn.EnterScope();
        using var transaction = connection.BeginTransaction(deferred: false);
        var revision = Begin(connection, transaction, author);
        var removed = connection.Execute(
            "UPDATE snoozes SET removed = @revision WHERE id = @id AND removed IS NULL", new { revision, id }, transaction);
        return End(transaction, revision, added: 0, removed);
    }

    private static long Begin(SqliteConnection connection, SqliteTransaction transaction, ListAuthor author) =>
        connection.QuerySingle<long>(
            "INSERT INTO list_revisions (author, reason, at_ms) VALUES (@Name, @Reason, @atMs) RETURNING id",
            new { author.Name, author.Reason, atMs = author.At.ToUnixTimeMilliseconds() }, transaction);

    /// <summary>Keeps what a change did. A change that did nothing leaves no revision.</summary>
    private static ListEffects End(SqliteTransaction transaction, long revision, int added, int removed)
    {
        if (added + removed == 0)
        {
            return new ListEffects(revision - 1, 0, 0);
        }

        transaction.Commit();
        return new ListEffects(revision, added, removed);
    }
}
