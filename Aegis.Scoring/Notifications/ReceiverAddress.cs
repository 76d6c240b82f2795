using System.Net;
using System.Net.Sockets;

namespace Aegis.Scoring.Notifications;

/// <summary>Says where messages may go: over https to other machines, over http to this one. Networks of one's own are closed unless
/// an operator opens them, so that nobody with a key for the API can reach through it into them.</summary>
internal static class ReceiverAddress
{
    /// <summary>The longest address.</summary>
    public const int MaxLength = 2_000;

    /// <summary>What is allowed.</summary>
    public const string Allowed = "an https address, or http to localhost, of at most 2000 characters, without user and password";

    private static readonly IPNetwork[] Private =
    [
        IPNetwork.Parse("0.0.0.0/8"), IPNetwork.Parse("10.0.0.0/8"), IPNetwork.Parse("100.64.0.0/10"), IPNetwork.Parse("127.0.0.0/8"),
        IPNetwork.Parse("169.254.0.0/16"), IPNetwork.Parse("172.16.0.0/12"), IPNetwork.Parse("192.168.0.0/16"), IPNetwork.Parse("::/127"),
        IPNetwork.Parse("fc00::/7"), IPNetwork.Parse("fe80::/10"),
    ];

    /// <summary>The address; null if it is not allowed.</summary>
    public static Uri? Parse(string? text) =>
        text is { Length: <= MaxLength } && Uri.TryCreate(text, UriKind.Absolute, out var address) && address.UserInfo.Length == 0
        && (address.Scheme == "https" || (address.Scheme == "http" && IsThisMachine(address.Host)))
            ? address
            : null;

    /// <summary>Opens a connection to a receiver.</summary>
    /// <exception cref="HttpRequestException">The name leads into a network of one's own, and these are closed.</exception>
    /// <exception cref="SocketException">Nobody answers there.</exception>
    public static async ValueTask<Stream> ConnectAsync(DnsEndPoint receiver, bool mayBePrivate, CancellationToken cancel)
    {
        var found = await Dns.GetHostAddressesAsync(receiver.Host, cancel);
        var allowed = found.Where(address => mayBePrivate || IsThisMachine(receiver.Host) || !IsPrivate(address)).ToArray();
        if (allowed.Length == 0)
        {
            throw new HttpRequestException(
                $"{receiver.Host} leads to {string.Join(", ", found.Select(address => address.ToString()))}, a private address; allowed: public ones, or any with Scoring__PrivateReceivers=true");
        }

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(allowed, receiver.Port, cancel);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>True for an address that is not of the public Internet.</summary>
    public static bool IsPrivate(IPAddress address)
    {
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return Private.Any(network => network.BaseAddress.AddressFamily == plain.AddressFamily && network.Contains(plain));
    }

    private static bool IsThisMachine(string host) =>
        host == "localhost" || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));
}
