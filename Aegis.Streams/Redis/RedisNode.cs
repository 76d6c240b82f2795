using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using Microsoft.Extensions.Logging;

namespace Aegis.Streams.Redis;

/// <summary>One server and the connection to it, which comes back: it is opened again with growing pauses, once for all who wait for it.</summary>
internal sealed partial class RedisNode(RedisAddress address, RedisEndpoint endpoint, TimeSpan timeout, TimeProvider time, ILogger logger) : IAsyncDisposable
{
    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(2);

    private readonly Lock _opening = new();
    private readonly CancellationTokenSource _disposed = new();
    private RedisConnection? _connection;
    private Task<RedisConnection>? _attempt;
    private TimeSpan _pause = ShortestPause;
    private long? _failedAt;

    /// <summary>True while there is a connection.</summary>
    public bool IsConnected => Volatile.Read(ref _connection) is { IsOpen: true };

    /// <summary>The open connection; opens one where there is none.</summary>
    /// <param name="waitsForPause">False where a caller that has other servers to turn to fails at once while this one rests after a failure.</param>
    /// <param name="cancel">Stops waiting, not opening.</param>
    /// <exception cref="RedisUnavailableException">The server could not be reached in time; nothing was sent.</exception>
    /// <exception cref="RedisErrorException">The server refused the login.</exception>
    public ValueTask<RedisConnection> ConnectAsync(bool waitsForPause, CancellationToken cancel) =>
        Volatile.Read(ref _connection) is { IsOpen: true } open ? new(open) : new(JoinAttemptAsync(waitsForPause, cancel));

    private TimeSpan Rest => _failedAt is { } failedAt ? _pause - time.GetElapsedTime(failedAt) : TimeSpan.Zero;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        Task? attempt;
        lock (_opening)
        {
            _disposed.Cancel();
            attempt = _attempt;
        }

        // An attempt that fails because of this has told whoever waited for it.
        await (attempt ?? Task.CompletedTask).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (_connection is { } connection)
        {
            await connection.DisposeAsync();
        }
    }

    private async Task<RedisConnection> JoinAttemptAsync(bool waitsForPause, CancellationToken cancel)
    {
        Task<RedisConnection> attempt;
        lock (_opening)
        {
            ObjectDisposedException.ThrowIf(_disposed.IsCancellationRequested, this);
            if (_connection is { IsOpen: true } open)
            {
                return open;
            }

            if (!waitsForPause && Rest > TimeSpan.Zero)
            {
                throw new RedisUnavailableException($"Redis at {address} could not be reached a moment ago.") { MayHaveRun = false };
            }

            attempt = _attempt is { IsCompleted: false } running ? running : _attempt = Task.Run(OpenAfterPauseAsync);
        }

        try
        {
            return await attempt.WaitAsync(timeout, time, cancel);
        }
        catch (TimeoutException e)
        {
            throw new RedisUnavailableException($"Redis at {address} did not accept a connection within {timeout.TotalSeconds:N0} s.", e) { MayHaveRun = false };
        }
    }

    /// <summary>One attempt, not before the pause after the last failed one is over.</summary>
    private async Task<RedisConnection> OpenAfterPauseAsync()
    {
        if (_connection is { } broken)
        {
            await broken.DisposeAsync();
            _connection = null;
            LogLost(address);
        }

        if (Rest is var rest && rest > TimeSpan.Zero)
        {
            await Task.Delay(rest, time, _disposed.Token);
        }

        using var limit = new CancellationTokenSource(timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, _disposed.Token);
        try
        {
            var connection = await OpenAsync(either.Token);
            _failedAt = null;
            _pause = ShortestPause;
            Volatile.Write(ref _connection, connection);
            LogConnected(address);
            return connection;
        }
        catch (Exception e) when (e is RedisException or SocketException or IOException or AuthenticationException or CryptographicException or OperationCanceledException)
        {
            _pause = _failedAt is null ? ShortestPause : _pause * 2 < LongestPause ? _pause * 2 : LongestPause;
            _failedAt = time.GetTimestamp();
            var reason = limit.IsCancellationRequested ? $"no answer within {timeout.TotalSeconds:N0} s" : e.Message;
            throw e is RedisErrorException ? e : new RedisUnavailableException($"Redis at {address} cannot be reached: {(e is AuthenticationException ? $"TLS: {reason}" : reason)}", e) { MayHaveRun = false };
        }
    }

    private async Task<RedisConnection> OpenAsync(CancellationToken cancel)
    {
        var connection = new RedisConnection(address, await RedisTransport.ConnectAsync(address, endpoint, cancel), time);
        try
        {
            connection.IsClusterNode = await RedisLogin.LogInAsync(connection, address, endpoint, cancel);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    [LoggerMessage(1001, LogLevel.Information, "Connected to Redis at {Address}")]
    private partial void LogConnected(RedisAddress address);

    [LoggerMessage(1002, LogLevel.Warning, "Lost the connection to Redis at {Address}; reconnecting")]
    private partial void LogLost(RedisAddress address);
}
