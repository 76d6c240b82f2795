using System.CommandLine;
using System.Net.Http.Json;
using Aegis.Client;
using Aegis.Core.Decisions;
using Aegis.Scoring.Operator;

namespace Aegis.Tests.EndToEnd;

public sealed class BackupTests : IDisposable
{
    private readonly string _folder = Repository.TemporaryFolder();

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task BackupOfARunningAegis_Restored_IsStartedAndGoesOnWhereItStood()
    {
        var (data, backup, restored) = (Path.Combine(_folder, "data"), Path.Combine(_folder, "backup"), Path.Combine(_folder, "restored"));
        Statistics before;
        Decision expected;
        await using (var app = await RunningAegis.StartAsync(data, "--count", "2000", "--rate", "200"))
        {
            before = await app.WaitForDecidedAsync(500, TimeSpan.FromSeconds(60));
            var (exitCode, error) = await RunAsync("backup", backup, "--data", data, "--port-base", $"{app.PortBase}");
            Assert.True(exitCode == 0, error);
            expected = (await app.Scoring.GetFromJsonAsync<Decision>("/decisions/s42-400", AegisJson.Options))!;
        }

        Assert.Equal(0, (await RunAsync("restore", backup, "--data", restored)).ExitCode);
        await using (var app = await RunningAegis.StartAsync(restored, "--count", "300", "--rate", "200"))
        {
            var found = (await app.Scoring.GetFromJsonAsync<Decision>("/decisions/s42-400", AegisJson.Options))!;
            Assert.Equal((expected.Position, expected.Assessment, expected.TraceId), (found.Position, found.Assessment, found.TraceId));
            var after = await app.WaitForDecidedAsync(before.Decided + 300, TimeSpan.FromSeconds(60));
            Assert.Equal(0, after.DeadLetters);
        }
    }

    [Fact]
    public async Task Backup_WithNothingRunning_SaysItInOneSentence()
    {
        var (exitCode, error) = await RunAsync("backup", Path.Combine(_folder, "backup"), "--data", _folder);
        Assert.Equal(1, exitCode);
        Assert.Contains("There is no store in", Assert.Single(error.Trim().Split('\n')), StringComparison.Ordinal);
    }

    private static async Task<(int ExitCode, string Error)> RunAsync(params string[] args)
    {
        var error = new StringWriter();
        var console = new InvocationConfiguration { Output = new StringWriter(), Error = error };
        return (await OperatorCommands.RunAsync(args, console), error.ToString());
    }
}
