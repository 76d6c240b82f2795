using System.Diagnostics;
using Aegis.Client;
using Aegis.TestRig.Servers;

namespace Aegis.TestRig.Processes;

/// <summary>A real scoring service in a process of its own.</summary>
internal sealed class ScoringProcess : IAsyncDisposable
{
    private readonly string _logPath;

    /// <summary>Starts a service.</summary>
    /// <param name="redis">The log's connection string.</param>
    /// <param name="folder">The folder of the store, which several processes may share.</param>
    /// <param name="model">The path of the bundle.</param>
    /// <param name="instance">The service's name among those that share the shards.</param>
    /// <param name="settings">Further settings, for example <c>Scoring__SnapshotEntries=2000</c>.</param>
    public ScoringProcess(string redis, string folder, string model, string instance = "scoring", params string[] settings)
    {
        var url = $"http://localhost:{Ports.Free()}";
        _logPath = Path.Combine(folder, $"{instance}.log");
        Process = new KillableProcess(
            "Aegis.Scoring", [],
            [
                $"ASPNETCORE_URLS={url}", $"ConnectionStrings__redis={redis}", $"Scoring__StorePath={Path.Combine(folder, "aegis.db")}",
                $"Scoring__ModelPath={model}",
                $"Scoring__TokenKeyPath={Path.Combine(folder, "token.key")}", $"Scoring__Instance={instance}",
                "Logging__LogLevel__Default=Warning", .. settings,
            ],
            _logPath);
        Http = new HttpClient(new SocketsHttpHandler()) { BaseAddress = new Uri(url), Timeout = TimeSpan.FromSeconds(30) };
        Api = new AegisClient(Http);
    }

    /// <summary>The client of the service's API.</summary>
    public AegisClient Api { get; }

    /// <summary>The API as bare HTTP, for requests that no client would send.</summary>
    public HttpClient Http { get; }

    /// <summary>The process itself.</summary>
    public KillableProcess Process { get; }

    /// <summary>Waits until the service is healthy.</summary>
    public async Task HealthyAsync(TimeSpan limit)
    {
        for (var started = Stopwatch.GetTimestamp(); !await Api.IsHealthyAsync(); await Task.Delay(50))
        {
            if (Process.HasExited || Stopwatch.GetElapsedTime(started) > limit)
            {
                throw new InvalidOperationException(
                    $"The scoring service is not healthy after {limit}: {await File.ReadAllTextAsync(_logPath)}");
            }
        }
    }

    /// <summary>The service's statistics; null while it cannot be reached.</summary>
    public async Task<Statistics?> StatisticsAsync()
    {
        try
        {
            return await Api.StatisticsAsync();
        }
        catch (AegisUnavailableException)
        {
            return null;
        }
    }

    /// <summary>For each shard that it owns and that waits for no facts, the position and the hash over its histories.</summary>
    public async Task<Dictionary<int, (string Position, string Fingerprint)>> FingerprintsAsync() =>
        (await Api.ShardsAsync(withFingerprints: true)).Where(shard => !shard.IsWaiting)
            .ToDictionary(shard => shard.Shard, shard => ($"{shard.Position}", shard.Fingerprint!));

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await Process.DisposeAsync();
    }
}
