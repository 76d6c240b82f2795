namespace Aegis.Streams.Redis;

/// <summary>Where Redis is and how to log in.</summary>
/// <param name="Host">Name or address.</param>
/// <param name="Port">TCP port.</param>
/// <param name="User">ACL user; null for the default one.</param>
/// <param name="Password">Null where none is needed.</param>
public sealed record RedisEndpoint(string Host, int Port, string? User, string? Password)
{
    /// <summary>Reads <c>host:port,password=...,user=...</c>, the form that Aspire hands to its services.</summary>
    /// <exception cref="FormatException">Another form, or TLS, which this client does not speak.</exception>
    public static RedisEndpoint Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var parts = text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var address = parts.Length > 0 ? parts[0] : "";
        var colon = address.LastIndexOf(':');
        if (colon <= 0 || !int.TryParse(address[(colon + 1)..], out var port) || port is < 1 or > 65535)
        {
            throw new FormatException("The Redis connection string must begin with host:port, for example localhost:6390.");
        }

        string? user = null, password = null;
        foreach (var part in parts.Skip(1))
        {
            var (name, value) = part.Split('=', 2) is [var n, var v] ? (n.ToLowerInvariant(), v) : (part, "");
            switch (name)
            {
                case "user":
                    user = value;
                    break;
                case "password":
                    password = value;
                    break;
                case "ssl" when string.Equals(value, "true", StringComparison.OrdinalIgnoreCase):
                    throw new FormatException("The Redis connection string asks for ssl=true; allowed: a connection without TLS.");
            }
        }

        return new RedisEndpoint(address[..colon], port, user, password);
    }

    /// <summary>Without the password.</summary>
    public override string ToString() => $"{Host}:{Port}";
}
