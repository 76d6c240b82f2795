using System.Net;

namespace Aegis.Tests.EndToEnd;

/// <summary>The whole application on a volume that fills up. It reads the console, so it runs alone.</summary>
[Collection(AloneTests.Name)]
public sealed class FullVolumeTests : IDisposable
{
    private const int Count = 6_000;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(90);

    private readonly string _folder = Repository.TemporaryFolder();
    private readonly TextWriter _consoleBefore = Console.Out;
    private readonly StringWriter _console = new();
    private readonly TextWriter _writes;

    public FullVolumeTests() => _writes = TextWriter.Synchronized(_console);

    // Its writers lock it, so whoever reads does.
    private string Written
    {
        get
        {
            lock (_writes)
            {
                return _console.ToString();
            }
        }
    }

    public void Dispose()
    {
        Console.SetOut(_consoleBefore);
        _console.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Up_OnAVolumeThatFillsUp_SaysWhy_WaitsForSpace_AndLosesNothing()
    {
        using var volume = SmallVolume.Mount(Path.Combine(_folder, "volume"), mebibytes: 1_024);
        Console.SetOut(_writes);
        await using var app = await RunningAegis.StartAsync(volume.Path, "--count", $"{Count}", "--rate", "300");
        await app.WaitForDecidedAsync(300, Limit);

        volume.Fill();
        await EventuallyAsync(
            () => Task.FromResult(Said($"'redis' has ended and waits for space: the volume {volume.Path} has ")),
            "the console names the volume");
        await EventuallyAsync(
            async () =>
            {
                using var health = await app.Scoring.GetAsync("/health");
                var report = await health.Content.ReadAsStringAsync();
                return health.StatusCode == HttpStatusCode.ServiceUnavailable
                    && report.Contains($"The volume {volume.Path}, which holds the store and the log, has ", StringComparison.Ordinal)
                    && report.Contains(" free, and the reserve is 512 MiB", StringComparison.Ordinal);
            }, "health names the volume");
        Assert.False(Said("'redis' ended with exit code"), "it is not started for nothing");

        volume.Empty();
        var statistics = await app.WaitForDecidedAsync(Count, Limit);
        Assert.True(statistics is { Decided: Count, DeadLetters: 0, Duplicates: 0 }, $"{statistics}\n{app.Log}");
        Assert.True(Said($"'redis' is started again: the volume {volume.Path} has"), Lines);
        Assert.False(Said("'redis' ended with exit code"), Lines);
    }

    // The application writes its own lines indented; Aspire's log lies between them.
    private string Lines =>
        string.Join('\n', Written.Split('\n').Where(line => line.StartsWith("  '", StringComparison.Ordinal)));

    private bool Said(string words) => Written.Contains(words, StringComparison.Ordinal);

    private async Task EventuallyAsync(Func<Task<bool>> condition, string what)
    {
        for (var started = TimeProvider.System.GetTimestamp(); !await condition(); await Task.Delay(100))
        {
            Assert.True(TimeProvider.System.GetElapsedTime(started) < Limit, $"Not within {Limit}: {what}.\n{Lines}");
        }
    }
}
