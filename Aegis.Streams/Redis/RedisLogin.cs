namespace Aegis.Streams.Redis;

/// <summary>What is said first on a new connection.</summary>
internal static class RedisLogin
{
    /// <summary>Logs in, and checks that the server is ready.</summary>
    /// <exception cref="RedisErrorException">It refused the login.</exception>
    /// <exception cref="RedisUnavailableException">It is not ready yet.</exception>
    public static async Task LogInAsync(RedisConnection connection, RedisAddress address, RedisEndpoint endpoint, CancellationToken cancel)
    {
        if (endpoint.Password is { } password)
        {
            var login = endpoint.User is { } user ? new RedisCommand("AUTH", user, password) : new RedisCommand("AUTH", password);
            var reply = await AskAsync(connection, login, cancel);
            if (reply.Kind == RespKind.Error)
            {
                throw new RedisErrorException($"Redis at {address} refused the login: {reply.Text}");
            }
        }

        // A server that reads its data back refuses commands one by one: a MULTI block could be torn where it becomes ready in between.
        var ping = await AskAsync(connection, new RedisCommand("PING"), cancel);
        if (ping.Kind == RespKind.Error)
        {
            throw ping.Text.StartsWith("LOADING", StringComparison.Ordinal)
                ? new RedisUnavailableException("it is still reading its data back.")
                : new RedisErrorException($"Redis at {address} refused a PING: {ping.Text}");
        }
    }

    /// <summary>The caller's token bounds the time.</summary>
    private static Task<RespValue> AskAsync(RedisConnection connection, RedisCommand command, CancellationToken cancel)
    {
        var request = new SingleRequest(command, deadline: long.MaxValue);
        connection.Send(request);
        return request.Reply.WaitAsync(cancel);
    }
}
