namespace Aegis.Streams.Redis;

/// <summary>A command failed: Redis is unavailable, refuses it, or sends an unexpected reply. The message says which.</summary>
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

/// <summary>The server takes no writes for now: its memory limit is reached, or its disk is full. The refused write did
/// not happen.</summary>
public sealed class RedisFullException(string message) : RedisErrorException(message);

/// <summary>A reply does not have the shape that its command calls for.</summary>
public sealed class RedisProtocolException(string message) : RedisException(message);

/// <summary>There is no connection, or it broke before the answer came.</summary>
public sealed class RedisUnavailableException(string message, Exception? inner = null) : RedisException(message, inner)
{
    /// <summary>False if the command surely did not run, so that it may be repeated.</summary>
    public bool MayHaveRun { get; init; } = true;
}
