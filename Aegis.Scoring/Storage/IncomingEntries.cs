using Dapper;
using Microsoft.Data.Sqlite;

namespace Aegis.Scoring.Storage;

/// <summary>Entries on their way to a list, in a table of the connection's own.</summary>
internal sealed class IncomingEntries : IDisposable
{
    /// <summary>The table: value, reason, until_ms.</summary>
    public const string Table = "incoming_entries";

    private readonly SqliteConnection _connection;

    /// <param name="connection">The connection.</param>
    /// <param name="entries">The entries; of several of one value the last counts.</param>
    public IncomingEntries(SqliteConnection connection, IReadOnlyList<NewEntry> entries)
    {
        _connection = connection;
        connection.Execute($"DROP TABLE IF EXISTS {Table}");
        connection.Execute($"CREATE TEMP TABLE {Table} (value TEXT PRIMARY KEY, reason TEXT, until_ms BIGINT)");
        using var transaction = connection.BeginTransaction(deferred: true);
        using var insert = new Statement(connection, $"INSERT OR REPLACE INTO {Table} (value, reason, until_ms) VALUES (?, ?, ?)");
        foreach (var (value, reason, until) in entries)
        {
            insert.Bind(value).Bind(reason).Bind(until?.ToUnixTimeMilliseconds()).Execute();
        }

        transaction.Commit();
    }

    /// <summary>Drops the table.</summary>
    public void Dispose() => _connection.Execute($"DROP TABLE {Table}");
}
