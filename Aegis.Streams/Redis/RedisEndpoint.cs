namespace Aegis.Streams.Redis;

/// <summary>Where Redis is and how to log in.</summary>
/// <param name="Host">Name or address; the path of a Unix socket.</param>
/// <param name="Port">TCP port; 0 for a Unix socket.</param>
/// <param name="User">ACL user; null for the default one.</param>
/// <param name="Password">Null where none is needed.</param>
public sealed record RedisEndpoint(string Host, int Port, string? User, string? Password)
{
    /// <summary>True for TLS. The server's name and certificate are always checked.</summary>
    public bool IsTls { get; init; }

    /// <summary>The name that the certificate must bear; null for the host connected to.</summary>
    public string? TlsHost { get; init; }

    /// <summary>A PEM file of the authorities that alone are trusted; null for those of the machine.</summary>
    public string? TlsAuthorityPath { get; init; }

    /// <summary>RESP version to ask for, 2 or 3; a server that does not know 3 is spoken to in 2.</summary>
    public int Protocol { get; init; } = 3;

    /// <summary>True where it is known to be a Redis Cluster; a server that says so itself is treated as one too.</summary>
    public bool IsCluster { get; init; }

    /// <summary>Where to begin: the first one, and others of the same cluster.</summary>
    internal IReadOnlyList<RedisAddress> Seeds { get; init; } = [new(Host, Port)];

    /// <summary>
    /// Reads <c>host:port</c> or <c>unix:/path</c>, for a cluster several <c>host:port</c>, and options, parted by commas, as Aspire hands it to its services:
    /// <c>localhost:6390,password=...,ssl=true</c>. <see cref="RedisEndpointOptions"/> lists the options.
    /// </summary>
    /// <exception cref="FormatException">Another form; the text names option, value and what is allowed.</exception>
    public static RedisEndpoint Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var seeds = new List<RedisAddress>();
        var endpoint = new RedisEndpoint("", 0, null, null);
        foreach (var part in text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (part.Split('=', 2) is [var name, var value])
            {
                endpoint = RedisEndpointOptions.Apply(endpoint, name, value);
            }
            else
            {
                // It is not shown: it may be the rest of a password with a comma.
                seeds.Add(RedisAddress.TryParse(part, out var address)
                    ? address
                    : throw new FormatException($"Part {seeds.Count + 1} of the Redis connection string is no address; allowed: host:port, unix:/path/to.sock or option=value, for example localhost:6390. A password cannot hold a comma."));
            }
        }

        if (seeds.Count == 0)
        {
            throw new FormatException("The Redis connection string has no address; allowed: host:port or unix:/path/to.sock, for example localhost:6390.");
        }

        if (seeds.Count > 1 && (!endpoint.IsCluster || seeds.Any(seed => seed.IsUnixSocket)))
        {
            throw new FormatException($"The Redis connection string has {seeds.Count} addresses; allowed: one, or several host:port with cluster=true.");
        }

        return endpoint with { Host = seeds[0].Host, Port = seeds[0].Port, Seeds = seeds };
    }

    /// <summary>Without the password.</summary>
    public override string ToString() => string.Join(',', Seeds);
}
