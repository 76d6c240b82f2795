using StackExchange.Redis;

namespace Aegis.Streams.Redis;

/// <summary>Says in this project's words what StackExchange.Redis throws.</summary>
internal static class RedisFaults
{
    // What the server says where it will take the command later: it did not run.
    private static readonly string[] Later = ["LOADING ", "CLUSTERDOWN ", "TRYAGAIN ", "MASTERDOWN ", "READONLY ", "NOREPLICAS "];

    private static readonly string[] LoginWords = ["WRONGPASS", "NOAUTH", "invalid password"];

    /// <summary>Null for an exception that is not about Redis.</summary>
    public static RedisException? Translate(Exception fault) => fault switch
    {
        RedisException ours => ours,
        RedisServerException e when Later.Any(word => e.Message.StartsWith(word, StringComparison.Ordinal)) =>
            new RedisUnavailableException($"Redis takes no commands for now: {e.Message}", e) { MayHaveRun = false },
        RedisServerException e => RedisErrorException.Of(e.Message),
        RedisConnectionException e when IsRefusedLogin(e) =>
            new RedisErrorException("Redis refused the login; check user and password in the connection string (WRONGPASS or NOAUTH)."),
        RedisConnectionException e => new RedisUnavailableException($"Redis cannot be reached: {FirstSentence(e)}", e)
            { MayHaveRun = MayHaveRun(e.CommandStatus) },
        RedisTimeoutException e => new RedisUnavailableException("Redis did not answer in time.", e)
            { MayHaveRun = MayHaveRun(e.Commandstatus) },
        RedisCommandException e => new RedisErrorException($"A command cannot be sent to Redis: {FirstSentence(e)}"),
        ObjectDisposedException e => new RedisUnavailableException("The connection to Redis was closed.", e),
        _ => null,
    };

    /// <summary>True where user or password are wrong; the library's own kind for it is that of a wrong certificate too.</summary>
    public static bool IsRefusedLogin(Exception? fault) =>
        fault is not null
            && (LoginWords.Any(word => fault.Message.Contains(word, StringComparison.Ordinal)) || IsRefusedLogin(fault.InnerException));

    private static bool MayHaveRun(CommandStatus status) => status is not (CommandStatus.WaitingToBeSent or CommandStatus.WaitingInBacklog);

    // What follows are counters for the library's own maintainers.
    private static string FirstSentence(Exception fault)
    {
        var cause = fault.InnerException is { } inner ? $"{fault.Message} {inner.Message}" : fault.Message;
        var end = cause.IndexOfAny([',', ';']);
        return end < 0 ? cause : cause[..end];
    }
}
