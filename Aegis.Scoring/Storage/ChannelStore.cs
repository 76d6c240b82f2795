using System.Text.Json;
using Aegis.Client;
using Aegis.Core.Decisions;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Aegis.Scoring.Storage;

/// <summary>A channel with its secrets.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Name">Its name.</param>
/// <param name="Settings">Its settings.</param>
/// <param name="Secret">The secret that signs messages.</param>
/// <param name="SecretBefore">The secret before; null if there was none.</param>
/// <param name="SecretChangedMs">When the secret was made, Unix milliseconds.</param>
internal sealed record StoredChannel(
    long Id, string Name, ChannelSettings Settings, string Secret, string? SecretBefore, long SecretChangedMs);

/// <summary>Keeps channels, and who changed them.</summary>
internal sealed class ChannelStore(Store store)
{
    private const int Changes = 20;
    private const string Columns = "id, name, settings, secret, secret_before, secret_changed_ms";

    /// <summary>The channels in use, by name.</summary>
    public IReadOnlyList<StoredChannel> All()
    {
        using var connection = store.Connect();
        return All(connection, transaction: null);
    }

    /// <summary>The same within a transaction.</summary>
    public static IReadOnlyList<StoredChannel> All(SqliteConnection connection, SqliteTransaction? transaction) =>
        [.. connection.Query<(long, string, string, string, string?, long)>(
            $"SELECT {Columns} FROM channels WHERE removed = 0 ORDER BY name", transaction: transaction).Select(Read)];

    /// <summary>A channel; null if there is none of this name in use.</summary>
    public StoredChannel? Find(string name) => All().FirstOrDefault(channel => channel.Name == name);

    /// <summary>Sets a channel up, or changes its settings.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="settings">Its settings.</param>
    /// <param name="secret">The secret of a new channel, and of one that was removed.</param>
    /// <param name="author">Who does so.</param>
    public void Set(string name, ChannelSettings settings, string secret, ListAuthor author)
    {
        var json = JsonSerializer.Serialize(settings, AegisJson.Options);
        var row = new { name, json, secret, atMs = author.At.ToUnixTimeMilliseconds() };
        Change(name, "set", author, (connection, transaction) => connection.Execute(
            """
            INSERT INTO channels (name, settings, secret, secret_changed_ms) VALUES (@name, @json, @secret, @atMs)
            ON CONFLICT (name) DO UPDATE SET settings = excluded.settings,
                secret = CASE WHEN removed = 1 THEN excluded.secret ELSE secret END,
                secret_before = CASE WHEN removed = 1 THEN NULL ELSE secret_before END, removed = 0
            """,
            row, transaction));
    }

    /// <summary>Gives a channel a new secret.</summary>
    public void Rotate(string name, string secret, ListAuthor author)
    {
        var row = new { name, secret, atMs = author.At.ToUnixTimeMilliseconds() };
        Change(name, "new secret", author, (connection, transaction) => connection.Execute(
            "UPDATE channels SET secret_before = secret, secret = @secret, secret_changed_ms = @atMs WHERE name = @name", row,
            transaction));
    }

    /// <summary>Removes a channel and the messages that wait for it.</summary>
    public void Remove(string name, ListAuthor author) => Change(name, "removed", author, (connection, transaction) =>
    {
        connection.Execute(
            "DELETE FROM outbox WHERE state <> 1 AND channel_id = (SELECT id FROM channels WHERE name = @name)", new { name }, transaction);
        connection.Execute("UPDATE channels SET removed = 1 WHERE name = @name", new { name }, transaction);
    });

    /// <summary>A channel as it is told.</summary>
    public ChannelReport Report(StoredChannel channel)
    {
        using var connection = store.Connect();
        var counts = connection.Query<(long State, long Count)>(
            "SELECT state, COUNT(*) FROM outbox WHERE channel_id = @Id AND state <> 1 GROUP BY state", new { channel.Id })
            .ToDictionary(row => row.State, row => row.Count);
        var fault = connection.QuerySingleOrDefault<string?>(
            "SELECT fault FROM outbox WHERE channel_id = @Id AND state = 0 ORDER BY id LIMIT 1", new { channel.Id });
        var changes = connection.Query<(string, string, string, long At)>(
            "SELECT what, author, reason, at_ms FROM channel_changes WHERE channel_id = @Id ORDER BY id DESC LIMIT @Changes",
            new { channel.Id, Changes });
        return new ChannelReport(
            channel.Name, channel.Settings, counts.GetValueOrDefault(0), counts.GetValueOrDefault(2), fault,
            [.. changes.Select(row => new ChannelChange(
                row.Item1, row.Item2, row.Item3, DateTimeOffset.FromUnixTimeMilliseconds(row.At)))]);
    }

    private void Change(string name, string what, ListAuthor author, Action<SqliteConnection, SqliteTransaction> change)
    {
        using var connection = store.Connect();
        using var turn = store.Turn.EnterScope();
        using var transaction = connection.BeginTransaction(deferred: false);
        change(connection, transaction);
        connection.Execute(
            """
            INSERT INTO channel_changes (channel_id, what, author, reason, at_ms)
            SELECT id, @what, @by, @Reason, @atMs FROM channels WHERE name = @name
            """,
            new { name, what, by = author.Name, author.Reason, atMs = author.At.ToUnixTimeMilliseconds() }, transaction);
        transaction.Commit();
    }

    private static StoredChannel Read((long Id, string Name, string Settings, string Secret, string? Before, long ChangedMs) row) => new(
        row.Id, row.Name, JsonSerializer.Deserialize<ChannelSettings>(row.Settings, AegisJson.Options)!, row.Secret, row.Before,
        row.ChangedMs);
}
