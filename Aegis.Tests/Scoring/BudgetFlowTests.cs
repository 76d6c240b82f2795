using Aegis.Client;
using Aegis.Core.Decisions;
using Aegis.Core.Facts;
using Aegis.Core.Features;
using Aegis.Core.Numerics;
using Aegis.Core.Transactions;
using Aegis.Datasets.Simulation;
using Aegis.Streams;
using Aegis.Streams.Appending;
using Aegis.Streams.Entries;
using Aegis.Streams.Redis;
using Aegis.Tests.MachineLearning;
using Aegis.Tests.Streams;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Aegis.Tests.Scoring;

public sealed class BudgetFlowTests(SmallModel small, RedisFixture redis)
    : EmptyLogTests(redis), IClassFixture<SmallModel>, IClassFixture<RedisFixture>
{
    private const int Budget = 100, HistoryDays = 15;
    private static readonly DateOnly _first = new(2025, 5, 1);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private TransactionLog Log => new(Redis, SmallModel.Shards);

    [Fact]
    public async Task AWeek_WithAFraudWaveAndTrafficDoubled_KeepsTheBudgetEachDayWhoeverDecides()
    {
        await using (var host = await ScoringHost.StartAsync(
            small, Server, Folder, "Scoring:SnapshotEntries=1000", "Scoring:TrimLog=false"))
        {
            using var http = new AegisClient(host.Http);
            var budget = await http.UseBudgetAsync(new BudgetRequest(AlertsADay: Budget, By: "fraud desk", Why: "two analysts"), Cancel);
            Assert.Equal((1, (double?)Budget), (budget.Revision, budget.AlertsADay));
            await AppendHistoriesAsync();
            var payments = Week();
            await AppendAsync(payments, ..(payments.Count / 2));
            await host.DecidedAsync(payments.Count / 3);
            // Half of the shards move to a second process and back, in the middle of whatever is decided then.
            await using (var other = await ScoringHost.StartAsync(
                small, Server, Folder, "Scoring:Instance=b", "Scoring:SnapshotEntries=1000", "Scoring:TrimLog=false"))
            {
                await AppendAsync(payments, (payments.Count / 2)..);
                await host.DecidedAsync(payments.Count * 3 / 4);
            }

            await host.DecidedAsync(payments.Count);
            var report = await http.BudgetAsync(Cancel);
            Assert.True(report.IsFollowing);
            Assert.Equal(7, report.Days.Count);
            Assert.All(report.Days, day => Assert.True(
                Math.Abs(day.Alerts - Budget) <= Budget / 10.0, string.Join("\n", report.Days.Reverse())));
            Assert.True(report.Days[0].Payments > 1.7 * report.Days[6].Payments, "traffic doubled");
            AssertRepeatable(host);
        }

        // A new store decides the same from the log alone.
        foreach (var shard in Enumerable.Range(0, SmallModel.Shards))
        {
            await Redis.ExecuteAsync(new RedisCommand("DEL", StreamKeys.Mark(shard)), Cancel);
        }

        var again = Path.Combine(Folder, "again");
        var outcomes = Outcomes(Folder);
        await using (var host = await ScoringHost.StartAsync(small, Server, again, "Scoring:TrimLog=false"))
        {
            await host.DecidedAsync(outcomes.Count);
        }

        Assert.Equal(outcomes, Outcomes(again));
    }

    /// <summary>Each decision of the models follows from its risk and the thresholds stored with it.</summary>
    private static void AssertRepeatable(ScoringHost host)
    {
        using var connection = host.Store.Connect();
        var rows = connection.Query<(double Risk, long Hash, long Outcome, double ReviewAt, double Width, double Ties, double DeclineAt)>(
            """
            SELECT d.risk, d.id_hash, COALESCE(d.model_outcome, d.outcome), t.review_at, t.review_width, t.review_ties, t.decline_at
            FROM decisions d JOIN thresholds t ON t.id = d.threshold_id
            """).ToList();
        Assert.Equal(connection.ExecuteScalar<int>("SELECT COUNT(*) FROM decisions"), rows.Count);
        Assert.All(rows, row => Assert.Equal(
            (DecisionOutcome)row.Outcome,
            new DecisionPolicy(row.ReviewAt, row.DeclineAt, new AlertBudget()) { ReviewWidth = row.Width, ReviewTies = row.Ties }
                .Decide(row.Risk, unchecked((ulong)row.Hash))));
    }

    private static List<(string Id, long Outcome)> Outcomes(string folder)
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(folder, "store", "aegis.db")}");
        return [.. connection.Query<(byte[] Body, long Outcome)>("SELECT transaction_body, outcome FROM decisions")
            .Select(row => (MessageCodec.DecodeTransaction(row.Body).Id, row.Outcome)).OrderBy(row => row.Id, StringComparer.Ordinal)];
    }

    /// <summary>A week and some hours: ordinary traffic, from the fifth day on twice as much, and a wave of fraud on the third.</summary>
    private static List<Transaction> Week()
    {
        var usual = World(seed: 9, customers: 8_000, frauds: .005, _first, days: 8, "a");
        var more = World(seed: 10, customers: 8_000, frauds: .005, _first.AddDays(4), days: 4, "b");
        var wave = World(seed: 11, customers: 1_000, frauds: .4, _first.AddDays(2), days: 1, "c", fraudsOnly: true);
        var end = _first.AddDays(7).ToDateTime(TimeOnly.MinValue).AddHours(2);
        return [.. usual.Concat(more).Concat(wave).Where(payment => payment.EventTime.UtcDateTime < end)
            .OrderBy(payment => payment.EventTime)];
    }

    private static IEnumerable<Transaction> World(
        ulong seed, int customers, double frauds, DateOnly first, int days, string name, bool fraudsOnly = false) =>
        new TransactionSimulator(new SimulationOptions { Customers = customers, Seed = seed, FraudShare = frauds }).Stream(first, days)
            .Where(payment => payment.Label.IsFraud || !fraudsOnly)
            .Select(payment => payment.Transaction with
            {
                Id = $"{name}-{payment.Transaction.Id}", CardToken = $"{name}-{payment.Transaction.CardToken}",
            });

    /// <summary>What the cards did in the weeks before.</summary>
    private async Task AppendHistoriesAsync()
    {
        var before = World(seed: 9, customers: 8_000, frauds: .005, _first.AddDays(-HistoryDays), HistoryDays, "a")
            .Select(payment => payment with { Id = $"before-{payment.Id}" });
        foreach (var cards in before.GroupBy(payment => payment.CardToken).Chunk(200))
        {
            await Log.AppendAsync(
                [.. cards.Select(card => new LogMessage([.. card], IsHistory: true, TestTransactions.Noon, null))], Cancel);
        }
    }

    private async Task AppendAsync(List<Transaction> payments, Range range)
    {
        var last = 0L;
        foreach (var hour in payments.Take(range).GroupBy(
            payment => FactBarrier.At(payment.EventTime.ToUnixTimeMilliseconds(), ShardedHistories.FactIntervalMs)))
        {
            if (hour.Key.IntervalEndMs > last)
            {
                last = hour.Key.IntervalEndMs;
                await Log.AppendControlAsync(ControlEntry.Of(hour.Key), Cancel);
            }

            await Log.AppendAsync(
                [.. hour.Select(payment => new LogMessage([payment], IsHistory: false, TestTransactions.Noon, null))], Cancel);
        }
    }
}
