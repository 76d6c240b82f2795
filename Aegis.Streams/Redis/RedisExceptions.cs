namespace Aegis.Streams.Redis;

/// <summary>The server answered with an error.</summary>
public sealed class RedisErrorException(string message) : Exception(message);

/// <summary>The bytes from the server are not RESP, or larger than anything this client asks for; the connection is closed.</summary>
public sealed class RedisProtocolException(string message) : Exception(message);

/// <summary>There is no connection, or it broke before the answer came.</summary>
public sealed class RedisUnavailableException(string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>False where the command surely did not run, so that it may be repeated.</summary>
    public bool MayHaveRun { get; init; } = true;
}
