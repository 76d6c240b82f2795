using System.Net;
using System.Net.Sockets;
using Aegis.Streams.Redis;
using Microsoft.Extensions.Logging.Abstractions;

namespace Aegis.Tests.Streams;

/// <summary>A private redis-server on a free port.</summary>
public sealed class RedisFixture : IAsyncLifetime
{
    private const string Password = "test-password";
    private static int _lastPort = 20_000 + (Environment.ProcessId % 100 * 100);

    private readonly string _folder;
    private readonly int _port = FreePort();
    private RedisProcess _server = null!;

    public RedisFixture()
        : this(Repository.TemporaryFolder())
    {
    }

    /// <param name="folder">What it reads back, and deletes in the end.</param>
    internal RedisFixture(string folder) => _folder = folder;

    public string ConnectionString => $"localhost:{_port},password={Password}";

    internal RedisClient Client(string? password = Password) =>
        new(new RedisEndpoint("localhost", _port, null, password), TimeProvider.System, NullLogger<RedisClient>.Instance) { Timeout = TimeSpan.FromSeconds(5) };

    public async ValueTask InitializeAsync() => await StartAsync();

    internal async Task StartAsync()
    {
        _server = RedisProcess.Start($"--port {_port} --bind 127.0.0.1 --requirepass {Password} --appendonly yes --appendfsync always --save \"\" --dir {_folder}");
        await RedisProcess.WaitAsync(ConnectionString);
    }

    internal Task KillAsync() => _server.KillAsync();

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>Below the range from which the system takes the ports of outgoing connections, and never the same one twice.</summary>
    internal static int FreePort()
    {
        while (true)
        {
            var port = Interlocked.Increment(ref _lastPort);
            try
            {
                using var listener = new TcpListener(IPAddress.Loopback, port);
                listener.Start();
                return port;
            }
            catch (SocketException e) when (e.SocketErrorCode == SocketError.AddressAlreadyInUse)
            {
                // Another process has it.
            }
        }
    }
}
