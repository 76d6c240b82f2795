using Aegis.Scoring.Storage;
using Dapper;

namespace Aegis.Tests.EndToEnd;

[Collection(AloneTests.Name)]
public sealed class CrashTests : IDisposable
{
    private readonly string _folder = Repository.TemporaryFolder();

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task KillOfEveryProcess_InTheMiddleOfARun_LosesNothingAndCountsNothingTwice()
    {
        const int Count = 20_000;
        await using (var app = await RunningAegis.StartAsync(_folder, "--count", $"{Count}", "--rate", "2000"))
        {
            await app.WaitForDecidedAsync(1_000, TimeSpan.FromSeconds(60));
            await app.KillAsync("producer");
            await app.WaitForDecidedAsync(4_000, TimeSpan.FromSeconds(60));
            await app.KillAsync("scoring");
            await app.WaitForDecidedAsync(8_000, TimeSpan.FromSeconds(60));
            await app.KillAsync("dashboard");
            await app.WaitForDecidedAsync(12_000, TimeSpan.FromSeconds(60));
            await app.KillAsync("redis");
            await app.WaitForDecidedAsync(Count, TimeSpan.FromSeconds(90));
            foreach (var resource in new[] { "dashboard", "producer", "redis", "scoring" })
            {
                await app.WaitForHealthyAsync(resource);
            }

            var statistics = await app.StatisticsAsync();
            Assert.True(statistics is { Decided: Count, DeadLetters: 0, Duplicates: 0 }, $"{statistics}\n{app.Log}");
        }

        Assert.Equal(Enumerable.Range(0, Count).Select(i => $"s42-{i}").Order(StringComparer.Ordinal), StoredIds()
            .Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task SecondRun_ContinuesWithTheDataOfTheFirst()
    {
        await using (var first = await RunningAegis.StartAsync(_folder, "--count", "50", "--rate", "500"))
        {
            await first.WaitForDecidedAsync(50, TimeSpan.FromSeconds(60));
        }

        Assert.False(File.Exists(Path.Combine(_folder, "aegis.lock")), "the lock is gone after a clean stop");
        await using (var second = await RunningAegis.StartAsync(_folder, "--count", "30", "--rate", "500"))
        {
            await second.WaitForDecidedAsync(80, TimeSpan.FromSeconds(60));
        }

        Assert.Equal(80, StoredIds().Distinct().Count());
    }

    private List<string> StoredIds()
    {
        var store = Store.Open(Path.Combine(_folder, "store", "aegis.db"), 16);
        using var connection = store.Connect();
        return [.. connection.Query<byte[]>("SELECT transaction_body FROM decisions")
            .Select(body => Aegis.Streams.Entries.MessageCodec.DecodeTransaction(body).Id)];
    }
}
