using Aegis.Streams.Redis;
using Microsoft.Data.Sqlite;

namespace Aegis.Tests.Streams;

/// <summary>Tests each of which begins with an empty log and an empty folder.</summary>
/// <param name="server">The log's.</param>
public abstract class EmptyLogTests(RedisFixture server) : IAsyncLifetime
{
    /// <summary>The log's server.</summary>
    protected RedisFixture Server { get; } = server;

    /// <summary>A client of it.</summary>
    protected RedisClient Redis { get; } = server.Client();

    /// <summary>The folder; gone afterwards.</summary>
    protected string Folder { get; } = Repository.TemporaryFolder();

    public virtual async ValueTask InitializeAsync() => await Redis.ExecuteAsync(new RedisCommand("FLUSHALL"), CancellationToken.None);

    public virtual async ValueTask DisposeAsync()
    {
        await Redis.DisposeAsync();
        SqliteConnection.ClearAllPools();
        Directory.Delete(Folder, recursive: true);
        GC.SuppressFinalize(this);
    }
}
