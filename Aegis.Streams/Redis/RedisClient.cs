using StackExchange.Redis;

namespace Aegis.Streams.Redis;

/// <summary>
/// One multiplexed connection to a Redis server or Redis Cluster, over StackExchange.Redis. Any number of threads may
/// use it at once. While a server is gone, commands fail at once and the client tries to reconnect. Every command ends
/// in bounded time.
/// </summary>
/// <remarks>Replies come in order: a command that blocks on the server holds up the others of its client.</remarks>
public sealed class RedisClient : IAsyncDisposable
{
    private readonly Lazy<Task<IConnectionMultiplexer>> _connection;
    private readonly bool _isOwner;
    private readonly string _prefix = "";
    private bool? _isCluster;

    /// <summary>Connects at its first use.</summary>
    /// <param name="options">Options as <see cref="RedisSettings.Parse"/> returns them.</param>
    /// <param name="prefix">The beginning of its keys in Redis. Clients with another prefix do not see them.</param>
    public RedisClient(ConfigurationOptions options, string prefix = "")
    {
        _prefix = prefix;
        _connection = new Lazy<Task<IConnectionMultiplexer>>(async () => await ConnectionMultiplexer.ConnectAsync(options));
        _isOwner = true;
    }

    /// <summary>Uses a connection that somebody else owns.</summary>
    public RedisClient(IConnectionMultiplexer connection) =>
        _connection = new Lazy<Task<IConnectionMultiplexer>>(Task.FromResult(connection));

    /// <summary>True if the server is a node of a Redis Cluster.</summary>
    /// <exception cref="RedisUnavailableException">There is no connection.</exception>
    public async ValueTask<bool> IsClusterAsync(CancellationToken cancel)
    {
        if (_isCluster is { } known)
        {
            // Every read asks, and a server does not become a cluster.
            return known;
        }

        var connection = await ConnectAsync(cancel);
        return connection.GetServers().FirstOrDefault(server => server.IsConnected) is { } server
            ? (_isCluster = server.ServerType == ServerType.Cluster).Value
            : throw new RedisUnavailableException($"Redis at {connection.Configuration.Split(',')[0]} cannot be reached.")
                { MayHaveRun = false };
    }

    /// <summary>Runs one command.</summary>
    /// <exception cref="RedisUnavailableException">There is no connection, it broke, or no answer came in time.</exception>
    /// <exception cref="RedisErrorException">The server answered with an error, or a cluster cannot run the command
    /// because its keys belong to several slots.</exception>
    public async Task<RedisResult> ExecuteAsync(RedisCommand command, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(command);
        var database = (await ConnectAsync(cancel)).GetDatabase();
        return await RunAsync(() => database.ExecuteAsync(command.Name, Arguments(command)), cancel);
    }

    /// <summary>Runs commands back to back and returns all replies.</summary>
    /// <exception cref="RedisUnavailableException">There is no connection, it broke, or no answer came in time. Some
    /// commands may have run.</exception>
    /// <exception cref="RedisErrorException">The server answered one command with an error; the others ran.</exception>
    public async Task<RedisResult[]> ExecuteAllAsync(IReadOnlyCollection<RedisCommand> commands, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(commands);
        var database = (await ConnectAsync(cancel)).GetDatabase();
        return await RunAsync(
            () => Task.WhenAll(commands.Select(command => database.ExecuteAsync(command.Name, Arguments(command)))), cancel);
    }

    /// <summary>Runs commands as one transaction: all or none. In a cluster their keys must belong to one slot.</summary>
    /// <inheritdoc cref="ExecuteAsync" path="/exception"/>
    public async Task<RedisResult[]> ExecuteAtomicallyAsync(IReadOnlyCollection<RedisCommand> commands, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(commands);
        var transaction = (await ConnectAsync(cancel)).GetDatabase().CreateTransaction();
        return await RunAsync(
            async () =>
            {
                var replies = commands.Select(command => transaction.ExecuteAsync(command.Name, Arguments(command))).ToArray();
                try
                {
                    return await transaction.ExecuteAsync()
                        ? await Task.WhenAll(replies)
                        : throw new RedisUnavailableException("Redis did not run a transaction.");
                }
                catch (RedisServerException e) when (e.Message.StartsWith("EXECABORT", StringComparison.Ordinal))
                {
                    await ProbeAsync(commands, cancel);
                    throw;
                }
            },
            cancel);
    }

    /// <summary>Waits until replicas have what this connection wrote.</summary>
    /// <param name="keys">The keys written, which tell the nodes.</param>
    /// <param name="replicas">The number of replicas to wait for.</param>
    /// <param name="within">The longest wait.</param>
    /// <param name="cancel">Stops waiting.</param>
    /// <returns>The number of replicas that confirmed; of several nodes, the smallest number.</returns>
    public async Task<long> WaitForReplicasAsync(IEnumerable<RedisKey> keys, int replicas, TimeSpan within, CancellationToken cancel)
    {
        var connection = await ConnectAsync(cancel);
        var database = connection.GetDatabase();
        return await RunAsync(
            async () =>
            {
                // WAIT goes over the connection that wrote, after the writes.
                var nodes = (await Task.WhenAll(keys.Distinct().Select(key => database.IdentifyEndpointAsync(key.Prepend(_prefix)))))
                    .OfType<System.Net.EndPoint>().Distinct();
                var confirmed = await Task.WhenAll(
                    nodes.Select(node => connection.GetServer(node).ExecuteAsync("WAIT", replicas, (long)within.TotalMilliseconds)));
                return confirmed.Min(reply => (long)reply);
            },
            cancel);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_isOwner && _connection.IsValueCreated)
        {
            await (await _connection.Value).DisposeAsync();
        }
    }

    /// <summary>
    /// Asks for the cause of a discarded transaction: EXECABORT does not tell it, and the library keeps no replies of
    /// the commands. A server without room reports that even for an append that would change nothing.
    /// </summary>
    private async Task ProbeAsync(IReadOnlyCollection<RedisCommand> commands, CancellationToken cancel)
    {
        if (commands.SelectMany(command => command.Arguments).OfType<RedisKey>().FirstOrDefault() is { } key)
        {
            await ExecuteAsync(new RedisCommand("XADD", key.Append(":probe"), "NOMKSTREAM", "*", "probe", ""), cancel);
        }
    }

    private object[] Arguments(RedisCommand command) =>
        _prefix.Length == 0
            ? command.Arguments
            : Array.ConvertAll(command.Arguments, argument => argument is RedisKey key ? key.Prepend(_prefix) : argument);

    private async ValueTask<IConnectionMultiplexer> ConnectAsync(CancellationToken cancel)
    {
        if (_connection.Value.IsCompletedSuccessfully)
        {
            return _connection.Value.Result;
        }

        return await RunAsync(() => _connection.Value, cancel);
    }

    private static async Task<T> RunAsync<T>(Func<Task<T>> action, CancellationToken cancel)
    {
        try
        {
            return await action().WaitAsync(cancel);
        }
        catch (Exception e) when (RedisFaults.Translate(e) is { } fault)
        {
            throw fault;
        }
    }
}
