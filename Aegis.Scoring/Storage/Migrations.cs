using System.Reflection;
using Aegis.Scoring.Commits;
using Dapper;
using DbUp;
using Microsoft.Data.Sqlite;

namespace Aegis.Scoring.Storage;

/// <summary>Brings a store's tables to this release's schema. The SQL files beside this one each run once, in the order
/// of their names. DbUp records those that ran in <c>SchemaVersions</c>.</summary>
internal static class Migrations
{
    /// <summary>The schema version of stores before migrations. Older stores cannot be migrated.</summary>
    private const string FirstKnown = "4";

    private const int BusyError = 5;
    private const int MaxTries = 20;

    private static readonly string[] Scripts =
        [.. typeof(Migrations).Assembly.GetManifestResourceNames().Where(name => name.EndsWith(".sql", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)];

    /// <summary>Runs the scripts that have not run yet. Several processes may do so at once.</summary>
    /// <exception cref="StoreException">The store is older than migrations or newer than this release, or a script
    /// failed. Nothing is changed.</exception>
    public static void Apply(SqliteConnection connection, string connectionString)
    {
        connection.Execute("CREATE TABLE IF NOT EXISTS meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID");
        if (connection.QuerySingleOrDefault<string>("SELECT value FROM meta WHERE name = 'schemaVersion'") is { } version
            && version != FirstKnown)
        {
            throw new StoreException($"The store at {connection.DataSource} has schemaVersion {version}; this release reads {FirstKnown} and what follows it. Use the release that made this one, or start with a fresh data folder; nothing was changed.");
        }

        for (var tries = 1; ; tries++)
        {
            var applied = Applied(connection);
            if (applied.Except(Scripts).FirstOrDefault() is { } unknown)
            {
                throw new StoreException($"The store at {connection.DataSource} was changed by a newer release ({unknown}). Use that release; nothing was changed.");
            }

            if (applied.Count == Scripts.Length)
            {
                return;
            }

            var result = DeployChanges.To.SqliteDatabase(connectionString)
                .WithScriptsEmbeddedInAssembly(Assembly.GetExecutingAssembly(), name => name.EndsWith(".sql", StringComparison.Ordinal))
                .WithTransaction().LogToNowhere().Build().PerformUpgrade();
            if (!result.Successful && !(result.Error is SqliteException { SqliteErrorCode: BusyError } && tries < MaxTries))
            {
                throw new StoreException($"The store at {connection.DataSource} cannot be brought to this release: {result.Error.Message} ({result.ErrorScript?.Name}). Nothing was changed.");
            }
        }
    }

    private static List<string> Applied(SqliteConnection connection) =>
        connection.ExecuteScalar<bool>("SELECT EXISTS (SELECT 1 FROM sqlite_master WHERE name = 'SchemaVersions')")
            ? [.. connection.Query<string>("SELECT ScriptName FROM SchemaVersions")]
            : [];
}
