using System.Diagnostics;
using Aegis.Streams.Redis;
using Polly;
using Polly.Retry;

namespace Aegis.TestRig.Servers;

/// <summary>Our own redis-server on loopback. It can be killed and started again on its data, and ends with its owner.</summary>
internal sealed class PrivateRedis : IAsyncDisposable
{
    private static readonly ResiliencePipeline Answers = new ResiliencePipelineBuilder { Name = "answers of redis-server" }
        .AddRetry(new RetryStrategyOptions { MaxRetryAttempts = 100, Delay = TimeSpan.FromMilliseconds(50),
            ShouldHandle = new PredicateBuilder().Handle<RedisException>() }).Build();

    private readonly ProcessStartInfo _start;
    private Process _server;

    private PrivateRedis(int port, string connectionString, string folder, IEnumerable<string> settings)
    {
        Port = port;
        ConnectionString = connectionString;
        string[] always = ["--port", $"{port}", "--bind", "127.0.0.1", "--save", "", "--dir", folder, "--logfile", Path.Combine(
            folder, $"redis-{port}.log")];
        _start = new ProcessStartInfo("redis-server", [.. always, .. settings]);
        _server = Process.Start(_start)!;
    }

    /// <summary>The server's port on loopback.</summary>
    public int Port { get; }

    /// <summary>The connection string for the services.</summary>
    public string ConnectionString { get; }

    /// <summary>The id of the server's process.</summary>
    public int ProcessId => _server.Id;

    /// <summary>Starts a server with the settings that Aegis runs with, and waits until it answers.</summary>
    /// <param name="folder">The folder of its append-only file. An existing file is read back.</param>
    /// <param name="password">The password that it asks for; null for none.</param>
    public static async Task<PrivateRedis> StartAsync(string folder, string? password = null)
    {
        Directory.CreateDirectory(folder);
        var port = Ports.Free();
        string[] settings = ["--appendonly", "yes", "--appendfsync", "always", .. password is null
            ? Array.Empty<string>()
            : ["--requirepass", password]];
        var redis = new PrivateRedis(port, $"localhost:{port}{(password is null ? "" : $",password={password}")}", folder, settings);
        await redis.AnswerAsync();
        return redis;
    }

    /// <summary>Starts a server with other settings, and does not wait.</summary>
    /// <param name="port">The server's port.</param>
    /// <param name="connectionString">How to connect to it.</param>
    /// <param name="folder">The folder of its files.</param>
    /// <param name="settings">The settings, as on its command line.</param>
    public static PrivateRedis Launch(int port, string connectionString, string folder, params string[] settings) =>
        new(port, connectionString, folder, settings);

    /// <summary>A client of any server.</summary>
    public static RedisClient Connect(string connectionString, double timeoutSeconds = 5) =>
        new(RedisSettings.Parse(connectionString, TimeSpan.FromSeconds(timeoutSeconds)));

    /// <summary>A client of this server.</summary>
    public RedisClient Client() => Connect(ConnectionString, timeoutSeconds: 30);

    /// <summary>Waits until the server answers.</summary>
    public async Task AnswerAsync() => await Answers.ExecuteAsync(async cancel =>
    {
        await using var client = Client();
        await client.ExecuteAsync(new RedisCommand("PING"), cancel);
    });

    /// <summary>Kills the server (SIGKILL).</summary>
    public async Task KillAsync()
    {
        _server.Kill();
        await _server.WaitForExitAsync();
    }

    /// <summary>Starts the killed server again, on its append-only file.</summary>
    public void Restart()
    {
        _server.Dispose();
        _server = Process.Start(_start)!;
    }

    /// <summary>Kills the server and starts it again.</summary>
    public async Task KillAndRestartAsync()
    {
        await KillAsync();
        Restart();
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

    /// <summary>The processor time that the server has used, in seconds.</summary>
    public async Task<double> ProcessorSecondsAsync()
    {
        await using var client = Client();
        var info = (await client.ExecuteAsync(new RedisCommand("INFO", "cpu"), CancellationToken.None)).Text();
        // used_cpu_sys:1.148175
        return info.Split('\n').Where(
            line => line.StartsWith("used_cpu_sys:", StringComparison.Ordinal)
            || line.StartsWith("used_cpu_user:", StringComparison.Ordinal))
            .Sum(line => double.Parse(line.Split(':')[1], System.Globalization.CultureInfo.InvariantCulture));
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        _server.Dispose();
    }
}
