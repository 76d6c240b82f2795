using System.Net;
using System.Net.Sockets;
using StackExchange.Redis;

namespace Aegis.Streams.Redis;

/// <summary>Tries a Redis once, before anything depends on it.</summary>
public static class RedisTrial
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(3);

    /// <summary>Connects as a service would.</summary>
    /// <param name="text">The connection string.</param>
    /// <param name="cancel">Stops trying.</param>
    /// <returns>The reason why this Redis cannot be used, a sentence without the password; null if Redis answers.</returns>
    /// <exception cref="FormatException">The connection string is wrong.</exception>
    public static async Task<string?> FaultAsync(string text, CancellationToken cancel)
    {
        var options = RedisSettings.Parse(text, Limit);
        options.AbortOnConnectFail = true;
        options.ConnectTimeout = (int)Limit.TotalMilliseconds;
        try
        {
            await using var connection = await ConnectionMultiplexer.ConnectAsync(options).WaitAsync(cancel);
            await connection.GetDatabase().PingAsync().WaitAsync(cancel);
            return null;
        }
        catch (RedisServerException)
        {
            // Redis answers, even if only to say that it is still loading its log.
            return null;
        }
        catch (Exception e) when (e is RedisConnectionException or RedisTimeoutException)
        {
            return RedisFaults.IsRefusedLogin(e)
                ? $"Redis at {Name(options)} refuses the login: user or password of the connection string are wrong or missing."
                : !await IsListeningAsync(options.EndPoints[0], cancel)
                ? $"Redis at {Name(options)} cannot be reached: nothing listens there, or the network is in between."
                : options.Ssl ? $"Redis at {Name(options)} makes no TLS connection: it speaks none, or its certificate is not trusted or bears another name (sslCa=FILE names the authority, sslHost=NAME the name)."
                : $"What listens at {Name(options)} does not answer as a Redis does. If it wants TLS, add ssl=true to the connection string.";
        }
    }

    private static string Name(ConfigurationOptions options) =>
        string.Join(", ", options.EndPoints.Select(address => address is DnsEndPoint name ? $"{name.Host}:{name.Port}" : $"{address}"));

    private static async Task<bool> IsListeningAsync(EndPoint address, CancellationToken cancel)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(Limit);
        using var socket = address is UnixDomainSocketEndPoint
            ? new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified)
            : new Socket(SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await socket.ConnectAsync(address, limit.Token);
            return true;
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException && !cancel.IsCancellationRequested)
        {
            return false;
        }
    }
}
