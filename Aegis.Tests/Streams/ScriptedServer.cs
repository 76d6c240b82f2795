using System.Net;
using System.Net.Sockets;
using System.Text;
using Aegis.Streams.Redis;
using Microsoft.Extensions.Logging.Abstractions;

namespace Aegis.Tests.Streams;

/// <summary>A server that greets as Redis does and then says what a test wants, byte for byte.</summary>
internal sealed class ScriptedServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _running;
    private int _connections;

    /// <param name="serve">Runs once a client has greeted; the connection closes when it ends.</param>
    public ScriptedServer(Func<NetworkStream, CancellationToken, Task> serve)
    {
        _listener.Start();
        _running = ServeAsync(serve);
    }

    public int Connections => Volatile.Read(ref _connections);

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>A client of this server.</summary>
    public RedisClient Client(double timeoutSeconds = 5) =>
        new(RedisEndpoint.Parse($"127.0.0.1:{Port},protocol=2"), TimeProvider.System, NullLogger<RedisClient>.Instance) { Timeout = TimeSpan.FromSeconds(timeoutSeconds) };

    public static ValueTask Say(NetworkStream stream, string bytes) => stream.WriteAsync(Encoding.UTF8.GetBytes(bytes));

    /// <summary>Waits until a client has sent this.</summary>
    public static async Task Hear(NetworkStream stream, string text, CancellationToken cancel)
    {
        var heard = "";
        var buffer = new byte[64 << 10];
        while (!heard.Contains(text, StringComparison.Ordinal))
        {
            var read = await stream.ReadAsync(buffer, cancel);
            Assert.NotEqual(0, read);
            heard += Encoding.Latin1.GetString(buffer, 0, read);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _running;
    }

    private async Task ServeAsync(Func<NetworkStream, CancellationToken, Task> serve)
    {
        var serving = new List<Task>();
        try
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync(_stop.Token);
                Interlocked.Increment(ref _connections);
                serving.Add(ServeAsync(client, serve));
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException)
        {
            await Task.WhenAll(serving);
        }
    }

    private async Task ServeAsync(TcpClient client, Func<NetworkStream, CancellationToken, Task> serve)
    {
        using (client)
        {
            var stream = client.GetStream();
            try
            {
                await Hear(stream, "CLUSTER", _stop.Token);
                await Say(stream, "-ERR This instance has cluster support disabled\r\n");
                await Hear(stream, "PING", _stop.Token);
                await Say(stream, "+PONG\r\n");
                await serve(stream, _stop.Token);
            }
            catch (Exception e) when (e is OperationCanceledException or IOException or SocketException or Xunit.Sdk.NotEqualException)
            {
                // The client has gone, or the test is over.
            }
        }
    }
}
