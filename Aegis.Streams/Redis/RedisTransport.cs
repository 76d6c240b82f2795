using System.Net.Sockets;

namespace Aegis.Streams.Redis;

/// <summary>Opens the stream that a connection runs over.</summary>
internal static class RedisTransport
{
    public static async Task<Stream> ConnectAsync(RedisAddress address, CancellationToken cancel)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(address.Host, address.Port, cancel);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
