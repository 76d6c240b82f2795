using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Aegis.Streams.Redis;
using Microsoft.Extensions.Logging.Abstractions;

namespace Aegis.Benchmarks.EndToEnd;

/// <summary>A redis-server of the benchmark's own, with the setting that Aegis runs with; can be killed and started again on its data.</summary>
internal sealed class PrivateRedis : IAsyncDisposable
{
    private readonly string _folder;
    private Process _server;

    private PrivateRedis(string folder, int port)
    {
        _folder = folder;
        Port = port;
        _server = Launch();
    }

    /// <summary>Its port on loopback.</summary>
    public int Port { get; }

    /// <summary>As the services take it.</summary>
    public string ConnectionString => $"localhost:{Port}";

    /// <summary>Its process.</summary>
    public int ProcessId => _server.Id;

    /// <summary>Starts one and waits until it answers.</summary>
    public static async Task<PrivateRedis> StartAsync(string folder)
    {
        Directory.CreateDirectory(folder);
        var redis = new PrivateRedis(folder, Ports.Free());
        await redis.AnswerAsync();
        return redis;
    }

    /// <summary>A client of it.</summary>
    public RedisClient Client() => new(RedisEndpoint.Parse(ConnectionString), TimeProvider.System, NullLogger<RedisClient>.Instance) { Timeout = TimeSpan.FromSeconds(30) };

    /// <summary>Kills it (SIGKILL) and starts it again on what its append-only file holds.</summary>
    public async Task KillAndRestartAsync()
    {
        _server.Kill();
        await _server.WaitForExitAsync();
        _server.Dispose();
        _server = Launch();
    }

    /// <summary>Runs redis-benchmark against it and returns requests per second.</summary>
    public async Task<double> BenchmarkAsync(int requests, int pipeline, params string[] command)
    {
        string[] arguments = ["-p", $"{Port}", "-n", $"{requests}", "-P", $"{pipeline}", "-c", "16", "--csv", .. command];
        using var process = Process.Start(new ProcessStartInfo("redis-benchmark", arguments) { RedirectStandardOutput = true })!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        // "XADD ...","284090.91","0.5",...
        return double.Parse(output.Trim().Split('\n')[^1].Split("\",\"")[1].Trim('"'), System.Globalization.CultureInfo.InvariantCulture);
    }

    public async ValueTask DisposeAsync()
    {
        _server.Kill();
        await _server.WaitForExitAsync();
        _server.Dispose();
    }

    private async Task AnswerAsync()
    {
        await using var client = Client();
        for (var tries = 0; ; tries++)
        {
            try
            {
                await client.ExecuteAsync(new RedisCommand("PING"), CancellationToken.None);
                return;
            }
            catch (RedisException) when (tries < 100)
            {
                await Task.Delay(100);
            }
        }
    }

    private Process Launch() => Process.Start(new ProcessStartInfo(
        "redis-server",
        ["--port", $"{Port}", "--bind", "127.0.0.1", "--appendonly", "yes", "--appendfsync", "always", "--save", "", "--dir", _folder, "--logfile", Path.Combine(_folder, "redis.log")]))!;
}

/// <summary>TCP ports of loopback.</summary>
internal static class Ports
{
    /// <summary>One that is free now.</summary>
    public static int Free()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
