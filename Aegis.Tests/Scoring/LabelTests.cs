using System.Net;
using System.Net.Http.Json;
using System.Text;
using Aegis.Client;
using Aegis.Core.Decisions;
using Aegis.Scoring;
using Aegis.Scoring.Shards;
using Aegis.Scoring.Storage;
using Aegis.Streams.Appending;
using Aegis.Streams.Entries;
using Aegis.Streams.Redis;
using Aegis.Tests.MachineLearning;
using Aegis.Tests.Streams;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using static Aegis.Tests.Scoring.ShardHarness;

namespace Aegis.Tests.Scoring;

public sealed class LabelTests(SmallModel small, RedisFixture redis)
    : IClassFixture<SmallModel>, IClassFixture<RedisFixture>, IAsyncLifetime
{
    private readonly string _folder = Repository.TemporaryFolder();

    public async ValueTask InitializeAsync()
    {
        await using var client = redis.Client();
        await client.ExecuteAsync(new RedisCommand("FLUSHALL"), CancellationToken.None);
    }

    public ValueTask DisposeAsync()
    {
        SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task PostLabels_OfOneAndOfMany_AreShownWithTheDecision()
    {
        await using var host = await WithDecisionsAsync("a", "b", "c");
        Assert.Equal((HttpStatusCode.Accepted, 1, 0), await PostAsync(host, """{"transactionId":"a","isFraud":true,"labelledAt":"2026-03-08T10:30:00+01:00"}"""));
        Assert.Equal((HttpStatusCode.Accepted, 2, 0), await PostAsync(host, """[{"transactionId":"b","isFraud":false},{"transactionId":"a","isFraud":true}]"""));
        Assert.Equal(
            (HttpStatusCode.MultiStatus, 1, 3), await PostAsync(host, "{\"transactionId\":\"c\",\"isFraud\":true}\n\nnonsense\n{\"transactionId\":\"x\",\"isFraud\":true}\n{\"isFraud\":1}\n", "application/x-ndjson"));
        await ScoringHost.EventuallyAsync(
            async () => await VerdictsAsync(host, "a") is not null && await VerdictsAsync(host, "b") is not null
            && await VerdictsAsync(host, "c") is not null, "all labels are stored");
        Assert.Equal([new Verdict(true, new DateTimeOffset(2026, 3, 8, 9, 30, 0, TimeSpan.Zero))], await VerdictsAsync(host, "a"));
        Assert.False(Assert.Single((await VerdictsAsync(host, "b"))!).IsFraud);

        // The last verdict is in force.
        await PostAsync(host, """{"transactionId":"a","isFraud":false}""");
        await ScoringHost.EventuallyAsync(async () => (await VerdictsAsync(host, "a"))!.Count == 2, "the second verdict is stored");
        Assert.Equal([true, false], (await VerdictsAsync(host, "a"))!.Select(verdict => verdict.IsFraud));
        Assert.Equal(0, (await host.StatisticsAsync()).DeadLetters);
    }

    [Theory]
    [InlineData("""{"transactionId":"nobody","isFraud":true}""", 404, "transactionId is 'nobody'; allowed: the id of a transaction that has been decided")]
    [InlineData("""{"transactionId":"a"}""", 400, "isFraud is missing; allowed: true or false")]
    [InlineData("""{"transactionId":"a","isFraud":"yes"}""", 400, "isFraud is 'yes'; allowed: true or false")]
    [InlineData("""{"transactionId":7,"isFraud":true}""", 400, "transactionId is '7'; allowed: a text")]
    [InlineData("""{"transactionId":"\ud800","isFraud":true}""", 400, "transactionId is 'text that is not Unicode'")]
    [InlineData("""{"transactionId":"a","isFraud":true,"fraud":1}""", 400, "fraud is '1'; allowed: no such field")]
    [InlineData("""{"transactionId":"a","isFraud":true,"labelledAt":"yesterday"}""", 400, "labelledAt is 'yesterday'; allowed: an ISO 8601 time with its offset from UTC")]
    [InlineData("""{"transactionId":"a","isFraud":true,"labelledAt":"2026-03-08T09:30:00"}""", 400, "labelledAt is '2026-03-08T09:30:00'; allowed: an ISO 8601 time with its offset")]
    [InlineData("""{"transactionId":"a","isFraud":true,"labelledAt":"2026-02-01T00:00:00Z"}""", 400, "labelledAt is '2026-02-01T00:00:00.0000000+00:00'; allowed: 2026-03-01T12:00:00")]
    [InlineData("""{"transactionId":"a","isFraud":true,"labelledAt":"2999-02-01T00:00:00Z"}""", 400, "labelledAt is '2999-02-01")]
    [InlineData("nonsense", 400, "a JSON body")]
    [InlineData("7", 400, "a JSON object")]
    public async Task PostLabels_OfAFaultyOne_SaysWhatIsAllowed(string body, int status, string mentions)
    {
        await using var host = await WithDecisionsAsync("a");
        using var response = await host.Http.PostAsync("/labels", new StringContent(body, Encoding.UTF8, "application/json"));
        Assert.Equal(status, (int)response.StatusCode);
        Assert.Contains(mentions, System.Text.RegularExpressions.Regex.Unescape(await response.Content.ReadAsStringAsync()),
            StringComparison.Ordinal);
        Assert.Null(await VerdictsAsync(host, "a"));
    }

    [Fact]
    public void Process_OfLabelTwice_LearnsOnceAlsoAfterARestart()
    {
        using var harness = new ShardHarness(small);
        using var writer = new CommitWriter(harness.Store);
        var payment = InShard("a");
        (LogPosition, string, byte[])[] entries =
        [
            harness.Entry(payment), Label(isFraud: true), Label(isFraud: true), Label(isFraud: false), Label(isFraud: false), Label(
                isFraud: true), Label(isFraud: true),
        ];
        var once = harness.Worker(harness.NewProcess());
        Process(once, harness.Entry(payment), Label(isFraud: true), Label(isFraud: false));
        var worker = harness.Worker();
        var block = Assert.Single(Process(worker, entries));
        Assert.Equal([(true, true), (false, true), (true, false)], block.Labels.Select(label => (label.IsFraud, label.IsCounted)));
        Assert.Equal(once.State.Histories.Fingerprint(), worker.State.Histories.Fingerprint());
        writer.Commit([block]);
        block.LabelsCommitted!.Add(block.Labels.Count);

        // What is in the store is known as well as what was on its way there.
        var again = Assert.Single(Process(worker, Label(isFraud: true), Label(isFraud: false)));
        Assert.Equal([(false, false)], again.Labels.Select(label => (label.IsFraud, label.IsCounted)));
        Assert.Equal(once.State.Histories.Fingerprint(), worker.State.Histories.Fingerprint());

        var successor = harness.Worker(harness.NewProcess());
        successor.Recover(
            ShardEntries.Of(Shard, entries), KnownOutcomes.None with { Labels = harness.Services.Labels.After(Shard, LogPosition.Start) });
        Assert.Equal(once.State.Histories.Fingerprint(), successor.State.Histories.Fingerprint());

        (LogPosition, string, byte[]) Label(bool isFraud) =>
            harness.Raw(LabelView.Field, LabelView.Encode(new PaymentLabel(payment, isFraud, TestTransactions.Noon.AddMinutes(30))));
    }

    [Fact]
    public void Process_OfFaultyLabels_MakesEachADeadLetter()
    {
        using var harness = new ShardHarness(small);
        var label = LabelView.Encode(new PaymentLabel(InShard("a"), IsFraud: true, TestTransactions.Noon));
        byte[][] faulty =
        [
            [], [1, 1], [2, .. label[1..]], [1, 2, .. label[2..]], label[..^1], [.. label, 0],
            LabelView.Encode(new PaymentLabel(NotInShard(), IsFraud: true, TestTransactions.Noon)),
            LabelView.Encode(new PaymentLabel(InShard("b"), IsFraud: true, TestTransactions.Noon.AddMinutes(-1))),
            LabelView.Encode(new PaymentLabel(InShard("b"), IsFraud: true, TestTransactions.Noon.AddYears(1))),
            LabelView.Encode(new PaymentLabel(InShard("b") with { Currency = "XXX" }, IsFraud: true, TestTransactions.Noon)),
        ];
        var block = Assert.Single(
            Process(harness.Worker(),
            [.. faulty.Select(value => harness.Raw(LabelView.Field, value)), harness.Raw(LabelView.Field, label)]));
        Assert.Equal(faulty.Length, block.DeadLetters.Count);
        Assert.All(block.DeadLetters, letter => Assert.Equal(EntryKind.Label, letter.Kind));
        Assert.Single(block.Labels);
    }

    [Fact]
    public void Retention_OfADecision_DropsItsLabelsOnceNoRecoveryAsksForThem()
    {
        using var harness = new ShardHarness(small);
        using var writer = new CommitWriter(harness.Store);
        var worker = harness.Worker();
        var retention = new Retention(
            harness.Store, new OptionsWrapper<ScoringOptions>(new ScoringOptions { StoreRetentionDays = 1 }), new FakeTimeProvider(
                TimeProvider.System.GetUtcNow().AddDays(3)));
        string[] ids = ["a", "b", "last"];
        writer.Commit([.. Process(worker, [.. ids.Select(id => harness.Entry(InShard(id)))])]);
        Commit("a");
        var snapshots = new SnapshotTaker(worker.State, harness.Recent, 1_000_000);
        snapshots.Begin();
        while (snapshots.TryNext(out var part))
        {
            writer.Commit([part]);
            part.Return?.Invoke();
        }

        Commit("b");
        Assert.True(retention.Step());
        Assert.Null(harness.Decisions.Find("b"));
        Assert.Empty(harness.Services.Labels.Verdicts("a"));
        Assert.Single(harness.Services.Labels.Verdicts("b"));

        void Commit(string id) => writer.Commit([.. Process(
            worker, harness.Raw(LabelView.Field, LabelView.Encode(new PaymentLabel(InShard(id), IsFraud: true, TestTransactions.Noon))))]);
    }

    private static async Task<(HttpStatusCode Status, int Accepted, int Rejected)> PostAsync(
        ScoringHost host, string body, string type = "application/json")
    {
        using var response = await host.Http.PostAsync("/labels", new StringContent(body, Encoding.UTF8, type));
        var answer = (await response.Content.ReadFromJsonAsync<AcceptedLabels>(AegisJson.Options))!;
        return (response.StatusCode, answer.Accepted, answer.Rejected.Count);
    }

    private static async Task<IReadOnlyList<Verdict>?> VerdictsAsync(ScoringHost host, string id) =>
        (await host.Http.GetFromJsonAsync<Decision>($"/decisions/{id}", AegisJson.Options))!.Verdicts;

    private async Task<ScoringHost> WithDecisionsAsync(params string[] ids)
    {
        var host = await ScoringHost.StartAsync(small, redis, _folder);
        await using var client = redis.Client();
        await new TransactionLog(client, SmallModel.Shards).AppendAsync(
            [.. ids.Select(id => new LogMessage(
                [TestTransactions.Valid(id, $"card-{id}")], IsHistory: false, TestTransactions.Noon, null))], CancellationToken.None);
        await host.DecidedAsync(ids.Length);
        return host;
    }
}
