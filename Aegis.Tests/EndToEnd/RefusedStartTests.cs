using System.Diagnostics;
using Aegis.MachineLearning.Bundles;
using Aegis.TestRig.Processes;
using Aegis.TestRig.Servers;
using Aegis.Tests.MachineLearning;

namespace Aegis.Tests.EndToEnd;

/// <summary>The scoring service as a program that cannot start: it ends at once and says why in one sentence.</summary>
public sealed class RefusedStartTests(SmallModel small) : IClassFixture<SmallModel>, IDisposable
{
    private readonly string _folder = Repository.TemporaryFolder();

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Scoring_WithADamagedTokenKey_NamesTheFileAndWhatIsWrong()
    {
        var key = Path.Combine(_folder, "token.key");
        await File.WriteAllBytesAsync(key, new byte[31]);
        Assert.Equal((1, $"aegis scoring: Token key file '{key}' has 31 bytes; allowed: 32."), await StartAsync());
    }

    [Fact]
    public async Task Scoring_WithAFolderOfRedisThatIsNotThere_NamesTheSetting()
    {
        var (exitCode, error) = await StartAsync("Scoring__RedisFolder=/no/such/folder", "Scoring__ReserveMiB=-1");
        Assert.Equal(1, exitCode);
        Assert.Contains("Scoring:RedisFolder is '/no/such/folder', where there is no folder", error, StringComparison.Ordinal);
        Assert.Contains("ReserveMiB must be between 0 and 1048576", error, StringComparison.Ordinal);
    }

    private async Task<(int ExitCode, string Error)> StartAsync(params string[] settings)
    {
        var model = Path.Combine(_folder, "small.model");
        await File.WriteAllBytesAsync(model, FraudModelFile.Write(small.Model));
        var start = new ProcessStartInfo("dotnet", [Programs.Path("Aegis.Scoring")])
            { RedirectStandardOutput = true, RedirectStandardError = true };
        // Nobody listens there: the fault is found before Redis is asked.
        string[] usual =
        [
            $"ASPNETCORE_URLS=http://localhost:{Ports.Free()}", $"ConnectionStrings__redis=localhost:{Ports.Free()}",
            $"Streams__ShardCount={SmallModel.Shards}", $"Scoring__StorePath={Path.Combine(_folder, "aegis.db")}",
            $"Scoring__ModelPath={model}", $"Scoring__TokenKeyPath={Path.Combine(_folder, "token.key")}",
        ];
        foreach (var setting in usual.Concat(settings))
        {
            var separator = setting.IndexOf('=', StringComparison.Ordinal);
            start.Environment[setting[..separator]] = setting[(separator + 1)..];
        }

        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        try
        {
            await process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(60));
        }
        catch (TimeoutException)
        {
            process.Kill();
            Assert.Fail($"It has started: {await output}");
        }

        return (process.ExitCode, (await error).TrimEnd());
    }
}
