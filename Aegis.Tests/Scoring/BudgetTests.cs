using Aegis.Client;
using Aegis.Core.Decisions;
using Aegis.Tests.MachineLearning;
using Aegis.Tests.Streams;
using Dapper;

namespace Aegis.Tests.Scoring;

public sealed class BudgetTests(SmallModel small, RedisFixture redis)
    : EmptyLogTests(redis), IClassFixture<SmallModel>, IClassFixture<RedisFixture>
{
    private const string By = "fraud desk";

    [Fact]
    public async Task Budget_IsSetChangedAndEnded_AndThresholdsByHandWaitForItsEnd()
    {
        await using var host = await ScoringHost.StartAsync(small, Server, Folder);
        var api = new AegisClient(host.Http);
        Assert.Null((await api.BudgetAsync()).InForce);
        await host.RefusesAsync("POST", "/budget/end", """{"by":"fraud desk","why":"none"}""", 409, "No budget is in force");
        await api.UseBudgetAsync(new BudgetRequest(AlertsADay: 40, By: By, Why: "one analyst"));
        var changed = await api.UseBudgetAsync(new BudgetRequest(
            MinutesADay: 960, MinutesAnAlert: 4, FloorScore: 900, By: By, Why: "two analysts of eight hours"));
        Assert.Equal((2, (double?)240, (double?)900), (changed.Revision, changed.AlertsADay, changed.FloorScore));
        await host.RefusesAsync("POST", "/thresholds", """{"reviewAt":1,"declineAt":2}""", 409, "follows the daily budget");

        await api.EndBudgetAsync(new BudgetEndRequest(By, "the desk is closed"));
        var report = await api.BudgetAsync();
        Assert.Null(report.InForce);
        Assert.Equal([3L, 2, 1], report.Changes.Select(change => change.Revision));
        Assert.Equal("the desk is closed", report.Changes[0].Why);
        await api.UseThresholdsAsync(new Thresholds(0, 0));
        Assert.Equal(DecisionOutcome.Decline, (await host.DecideAsync("t-1")).Outcome);
    }

    [Theory]
    [InlineData("""{"by":"a","why":"b"}""", "exactly one of alertsADay")]
    [InlineData("""{"alertsADay":5,"alertsPerTenThousand":5,"by":"a","why":"b"}""", "exactly one of alertsADay")]
    [InlineData("""{"alertsADay":0,"by":"a","why":"b"}""", "alertsADay is '0'; allowed: above 0, at most 10,000,000")]
    [InlineData("""{"alertsADay":"NaN","by":"a","why":"b"}""", "alertsADay is 'NaN'")]
    [InlineData("""{"alertsADay":1e300,"by":"a","why":"b"}""", "alertsADay")]
    [InlineData("""{"alertsPerTenThousand":10001,"by":"a","why":"b"}""", "alertsPerTenThousand is '10001'; allowed: above 0, at most 10,000")]
    [InlineData("""{"minutesADay":60,"by":"a","why":"b"}""", "minutesADay and minutesAnAlert together")]
    [InlineData("""{"minutesADay":600000,"minutesAnAlert":0.001,"by":"a","why":"b"}""", "at most 10,000,000 alerts a day")]
    [InlineData("""{"alertsADay":5,"floorScore":1000,"by":"a","why":"b"}""", "floorScore is '1000'; allowed: a score of 0 to below 1,000")]
    [InlineData("""{"alertsADay":5}""", "why")]
    public async Task Budget_ThatIsNone_IsRefusedByItsField(string body, string expected)
    {
        await using var host = await ScoringHost.StartAsync(small, Server, Folder);
        await host.RefusesAsync("PUT", "/budget", body, 400, expected);
        Assert.Empty((await new AegisClient(host.Http).BudgetAsync()).Changes);
    }

    [Fact]
    public async Task StarterBudget_IsInForceFromTheFirstStartOn_AndNotAgainAfterItEnded()
    {
        await using (var host = await ScoringHost.StartAsync(small, Server, Folder, "Scoring:StarterBudget=100"))
        {
            var api = new AegisClient(host.Http);
            await ScoringHost.EventuallyAsync(async () => (await api.BudgetAsync()).InForce is { AlertsPerTenThousand: 100 }, "a budget");
            await api.EndBudgetAsync(new BudgetEndRequest(By, "not wanted"));
        }

        await using (var host = await ScoringHost.StartAsync(small, Server, Folder, "Scoring:StarterBudget=100"))
        {
            await host.DecideAsync("t-1");
            Assert.Null((await new AegisClient(host.Http).BudgetAsync()).InForce);
        }
    }

    [Fact]
    public async Task Quality_CountsTheRiskiestPaymentsOfEachDay_AndWhatTenMoreWouldFind()
    {
        await using var host = await ScoringHost.StartAsync(small, Server, Folder);
        var api = new AegisClient(host.Http);
        await api.UseBudgetAsync(new BudgetRequest(MinutesADay: 36, MinutesAnAlert: 3, By: By, Why: "a small desk"));
        for (var i = 0; i < 40; i++)
        {
            await host.DecideAsync($"t-{i}", $"card-{i % 7}");
        }

        await host.FindAsync("t-39");
        Assert.Null((await api.BudgetAsync()).Quality);
        await api.LabelAsync([.. Enumerable.Range(0, 20).Select(i => new LabelRequest($"t-{2 * i}", i % 3 == 0))]);
        await ScoringHost.EventuallyAsync(async () => (await host.FindAsync("t-38")).Verdicts is not null, "labelled");

        var quality = (await api.BudgetAsync()).Quality!;
        Assert.Equal((new DateOnly(2026, 3, 1), quality.From, "EUR"), (quality.To, quality.From, quality.Currency));
        Assert.Equal([-10, 0, 10], quality.Outcomes.Select(outcome => outcome.Change));
        using var connection = host.Store.Connect();
        Assert.All(quality.Outcomes, outcome =>
        {
            var alerts = 12 + outcome.Change;
            var (judged, frauds) = connection.QuerySingle<(long, long)>(
                """
                SELECT COUNT(l.is_fraud), COALESCE(SUM(l.is_fraud), 0) FROM (
                    SELECT id_hash FROM decisions WHERE outcome <> 2 ORDER BY risk DESC LIMIT @alerts) d
                LEFT JOIN labels l ON l.id_hash = d.id_hash
                """,
                new { alerts });
            Assert.Equal((alerts, judged, frauds, 3.0 * alerts), (outcome.Alerts, outcome.Judged, outcome.Frauds, outcome.Minutes));
            Assert.Equal(41.2 * frauds, outcome.FraudAmount, 6);
            Assert.True(judged == 0 || (outcome.PrecisionLow <= outcome.Precision && outcome.Precision <= outcome.PrecisionHigh));
        });
        Assert.Contains(quality.Outcomes, outcome => outcome.Frauds > 0);
    }
}
