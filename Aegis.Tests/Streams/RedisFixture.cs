using Aegis.Streams.Redis;
using Aegis.TestRig;
using Aegis.TestRig.Servers;

namespace Aegis.Tests.Streams;

/// <summary>A private redis-server that asks for a password.</summary>
public sealed class RedisFixture : IAsyncLifetime
{
    private const string Password = "test-password";

    private readonly string _folder;
    private PrivateRedis? _server;

    public RedisFixture()
        : this(Repository.TemporaryFolder())
    {
    }

    /// <param name="folder">What it reads back, and deletes in the end.</param>
    internal RedisFixture(string folder) => _folder = folder;

    public string ConnectionString => Server.ConnectionString;

    private PrivateRedis Server => _server ?? throw new InvalidOperationException("It has not been started.");

    internal RedisClient Client(string? password = Password) => PrivateRedis.Connect($"localhost:{Server.Port},password={password}");

    public async ValueTask InitializeAsync() => _server = await PrivateRedis.StartAsync(_folder, Password);

    internal Task KillAsync() => Server.KillAsync();

    /// <summary>Starts it again after it was killed.</summary>
    internal Task RestartAsync()
    {
        Server.Restart();
        return Server.AnswerAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await (_server?.DisposeAsync() ?? default);
        Directory.Delete(_folder, recursive: true);
    }
}
