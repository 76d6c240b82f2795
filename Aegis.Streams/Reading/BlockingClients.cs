using System.Collections.Concurrent;
using Aegis.Streams.Redis;
using StackExchange.Redis;

namespace Aegis.Streams.Reading;

/// <summary>Makes connections for readers that block on the server. On a shared connection they would hold up everybody else.</summary>
/// <param name="options">The address of Redis, and the login.</param>
/// <param name="prefix">The beginning of their keys in Redis.</param>
public sealed class BlockingClients(ConfigurationOptions options, string prefix = "") : IAsyncDisposable
{
    private readonly ConcurrentBag<RedisClient> _made = [];

    /// <summary>A connection for one reader that blocks; closed with the host.</summary>
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
