using System.Diagnostics.CodeAnalysis;

namespace Aegis.Streams.Redis;

/// <summary>Where one server listens.</summary>
/// <param name="Host">Name or address; the path of a Unix socket.</param>
/// <param name="Port">TCP port; 0 for a Unix socket.</param>
internal readonly record struct RedisAddress(string Host, int Port)
{
    private const string UnixPrefix = "unix:";

    public bool IsUnixSocket => Port == 0;

    /// <summary>Reads <c>host:port</c>, <c>[::1]:port</c> or <c>unix:/path</c>.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out RedisAddress address)
    {
        address = default;
        if (text is null)
        {
            return false;
        }

        if (text.StartsWith(UnixPrefix, StringComparison.Ordinal))
        {
            address = new RedisAddress(text[UnixPrefix.Length..], 0);
            return address.Host.StartsWith('/');
        }

        var colon = text.LastIndexOf(':');
        if (colon <= 0 || !int.TryParse(text[(colon + 1)..], out var port) || port is < 1 or > 65535)
        {
            return false;
        }

        address = new RedisAddress(text[..colon].Trim('[', ']'), port);
        return address.Host.Length > 0;
    }

    /// <inheritdoc/>
    public override string ToString() => IsUnixSocket ? $"{UnixPrefix}{Host}" : $"{Host}:{Port}";
}
