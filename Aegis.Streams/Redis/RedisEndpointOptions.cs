namespace Aegis.Streams.Redis;

/// <summary>
/// The options of a connection string: <c>user</c>, <c>password</c>, <c>ssl</c> (true or false), <c>sslHost</c> (the name to check), <c>sslCa</c> (a PEM file),
/// <c>protocol</c> (2 or 3), <c>cluster</c> (true or false).
/// </summary>
internal static class RedisEndpointOptions
{
    // What other clients tune with; here it would change nothing.
    private static readonly HashSet<string> Ignored = new(StringComparer.OrdinalIgnoreCase)
    {
        "abortConnect", "allowAdmin", "asyncTimeout", "configCheckSeconds", "connectRetry", "connectTimeout", "keepAlive", "name", "resolveDns", "setlib", "syncTimeout",
    };

    /// <exception cref="FormatException">Unknown option, or a value that it does not have.</exception>
    public static RedisEndpoint Apply(RedisEndpoint endpoint, string name, string value) => name.ToLowerInvariant() switch
    {
        "user" => endpoint with { User = value },
        "password" => endpoint with { Password = value },
        "ssl" => endpoint with { IsTls = Boolean(name, value) },
        "sslhost" when value.Length > 0 => endpoint with { TlsHost = value },
        "sslca" when value.Length > 0 => endpoint with { TlsAuthorityPath = value },
        "protocol" when value is "2" or "resp2" => endpoint with { Protocol = 2 },
        "protocol" when value is "3" or "resp3" => endpoint with { Protocol = 3 },
        "cluster" => endpoint with { IsCluster = Boolean(name, value) },
        "protocol" => throw Refused(name, value, "2 or 3"),
        "sslhost" or "sslca" => throw Refused(name, value, "not empty"),
        _ when Ignored.Contains(name) => endpoint,
        _ => throw new FormatException($"The Redis connection string has the unknown option '{name}={value}'; allowed: user, password, ssl, sslHost, sslCa, protocol, cluster."),
    };

    private static bool Boolean(string name, string value) => bool.TryParse(value, out var parsed) ? parsed : throw Refused(name, value, "true or false");

    private static FormatException Refused(string name, string value, string allowed) =>
        new($"The Redis connection string has '{name}={value}'; allowed for {name}: {allowed}.");
}
