namespace Aegis.Streams.Redis;

/// <summary>What is said first on a new connection.</summary>
internal static class RedisLogin
{
    /// <summary>Agrees on a protocol, logs in, and checks that the server is ready.</summary>
    /// <returns>True where the server is a node of a cluster.</returns>
    /// <exception cref="RedisErrorException">It refused the login.</exception>
    /// <exception cref="RedisUnavailableException">It is not ready yet.</exception>
    public static async Task<bool> LogInAsync(RedisConnection connection, RedisAddress address, RedisEndpoint endpoint, CancellationToken cancel)
    {
        var isCluster = await GreetAsync(connection, address, endpoint, cancel) ?? await LogInWithoutGreetingAsync(connection, address, endpoint, cancel);

        // A server that reads its data back refuses commands one by one: a MULTI block could be torn where it becomes ready in between.
        var ping = await AskAsync(connection, new RedisCommand("PING"), cancel);
        if (ping.Kind == RespKind.Error)
        {
            throw ping.Text.StartsWith("LOADING", StringComparison.Ordinal)
                ? new RedisUnavailableException("it is still reading its data back.")
                : new RedisErrorException($"Redis at {address} refused a PING: {ping.Text}");
        }

        return isCluster;
    }

    /// <summary>Asks for RESP3 and logs in with the same command. Null where RESP2 is asked for, or the server knows no other.</summary>
    private static async Task<bool?> GreetAsync(RedisConnection connection, RedisAddress address, RedisEndpoint endpoint, CancellationToken cancel)
    {
        if (endpoint.Protocol < 3)
        {
            return null;
        }

        var hello = new RedisCommand("HELLO", "3");
        if (endpoint.Password is { } password)
        {
            hello.Add("AUTH").Add(endpoint.User ?? "default").Add(password);
        }

        var reply = await AskAsync(connection, hello, cancel);
        if (reply.Kind != RespKind.Error)
        {
            return reply.Pairs.Any(pair => pair.Key.Text == "mode" && pair.Value.Text == "cluster");
        }

        // "ERR unknown command" of an old server or a proxy, or "NOPROTO"; anything else is about the login.
        return reply.Text.StartsWith("ERR", StringComparison.Ordinal) || reply.Text.StartsWith("NOPROTO", StringComparison.Ordinal)
            ? null
            : throw Refused(address, reply);
    }

    private static async Task<bool> LogInWithoutGreetingAsync(RedisConnection connection, RedisAddress address, RedisEndpoint endpoint, CancellationToken cancel)
    {
        if (endpoint.Password is { } password)
        {
            var login = endpoint.User is { } user ? new RedisCommand("AUTH", user, password) : new RedisCommand("AUTH", password);
            var reply = await AskAsync(connection, login, cancel);
            if (reply.Kind == RespKind.Error)
            {
                throw Refused(address, reply);
            }
        }

        // Refused where cluster support is disabled.
        return (await AskAsync(connection, new RedisCommand("CLUSTER", "INFO"), cancel)).Kind != RespKind.Error;
    }

    /// <summary>The caller's token bounds the time.</summary>
    private static Task<RespValue> AskAsync(RedisConnection connection, RedisCommand command, CancellationToken cancel)
    {
        var request = new SingleRequest(command, deadline: long.MaxValue);
        connection.Send(request);
        return request.Reply.WaitAsync(cancel);
    }

    private static RedisErrorException Refused(RedisAddress address, RespValue reply) => new($"Redis at {address} refused the login: {reply.Text}");
}
