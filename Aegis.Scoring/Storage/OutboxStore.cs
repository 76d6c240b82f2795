using System.Text.Json;
using Aegis.Client;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Aegis.Scoring.Storage;

/// <summary>A message to put into the outbox.</summary>
/// <param name="Channel">The channel's number.</param>
/// <param name="Event">What it is about.</param>
/// <param name="Body">What is sent, as JSON.</param>
internal readonly record struct NewMessage(long Channel, NoticeKind Event, string Body);

/// <summary>A message that is to be sent now.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Body">What is sent.</param>
/// <param name="Tries">How often it was tried.</param>
/// <param name="CreatedMs">When it was made, Unix milliseconds.</param>
/// <param name="DueMs">When it is due, Unix milliseconds.</param>
internal sealed record DueMessage(long Id, string Body, int Tries, long CreatedMs, long DueMs);

/// <summary>Keeps messages until they were taken or given up.</summary>
internal sealed class OutboxStore(Store store)
{
    /// <summary>How far alerts were told: the number of a decision.</summary>
    public const string AlertsTold = "alertsTold";

    /// <summary>How many dead letters were told.</summary>
    public const string DeadLettersTold = "deadLettersTold";

    private const int DroppedAtOnce = 500;
    private const string Columns =
        "o.id, c.name, o.event, o.state, o.created_ms AS CreatedMs, o.tries, o.due_ms AS DueMs, o.fault, o.body";

    /// <summary>How far something was told.</summary>
    public long Told(string cursor)
    {
        using var connection = store.Connect();
        return connection.QuerySingle<long>("SELECT CAST(value AS INTEGER) FROM meta WHERE name = @cursor", new { cursor });
    }

    /// <summary>The dead letters counted so far.</summary>
    public long DeadLetters()
    {
        using var connection = store.Connect();
        return connection.ExecuteScalar<long?>("SELECT value FROM counts WHERE name = 'deadLetters'") ?? 0;
    }

    /// <summary>Puts messages into the outbox and moves the cursor past what they tell, both or neither. If the cursor has moved
    /// since, nothing is done.</summary>
    public void Tell(string cursor, long from, long to, IReadOnlyList<NewMessage> messages, DateTimeOffset at)
    {
        using var connection = store.Connect();
        using var turn = store.Turn.EnterScope();
        using var transaction = connection.BeginTransaction(deferred: false);
        if (connection.Execute(
            "UPDATE meta SET value = @next WHERE name = @cursor AND value = @last", new { cursor, next = $"{to}", last = $"{from}" },
            transaction) == 1)
        {
            Add(connection, transaction, messages, at);
            transaction.Commit();
        }
    }

    /// <summary>Puts messages into the outbox.</summary>
    /// <returns>The number of the last.</returns>
    public long Add(IReadOnlyList<NewMessage> messages, DateTimeOffset at)
    {
        using var connection = store.Connect();
        using var turn = store.Turn.EnterScope();
        using var transaction = connection.BeginTransaction(deferred: false);
        var last = Add(connection, transaction, messages, at);
        transaction.Commit();
        return last;
    }

    /// <summary>The oldest message that waits in a channel; null if none does.</summary>
    public DueMessage? Head(long channel)
    {
        using var connection = store.Connect();
        return connection.Query<(long Id, string Body, int Tries, long Created, long Due)>(
            "SELECT id, body, tries, created_ms, due_ms FROM outbox WHERE channel_id = @channel AND state = 0 ORDER BY id LIMIT 1",
            new { channel }).Select(row => new DueMessage(row.Id, row.Body, row.Tries, row.Created, row.Due)).FirstOrDefault();
    }

    /// <summary>The messages of a channel that were taken since a time.</summary>
    public int SentSince(long channel, DateTimeOffset since)
    {
        using var connection = store.Connect();
        return connection.ExecuteScalar<int>(
            "SELECT COUNT(*) FROM outbox WHERE channel_id = @channel AND state = 1 AND ended_ms > @sinceMs",
            new { channel, sinceMs = since.ToUnixTimeMilliseconds() });
    }

