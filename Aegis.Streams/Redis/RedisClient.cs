using Microsoft.Extensions.Logging;

namespace Aegis.Streams.Redis;

/// <summary>A Redis server, behind a connection that comes back and fails commands in bounded time meanwhile. Any number of threads may use it at once.</summary>
/// <remarks>Replies come in order: a command that blocks on the server holds up the others of its client.</remarks>
public sealed class RedisClient(RedisEndpoint endpoint, TimeProvider time, ILogger<RedisClient> logger) : IAsyncDisposable
{
    private readonly Lock _making = new();
    private RedisNode? _node;

    /// <summary>How long a command may wait for its connection, and how long for its reply; a blocking command adds its own block. The connection is given up with the reply.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Where this client connects to.</summary>
    public RedisEndpoint Endpoint { get; } = endpoint;

    private RedisNode Node => Volatile.Read(ref _node) ?? MakeNode();

    /// <summary>Runs one command.</summary>
    /// <exception cref="RedisUnavailableException">No connection, it broke, or no answer in time.</exception>
    /// <exception cref="RedisErrorException">The server answered with an error.</exception>
    public Task<RespValue> ExecuteAsync(RedisCommand command, CancellationToken cancel) => ExecuteAsync(command, TimeSpan.Zero, cancel);

    /// <summary>Runs one command that may block on the server.</summary>
    /// <inheritdoc cref="ExecuteAsync(RedisCommand, CancellationToken)"/>
    public async Task<RespValue> ExecuteAsync(RedisCommand command, TimeSpan block, CancellationToken cancel)
    {
        var connection = await Node.ConnectAsync(cancel);
        var request = new SingleRequest(command, Deadline(block));
        connection.Send(request);
        return Checked(await request.Reply.WaitAsync(cancel));
    }

    /// <summary>Runs one command and gives its reply as it came, for <see cref="RespCursor"/>; the caller disposes it.</summary>
    /// <inheritdoc cref="ExecuteAsync(RedisCommand, CancellationToken)"/>
    public async Task<ReplyBuffer> ExecuteRawAsync(RedisCommand command, TimeSpan block, CancellationToken cancel)
    {
        var connection = await Node.ConnectAsync(cancel);
        var request = new SingleRequest(command, Deadline(block), isRaw: true);
        connection.Send(request);

        // A reply that comes after the caller has cancelled is left to the garbage collector.
        return Checked(await request.Reply.WaitAsync(cancel)).Raw!;
    }

    /// <summary>Runs commands back to back and returns all replies; errors are left in them.</summary>
    /// <exception cref="RedisUnavailableException">No connection, it broke, or no answer in time.</exception>
    public async Task<RespValue[]> ExecuteAllAsync(IReadOnlyList<RedisCommand> commands, CancellationToken cancel)
    {
        if (commands.Count == 0)
        {
            return [];
        }

        var connection = await Node.ConnectAsync(cancel);
        var request = new BatchRequest(commands, Deadline(TimeSpan.Zero));
        connection.Send(request);
        return await request.Replies.WaitAsync(cancel);
    }

    /// <summary>Throws where a reply is an error.</summary>
    /// <exception cref="RedisErrorException">It is; <see cref="RedisFullException"/> where the server takes no writes for now.</exception>
    public static RespValue Checked(RespValue reply) =>
        reply.Kind == RespKind.Error ? throw RedisErrorException.Of(reply.Text) : reply;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_node is { } node)
        {
            await node.DisposeAsync();
        }
    }

    private long Deadline(TimeSpan block) => time.GetTimestamp() + (long)((Timeout + block).TotalSeconds * time.TimestampFrequency);

    private RedisNode MakeNode()
    {
        lock (_making)
        {
            return _node ??= new RedisNode(new RedisAddress(Endpoint.Host, Endpoint.Port), Endpoint, Timeout, time, logger);
        }
    }
}
