using System.Diagnostics;
using Aegis.Streams.Redis;
using Microsoft.Extensions.Logging.Abstractions;

namespace Aegis.Tests.Streams;

/// <summary>A redis-server that ends with the test.</summary>
internal sealed class RedisProcess : IAsyncDisposable
{
    private readonly Process _process;

    private RedisProcess(Process process) => _process = process;

    /// <param name="arguments">As on the command line.</param>
    public static RedisProcess Start(string arguments)
    {
        var process = Process.Start(new ProcessStartInfo("redis-server", arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        _ = process.StandardOutput.ReadToEndAsync();
        _ = process.StandardError.ReadToEndAsync();
        return new RedisProcess(process);
    }

    public static RedisClient Client(string connection, double timeoutSeconds = 5) =>
        new(RedisEndpoint.Parse(connection), TimeProvider.System, NullLogger<RedisClient>.Instance) { Timeout = TimeSpan.FromSeconds(timeoutSeconds) };

    /// <summary>Waits until it answers.</summary>
    public static async Task WaitAsync(string connection)
    {
        for (var tries = 0; ; tries++)
        {
            try
            {
                await using var client = Client(connection);
                await client.ExecuteAsync(new RedisCommand("PING"), TestContext.Current.CancellationToken);
                return;
            }
            catch (RedisException) when (tries < 100)
            {
                await Task.Delay(50);
            }
        }
    }

    /// <summary>SIGKILL.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        _process.Dispose();
    }
}
