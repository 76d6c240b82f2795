namespace Aegis.Streams.Redis;

/// <summary>Whatever can go wrong with a command: Redis is gone, refuses it, or does not speak as it should. The message says
/// which.</summary>
public abstract class RedisException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>The server answered with an error.</summary>
public class RedisErrorException(string message) : RedisException(message)
{
    // EXECABORT Transaction discarded because of: OOM command not allowed when used memory > 'maxmemory'.
    private const string Discarded = "EXECABORT Transaction discarded because of: ";

    // OOM command not allowed when used memory > 'maxmemory'.
    // MISCONF Errors writing to the AOF file: No space left on device
    internal static RedisErrorException Of(string reply)
    {
        var reason = reply.StartsWith(Discarded, StringComparison.Ordinal) ? reply[Discarded.Length..] : reply;
        return reason.StartsWith("OOM ", StringComparison.Ordinal) ? new RedisFullException(
            $"Redis has reached its maxmemory and takes no writes: raise the limit, or see in the log why it is not trimmed ({reason}).")
            : reason.StartsWith("MISCONF ", StringComparison.Ordinal)
            ? new RedisFullException($"Redis cannot write its append-only file and takes no writes: free space on its disk ({reason}).")
            : new RedisErrorException($"Redis refused a command: {reply}");
    }
}

/// <summary>The server takes no writes for now: its memory limit is reached, or its disk is full. What it refused did not happen.</summary>
public sealed class RedisFullException(string message) : RedisErrorException(message);

/// <summary>The bytes from the server are not RESP, or larger than anything this client asks for; the connection is closed.</summary>
public sealed class RedisProtocolException(string message) : RedisException(message);

/// <summary>There is no connection, or it broke before the answer came.</summary>
public sealed class RedisUnavailableException(string message, Exception? inner = null) : RedisException(message, inner)
{
    /// <summary>False where the command surely did not run, so that it may be repeated.</summary>
    public bool MayHaveRun { get; init; } = true;
}