    /// <summary>Notes that the receiver took a message.</summary>
    public void Sent(long id, DateTimeOffset at) => Execute(
        "UPDATE outbox SET state = 1, tries = tries + 1, fault = NULL, ended_ms = @atMs WHERE id = @id",
        new { id, atMs = at.ToUnixTimeMilliseconds() });

    /// <summary>Notes that a try failed.</summary>
    /// <param name="id">The message.</param>
    /// <param name="fault">Why.</param>
    /// <param name="next">When it is tried next; null to give it up.</param>
    /// <param name="at">The time, UTC.</param>
    public void Failed(long id, string fault, DateTimeOffset? next, DateTimeOffset at) => Execute(
        """
        UPDATE outbox SET tries = tries + 1, fault = @fault, due_ms = COALESCE(@dueMs, due_ms), state = CASE WHEN @dueMs IS NULL THEN 2 ELSE 0 END,
            ended_ms = CASE WHEN @dueMs IS NULL THEN @atMs END
        WHERE id = @id
        """,
        new { id, fault, dueMs = next?.ToUnixTimeMilliseconds(), atMs = at.ToUnixTimeMilliseconds() });

    /// <summary>Tries messages again that were given up: one, or all of a channel.</summary>
    /// <returns>Their number.</returns>
    public int Retry(long? id, long? channel, DateTimeOffset at) => Execute(
        """
        UPDATE outbox SET state = 0, due_ms = @atMs, created_ms = @atMs, tries = 0, ended_ms = NULL
        WHERE state = 2 AND (id = @id OR channel_id = @channel)
        """,
        new { id, channel, atMs = at.ToUnixTimeMilliseconds() });

    /// <summary>Deletes some messages that were taken before a time.</summary>
    public void Drop(DateTimeOffset before) => Execute(
        "DELETE FROM outbox WHERE id IN (SELECT id FROM outbox WHERE state = 1 AND ended_ms < @beforeMs LIMIT @DroppedAtOnce)",
        new { beforeMs = before.ToUnixTimeMilliseconds(), DroppedAtOnce });

    /// <summary>A page of messages, newest first.</summary>
    public IReadOnlyList<OutboxMessage> List(string? channel, MessageState? state, long? before, int limit)
    {
        using var connection = store.Connect();
        return [.. connection.Query<Row>(
            $"""
            SELECT {Columns} FROM outbox o JOIN channels c ON c.id = o.channel_id
            WHERE (@channel IS NULL OR c.name = @channel) AND (@state IS NULL OR o.state = @state) AND (@before IS NULL OR o.id < @before)
            ORDER BY o.id DESC LIMIT @limit
            """,
            new { channel, state = (int?)state, before, limit }).Select(row => row.ToMessage())];
    }

    private static long Add(
        SqliteConnection connection, SqliteTransaction transaction, IReadOnlyList<NewMessage> messages, DateTimeOffset at)
    {
        var last = 0L;
        foreach (var message in messages)
        {
            last = connection.QuerySingle<long>(
                """
                INSERT INTO outbox (channel_id, event, body, created_ms, due_ms) VALUES (@Channel, @kind, @Body, @atMs, @atMs) RETURNING id
                """,
                new { message.Channel, kind = $"{message.Event}", message.Body, atMs = at.ToUnixTimeMilliseconds() }, transaction);
        }

        return last;
    }

    private int Execute(string sql, object parameters)
    {
        using var connection = store.Connect();
        using var turn = store.Turn.EnterScope();
        return connection.Execute(sql, parameters);
    }

    private sealed class Row
    {
        public long Id { get; init; }
        public required string Name { get; init; }
        public required string Event { get; init; }
        public long State { get; init; }
        public long CreatedMs { get; init; }
        public int Tries { get; init; }
        public long DueMs { get; init; }
        public string? Fault { get; init; }
        public required string Body { get; init; }

        public OutboxMessage ToMessage() => new(
            Id, Name, Enum.Parse<NoticeKind>(Event), (MessageState)State, DateTimeOffset.FromUnixTimeMilliseconds(CreatedMs), Tries,
            State == 0 ? DateTimeOffset.FromUnixTimeMilliseconds(DueMs) : null, Fault, JsonSerializer.Deserialize<JsonElement>(Body));
    }
}
