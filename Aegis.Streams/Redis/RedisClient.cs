using Microsoft.Extensions.Logging;

namespace Aegis.Streams.Redis;

/// <summary>
/// A Redis server or Redis Cluster, behind connections that come back and fail commands in bounded time meanwhile. Any number of threads may use it at once.
/// </summary>
/// <remarks>
/// Replies come in order: a command that blocks on the server holds up the others of its client. In a cluster a command goes to the node of its keys, and again
/// where the cluster says that it did not run; one whose connection broke may have run, and is left to the caller.
/// </remarks>
public sealed class RedisClient(RedisEndpoint endpoint, TimeProvider time, ILogger<RedisClient> logger) : IAsyncDisposable
{
    private readonly Lock _making = new();
    private ClusterRouter? _router;
    private volatile bool _isCluster = endpoint.IsCluster;

    /// <summary>
    /// How long a command may wait for its connection or its place in the cluster, and how long for its reply; a blocking command adds its own block.
    /// A connection whose reply is overdue is given up.
    /// </summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Where this client connects to.</summary>
    public RedisEndpoint Endpoint { get; } = endpoint;

    internal TimeProvider Time => time;

    private ClusterRouter Router => Volatile.Read(ref _router) ?? MakeRouter();

    /// <summary>True where the server is a node of a Redis Cluster; connects to find out.</summary>
    /// <exception cref="RedisUnavailableException">No connection.</exception>
    public async ValueTask<bool> IsClusterAsync(CancellationToken cancel) => await ConnectAsync(cancel) is null;

    /// <summary>Runs one command.</summary>
    /// <exception cref="RedisUnavailableException">No connection, it broke, or no answer in time.</exception>
    /// <exception cref="RedisErrorException">The server answered with an error, or a cluster cannot run it because its keys are of several slots.</exception>
    public Task<RespValue> ExecuteAsync(RedisCommand command, CancellationToken cancel) => ExecuteAsync(command, TimeSpan.Zero, cancel);

    /// <summary>Runs one command that may block on the server.</summary>
    /// <inheritdoc cref="ExecuteAsync(RedisCommand, CancellationToken)"/>
    public async Task<RespValue> ExecuteAsync(RedisCommand command, TimeSpan block, CancellationToken cancel) => Checked(await ExecuteAsync(command, block, isRaw: false, cancel));

    /// <summary>Runs one command and gives its reply as it came, for <see cref="RespCursor"/>; the caller disposes it.</summary>
    /// <inheritdoc cref="ExecuteAsync(RedisCommand, CancellationToken)"/>
    public async Task<ReplyBuffer> ExecuteRawAsync(RedisCommand command, TimeSpan block, CancellationToken cancel) => Checked(await ExecuteAsync(command, block, isRaw: true, cancel)).Raw!;

    /// <summary>Runs commands back to back and returns all replies; errors are left in them. In a cluster, back to back on each node.</summary>
    /// <exception cref="RedisUnavailableException">No connection, it broke, or no answer in time.</exception>
    /// <exception cref="RedisErrorException">A MULTI block has keys of several slots, and this is a cluster.</exception>
    public async Task<RespValue[]> ExecuteAllAsync(IReadOnlyList<RedisCommand> commands, CancellationToken cancel) =>
        commands.Count == 0 ? [] : (await ExecuteAllAsync(commands, TimeSpan.Zero, wait: null, cancel)).Replies;

    /// <summary>As <see cref="ExecuteAllAsync(IReadOnlyList{RedisCommand}, CancellationToken)"/>, and waits on each node until so many replicas have confirmed what was written.</summary>
    /// <param name="commands">At least one.</param>
    /// <param name="replicas">How many replicas to wait for.</param>
    /// <param name="within">How long to wait for them.</param>
    /// <param name="cancel">Stops waiting for replies.</param>
    /// <returns>The replies, and how many replicas confirmed where the fewest did.</returns>
    public async Task<(RespValue[] Replies, long Confirmed)> ExecuteConfirmedAsync(IReadOnlyList<RedisCommand> commands, int replicas, TimeSpan within, CancellationToken cancel)
    {
        var wait = new RedisCommand("WAIT").Add(replicas).Add((long)within.TotalMilliseconds);
        var (replies, waits) = await ExecuteAllAsync(commands, within, wait, cancel);
        return (replies, waits.Min(reply => Checked(reply).Integer));
    }

    /// <summary>Throws where a reply is an error.</summary>
    /// <exception cref="RedisErrorException">It is; <see cref="RedisFullException"/> where the server takes no writes for now.</exception>
    public static RespValue Checked(RespValue reply) =>
        reply.Kind == RespKind.Error ? throw RedisErrorException.Of(reply.Text) : reply;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_router is { } router)
        {
            await router.DisposeAsync();
        }
    }

    private async Task<RespValue> ExecuteAsync(RedisCommand command, TimeSpan block, bool isRaw, CancellationToken cancel)
    {
        if (await ConnectAsync(cancel) is not { } connection)
        {
            return (await Router.ExecuteAsync([command], block, isRaw, wait: null, cancel)).Replies[0];
        }

        var request = new SingleRequest(command, Deadline(block), isRaw);
        connection.Send(request);

        // A raw reply that comes after the caller has cancelled is left to the garbage collector.
        return await request.Reply.WaitAsync(cancel);
    }

    private async Task<(RespValue[] Replies, IReadOnlyCollection<RespValue> Waits)> ExecuteAllAsync(IReadOnlyList<RedisCommand> commands, TimeSpan block, RedisCommand? wait, CancellationToken cancel)
    {
        if (await ConnectAsync(cancel) is not { } connection)
        {
            return await Router.ExecuteAsync(commands, block, isRaw: false, wait, cancel);
        }

        var request = new BatchRequest(wait is null ? commands : [.. commands, wait], Deadline(block));
        connection.Send(request);
        var replies = await request.Replies.WaitAsync(cancel);
        return wait is null ? (replies, []) : (replies[..^1], replies[^1..]);
    }

    /// <summary>The connection to the only server; null for a cluster.</summary>
    private async ValueTask<RedisConnection?> ConnectAsync(CancellationToken cancel)
    {
        if (_isCluster)
        {
            return null;
        }

        var connection = await Router.Seed.ConnectAsync(waitsForPause: true, cancel);
        if (!connection.IsClusterNode)
        {
            return connection;
        }

        _isCluster = true;
        return null;
    }

    private long Deadline(TimeSpan block) => time.GetTimestamp() + (long)((Timeout + block).TotalSeconds * time.TimestampFrequency);

    private ClusterRouter MakeRouter()
    {
        lock (_making)
        {
            return _router ??= new ClusterRouter(Endpoint, Timeout, time, logger);
        }
    }
}
