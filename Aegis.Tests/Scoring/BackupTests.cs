using System.Net.Http.Json;
using System.Text;
using Aegis.Core.Decisions;
using Aegis.Core.Numerics;
using Aegis.Core.Transactions;
using Aegis.Scoring.Operator;
using Aegis.Streams;
using Aegis.Streams.Appending;
using Aegis.Streams.Entries;
using Aegis.Streams.Reading;
using Aegis.Tests.MachineLearning;
using Aegis.Tests.Streams;
using Dapper;

namespace Aegis.Tests.Scoring;

public sealed class BackupTests(SmallModel small, RedisFixture redis)
    : EmptyLogTests(redis), IClassFixture<SmallModel>, IClassFixture<RedisFixture>
{
    private string Data => Path.Combine(Folder, "data");

    private string Backup => Path.Combine(Folder, "backup");

    private string Restored => Path.Combine(Folder, "restored");

    [Fact]
    public async Task BackupUnderTraffic_Restored_LosesNothingCountsNothingTwiceAndGoesOn()
    {
        var log = new TransactionLog(Redis, SmallModel.Shards);
        string[] settings = ["Scoring:SnapshotEntries=1000", "Scoring:RememberedIds=100000"];
        Decision expected;
        var accepted = 0;
        int acceptedBefore;
        await using (var host = await ScoringHost.StartAsync(small, Server, Data, settings))
        {
            // The key is made when the first card number could come.
            host.Get<CardTokeniser>();
            using var stopping = new CancellationTokenSource();
            var sending = Task.Run(async () =>
            {
                var sent = await log.ProgressAsync("p", CancellationToken.None);
                while (!stopping.IsCancellationRequested)
                {
                    await log.AppendAsync(Batches(accepted + 1, 200), sent, CancellationToken.None);
                    Volatile.Write(ref accepted, accepted + 200);
                    await Task.Delay(10);
                }
            });
            // Long enough that snapshots were taken and the log was trimmed.
            await host.DecidedAsync(12_000);
            await ScoringHost.EventuallyAsync(
                async () => (await new ShardReader(Redis, new StreamOptions(), TimeProvider.System)
                .ExtentAsync(0, CancellationToken.None)).IsTrimmed, "the log is trimmed");
            acceptedBefore = Volatile.Read(ref accepted);
            await new BackupWriter(new DataLayout(Data), Redis, TimeProvider.System).WriteAsync(Backup, CancellationToken.None);
            await stopping.CancelAsync();
            await sending;
            await host.DecidedAsync(accepted);
            expected = (await host.Http.GetFromJsonAsync<Decision>($"/decisions/t-{acceptedBefore - 1}", AegisJson.Options))!;
        }

        await new BackupRestorer(TimeProvider.System).RestoreAsync(Backup, Restored, CancellationToken.None);
        Assert.True(OperatingSystem.IsWindows()
            || File.GetUnixFileMode(Path.Combine(Restored, "token.key")) == (UnixFileMode.UserRead | UnixFileMode.UserWrite));
        await using var restoredRedis = new RedisFixture(Path.Combine(Restored, "redis"));
        await restoredRedis.InitializeAsync();
        await using (var host = await ScoringHost.StartAsync(small, restoredRedis, Restored, settings))
        {
            // The producer goes on exactly where the log ends.
            await using var client = restoredRedis.Client();
            var progress = await new TransactionLog(client, SmallModel.Shards).ProgressAsync("p", CancellationToken.None);
            var sent = Enumerable.Range(1, (int)progress.Highest).Where(number => progress.Has(number)).Select(number => $"t-{number - 1}")
                .ToList();
            Assert.True(sent.Count >= acceptedBefore, $"{sent.Count} of {acceptedBefore} accepted before");
            await host.DecidedAsync(sent.Count);
            var found = (await host.Http.GetFromJsonAsync<Decision>($"/decisions/{expected.Transaction.Id}", AegisJson.Options))!;
            Assert.Equal((expected.Position, expected.Assessment, expected.TraceId), (found.Position, found.Assessment, found.TraceId));
            Assert.Equal(expected.Features, found.Features);
            var statistics = await host.StatisticsAsync();
            Assert.True(statistics is { Duplicates: 0, DeadLetters: 0 }, $"{statistics}");
            var ids = Ids(host);
            Assert.Equal(statistics.Decided, ids.Count);
            Assert.Equal(sent.Order(StringComparer.Ordinal), ids.Order(StringComparer.Ordinal));
            using var response = await host.Http.PostAsync("/decisions", new StringContent(
                """{"id":"new","eventTime":"2026-03-01T12:00:00Z","cardToken":"card-1","amountMinor":4120,"currency":"EUR","merchantId":"m-1","mcc":"5732","country":"DE","channel":"ecommerce"}""",
                Encoding.UTF8, "application/json"));
            Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
        }
    }

    [Fact]
    public async Task Restore_OfADamagedBackup_NamesTheFileAndLeavesNothing()
    {
        await using (var host = await ScoringHost.StartAsync(small, Server, Data))
        {
            await new TransactionLog(Redis, SmallModel.Shards).AppendAsync(Message(1), CancellationToken.None);
            await host.DecidedAsync(1);
            await new BackupWriter(new DataLayout(Data), Redis, TimeProvider.System).WriteAsync(Backup, CancellationToken.None);
        }

        var dump = await File.ReadAllBytesAsync(Path.Combine(Backup, "log.dump"));
        dump[^1] ^= 1;
        await File.WriteAllBytesAsync(Path.Combine(Backup, "log.dump"), dump);
        var error = await Assert.ThrowsAsync<BackupException>(
            () => new BackupRestorer(TimeProvider.System).RestoreAsync(Backup, Restored, CancellationToken.None));
        Assert.Contains("'log.dump'", error.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Restored));
    }

    /// <summary>A manifest is data: a path in it must not decide where a restore writes.</summary>
    [Theory]
    [InlineData("../outside")]
    [InlineData("models/../../outside")]
    [InlineData("/tmp/outside")]
    [InlineData("../backup-2/outside")]
    public async Task Restore_OfABackupWhosePathLeavesItsFolder_IsRefusedAndWritesNothing(string path)
    {
        Directory.CreateDirectory(Backup);
        var layout = new DataLayout(Backup);
        new BackupManifest(
            BackupManifest.CurrentFormat, TestTransactions.Noon, [], new Dictionary<string, string>(), [new BackupFile(path, "00")])
            .Write(layout);
        var error = await Assert.ThrowsAsync<BackupException>(
            () => new BackupRestorer(TimeProvider.System).RestoreAsync(Backup, Restored, CancellationToken.None));
        Assert.Equal($"'{path}' of the backup lies outside it; allowed: files of its own folder.", error.Message);
        Assert.Equal([Backup], Directory.GetDirectories(Folder));
    }

    [Fact]
    public async Task Backup_IntoAFolderThatIsNotEmpty_IsRefused()
    {
        await using var host = await ScoringHost.StartAsync(small, Server, Data);
        var error = await Assert.ThrowsAsync<BackupException>(
            () => new BackupWriter(new DataLayout(Data), Redis, TimeProvider.System).WriteAsync(Data, CancellationToken.None));
        Assert.Contains("not empty", error.Message, StringComparison.Ordinal);
    }

    private static LogMessage Message(int i) => new([TestTransactions.Number(i)], IsHistory: false, TestTransactions.Noon, null);

    /// <summary>Payments as a producer sends them; item n is payment n - 1.</summary>
    private static List<ShardBatch> Batches(int first, int count)
    {
        var batches = Enumerable.Range(0, SmallModel.Shards).Select(shard => new ShardBatch(shard, largestFrame: 1, "p")).ToList();
        foreach (var number in Enumerable.Range(first, count))
        {
            var payment = TestTransactions.Number(number - 1);
            batches[StableHash.ShardOf(payment.CardToken, SmallModel.Shards)].Add(number, [], payment, TestTransactions.Noon);
        }

        return batches;
    }

    private static List<string> Ids(ScoringHost host)
    {
        using var connection = host.Store.Connect();
        return [.. connection.Query<byte[]>("SELECT transaction_body FROM decisions")
            .Select(body => MessageCodec.DecodeTransaction(body).Id)];
    }
}
