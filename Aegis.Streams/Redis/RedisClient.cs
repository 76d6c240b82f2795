using Microsoft.Extensions.Logging;

namespace Aegis.Streams.Redis;

/// <summary>A connection that comes back: reconnects with growing pauses, and fails commands in bounded time meanwhile.</summary>
public sealed partial class RedisClient(RedisEndpoint endpoint, TimeProvider time, ILogger<RedisClient> logger) : IAsyncDisposable
{
    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(2);

    private readonly SemaphoreSlim _opening = new(1);
    private RedisConnection? _connection;
    private TimeSpan _pause = ShortestPause;
    private DateTimeOffset _nextAttempt;

    /// <summary>How long a command may take, connecting included; a blocking command adds its own block.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Where this client connects to.</summary>
    public RedisEndpoint Endpoint { get; } = endpoint;

    /// <summary>Runs one command.</summary>
    /// <exception cref="RedisUnavailableException">No connection, it broke, or no answer in time.</exception>
    /// <exception cref="RedisErrorException">The server answered with an error.</exception>
    public Task<RespValue> ExecuteAsync(RedisCommand command, CancellationToken cancel) => ExecuteAsync(command, TimeSpan.Zero, cancel);

    /// <summary>Runs one command that may block on the server.</summary>
    public async Task<RespValue> ExecuteAsync(RedisCommand command, TimeSpan block, CancellationToken cancel)
    {
        var connection = await ConnectAsync(cancel);
        return Checked(await Await(connection.Send(command), Timeout + block, cancel));
    }

    /// <summary>Runs commands back to back and returns all replies; errors are left in them.</summary>
    public async Task<RespValue[]> ExecuteAllAsync(IReadOnlyList<RedisCommand> commands, CancellationToken cancel)
    {
        var connection = await ConnectAsync(cancel);
        return await Await(Task.WhenAll(connection.Send(commands)), Timeout, cancel);
    }

    /// <summary>Throws where a reply is an error.</summary>
    public static RespValue Checked(RespValue reply) =>
        reply.Kind == RespKind.Error ? throw new RedisErrorException($"Redis refused a command: {reply.Text}") : reply;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_connection is { } connection)
        {
            await connection.DisposeAsync();
        }

        _opening.Dispose();
    }

    private async Task<T> Await<T>(Task<T> reply, TimeSpan timeout, CancellationToken cancel)
    {
        try
        {
            return await reply.WaitAsync(timeout, time, cancel);
        }
        catch (TimeoutException e)
        {
            throw new RedisUnavailableException($"Redis at {Endpoint} did not answer within {timeout.TotalSeconds:N0} s.", e);
        }
    }

    private async Task<RedisConnection> ConnectAsync(CancellationToken cancel)
    {
        if (_connection is { IsOpen: true } open)
        {
            return open;
        }

        await _opening.WaitAsync(cancel);
        try
        {
            if (_connection is { IsOpen: true } opened)
            {
                return opened;
            }

            if (_connection is { } broken)
            {
                await broken.DisposeAsync();
                _connection = null;
                LogLost(Endpoint.ToString());
            }

            return _connection = await OpenAfterPause(cancel);
        }
        finally
        {
            _opening.Release();
        }
    }

    /// <summary>One attempt, not before the pause after the last failed one is over.</summary>
    private async Task<RedisConnection> OpenAfterPause(CancellationToken cancel)
    {
        var wait = _nextAttempt - time.GetUtcNow();
        if (wait > TimeSpan.Zero)
        {
            await Task.Delay(wait, time, cancel);
        }

        try
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
            limit.CancelAfter(Timeout);
            var connection = await RedisConnection.OpenAsync(Endpoint, limit.Token);
            _pause = ShortestPause;
            LogConnected(Endpoint.ToString());
            return connection;
        }
        catch (Exception e) when (e is RedisUnavailableException || (e is OperationCanceledException && !cancel.IsCancellationRequested))
        {
            _nextAttempt = time.GetUtcNow() + _pause;
            _pause = _pause * 2 < LongestPause ? _pause * 2 : LongestPause;
            throw e as RedisUnavailableException ?? new RedisUnavailableException($"Redis at {Endpoint} did not accept a connection in time.", e);
        }
    }

    [LoggerMessage(1001, LogLevel.Information, "Connected to Redis at {Endpoint}")]
    private partial void LogConnected(string endpoint);

    [LoggerMessage(1002, LogLevel.Warning, "Lost the connection to Redis at {Endpoint}; reconnecting")]
    private partial void LogLost(string endpoint);
}
