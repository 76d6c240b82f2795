using StackExchange.Redis;

namespace Aegis.Streams.Redis;

/// <summary>Translates the exceptions of StackExchange.Redis into this project's.</summary>
internal static class RedisFaults
{
    // The server sends these if it may take the command later: the command did not run.
    private static readonly string[] Later = ["LOADING ", "CLUSTERDOWN ", "TRYAGAIN ", "MASTERDOWN ", "READONLY ", "NOREPLICAS "];

    private static readonly string[] LoginWords = ["WRONGPASS", "NOAUTH", "invalid password"];

    /// <summary>This project's exception; null if the fault is not about Redis.</summary>
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

    /// <summary>True if user or password are wrong. The library uses the same failure type for a wrong certificate.</summary>
    public static bool IsRefusedLogin(Exception? fault) =>
        fault is not null
            && (LoginWords.Any(word => fault.Message.Contains(word, StringComparison.Ordinal)) || IsRefusedLogin(fault.InnerException));

    private static bool MayHaveRun(CommandStatus status) => status is not (CommandStatus.WaitingToBeSent or CommandStatus.WaitingInBacklog);

    // The rest of the message holds counters for the library's own maintainers.
    private static string FirstSentence(Exception fault)
    {
        var cause = fault.InnerException is { } inner ? $"{fault.Message} {inner.Message}" : fault.Message;
        var end = cause.IndexOfAny([',', ';']);
        return end < 0 ? cause : cause[..end];
    }
}
