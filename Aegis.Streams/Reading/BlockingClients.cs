using System.Collections.Concurrent;
using Aegis.Streams.Redis;
using StackExchange.Redis;

namespace Aegis.Streams.Reading;

/// <summary>Makes connections for those who block on the server: they would hold up everybody else on theirs.</summary>
/// <param name="options">Where Redis is.</param>
/// <param name="prefix">What their keys begin with in Redis.</param>
public sealed class BlockingClients(ConfigurationOptions options, string prefix = "") : IAsyncDisposable
{
    private readonly ConcurrentBag<RedisClient> _made = [];

    /// <summary>A connection for one who blocks; closed with the host.</summary>
    public RedisClient Create()
    {
        var client = new RedisClient(options, prefix);
        _made.Add(client);
        return client;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (var client in _made)
        {
            await client.DisposeAsync();
        }
    }
}
