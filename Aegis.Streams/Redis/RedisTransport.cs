using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;

namespace Aegis.Streams.Redis;

/// <summary>Opens the stream that a connection runs over: TCP or a Unix socket, with TLS where asked for.</summary>
internal static class RedisTransport
{
    /// <exception cref="SocketException">Nobody listens there.</exception>
    /// <exception cref="System.Security.Authentication.AuthenticationException">The certificate is not trusted, or bears another name.</exception>
    public static async Task<Stream> ConnectAsync(RedisAddress address, RedisEndpoint endpoint, CancellationToken cancel)
    {
        Stream stream = new NetworkStream(await ConnectSocketAsync(address, cancel), ownsSocket: true);
        if (!endpoint.IsTls)
        {
            return stream;
        }

        var secure = new SslStream(stream);
        try
        {
            await secure.AuthenticateAsClientAsync(Options(address, endpoint), cancel);
            return secure;
        }
        catch
        {
            await secure.DisposeAsync();
            throw;
        }
    }

    private static async Task<Socket> ConnectSocketAsync(RedisAddress address, CancellationToken cancel)
    {
        var socket = address.IsUnixSocket
            ? new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified)
            : new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await (address.IsUnixSocket
                ? socket.ConnectAsync(new UnixDomainSocketEndPoint(address.Host), cancel)
                : socket.ConnectAsync(address.Host, address.Port, cancel));
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static SslClientAuthenticationOptions Options(RedisAddress address, RedisEndpoint endpoint)
    {
        // No callback: name and chain are checked by the platform. With the name empty it would check none.
        var options = new SslClientAuthenticationOptions { TargetHost = endpoint.TlsHost ?? (address.IsUnixSocket ? "localhost" : address.Host) };
        if (endpoint.TlsAuthorityPath is { } path)
        {
            options.CertificateChainPolicy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
            options.CertificateChainPolicy.CustomTrustStore.ImportFromPemFile(path);
        }

        return options;
    }
}
