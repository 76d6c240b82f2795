using System.Net;
using System.Net.Sockets;
using StackExchange.Redis;

namespace Aegis.Streams.Redis;

/// <summary>The address of Redis and the login: a connection string as StackExchange.Redis and Aspire write it, with
/// three forms of our own.</summary>
/// <remarks><c>unix:/path/to.sock</c> names a Unix socket. <c>sslCa=FILE</c> names a PEM file of authorities; no others
/// are trusted. <c>cluster=true</c> says nothing that a cluster does not say itself.</remarks>
public static class RedisSettings
{
    private const string UnixPrefix = "unix:";
    private const string AuthorityOption = "sslCa";
    private const string ClusterOption = "cluster";

    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(2);

    /// <summary>The longest time that a command waits for its reply. No command of this project blocks on the server
    /// for that long.</summary>
    public static TimeSpan Timeout { get; } = TimeSpan.FromSeconds(5);

    /// <summary>Reads a connection string.</summary>
    /// <param name="text">The connection string.</param>
    /// <param name="timeout">The longest time that a command waits for its reply; <see cref="Timeout"/> unless given.</param>
    /// <exception cref="FormatException">The text names no server, or has an unknown option or value. The message never
    /// holds the password.</exception>
    public static ConfigurationOptions Parse(string text, TimeSpan? timeout = null)
    {
        try
        {
            var options = StandardPart(text) is { Length: > 0 } standard
                ? ConfigurationOptions.Parse(standard, ignoreUnknown: false)
                : new ConfigurationOptions();
            Apply(options, text);
            options.AsyncTimeout = (int)(timeout ?? Timeout).TotalMilliseconds;
            return options;
        }
        catch (ArgumentException e)
        {
            var name = Parts(text).Select(part => part.Split('=', 2)[0])
                .FirstOrDefault(name => e.Message.Contains($"'{name}'", StringComparison.OrdinalIgnoreCase));
            throw new FormatException($"The Redis connection string has an option or value that is not known{(name is null ? "" : $": {name}")}; allowed: the options of StackExchange.Redis, {UnixPrefix}/path/to.sock, {AuthorityOption}=FILE and {ClusterOption}=true.", e);
        }
    }

    /// <summary>The part that StackExchange.Redis reads by itself.</summary>
    /// <exception cref="FormatException">A part is neither an address nor an option.</exception>
    public static string StandardPart(string text)
    {
        var parts = Parts(text);
        for (var i = 0; i < parts.Length; i++)
        {
            // The part is not shown: it may be the rest of a password with a comma.
            if (!IsOwn(parts[i]) && !parts[i].Contains('=', StringComparison.Ordinal) && !IsAddress(parts[i]))
            {
                throw new FormatException($"Part {i + 1} of the Redis connection string is no address; allowed: host:port, unix:/path/to.sock or option=value, for example localhost:6390. A password cannot hold a comma.");
            }
        }

        return string.Join(',', parts.Where(part => !IsOwn(part)));
    }

    /// <summary>Adds our own forms, and sets how commands fail.</summary>
    /// <exception cref="FormatException">One of our forms is wrong, or there is no address.</exception>
    public static void Apply(ConfigurationOptions options, string text)
    {
        ArgumentNullException.ThrowIfNull(options);
        foreach (var part in Parts(text).Where(IsOwn))
        {
            ApplyOwn(options, part);
        }

        if (options.EndPoints.Count == 0)
        {
            throw new FormatException(
                "The Redis connection string has no address; allowed: host:port or unix:/path/to.sock, for example localhost:6390.");
        }

        // While a server is gone, commands fail at once and the client tries to reconnect.
        options.AbortOnConnectFail = false;
        // Needed for CONFIG GET, which tells whether the server may discard log entries.
        options.AllowAdmin = true;
        options.BacklogPolicy = BacklogPolicy.FailFast;
        options.ReconnectRetryPolicy = new LinearRetry(200);
        options.HeartbeatInterval = TimeSpan.FromMilliseconds(250);
        options.ConnectRetry = 1;
        options.ConnectTimeout = (int)ConnectTimeout.TotalMilliseconds;
        options.AsyncTimeout = (int)Timeout.TotalMilliseconds;
    }

    private static string[] Parts(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
    }

    private static bool IsOwn(string part) =>
        part.StartsWith(UnixPrefix, StringComparison.OrdinalIgnoreCase)
        || part.StartsWith($"{AuthorityOption}=", StringComparison.OrdinalIgnoreCase)
        || part.StartsWith($"{ClusterOption}=", StringComparison.OrdinalIgnoreCase);

    private static void ApplyOwn(ConfigurationOptions options, string part)
    {
        if (part.StartsWith(UnixPrefix, StringComparison.OrdinalIgnoreCase))
        {
            var socket = part[UnixPrefix.Length..];
            options.EndPoints.Add(socket.StartsWith('/')
                ? new UnixDomainSocketEndPoint(socket)
                : throw new FormatException($"The Redis connection string has '{part}'; allowed: unix:/path/to.sock."));
            return;
        }

        if (part.StartsWith(AuthorityOption, StringComparison.OrdinalIgnoreCase))
        {
            var path = part[(AuthorityOption.Length + 1)..];
            options.TrustIssuer(
                File.Exists(path) ? path : throw new FormatException(
                    $"The Redis connection string has '{part}', which does not exist; allowed: the path of a PEM file."));
        }

        // "cluster=" needs no action: a cluster reports itself.
    }

    private static bool IsAddress(string part) =>
        part.LastIndexOf(':') is > 0 and var colon && int.TryParse(part.AsSpan(colon + 1), out var port) && port is >= IPEndPoint.MinPort
            + 1 and <= IPEndPoint.MaxPort;
}
