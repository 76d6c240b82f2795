using Aegis.Client;
using Aegis.Core.Decisions;
using Aegis.Tests.MachineLearning;
using Aegis.Tests.Streams;
using Dapper;

namespace Aegis.Tests.Scoring;

public sealed class BacktestTests(SmallModel small, RedisFixture redis)
    : EmptyLogTests(redis), IClassFixture<SmallModel>, IClassFixture<RedisFixture>
{
    private const string By = "an analyst";

    [Fact]
    public async Task Rule_OverStoredPayments_IsCountedAsSqlCounts_WithTheListsOfThen()
    {
        await using var host = await ScoringHost.StartAsync(small, Server, Folder);
        var api = new AegisClient(host.Http);
        await api.MakeListAsync("vip", new ListRequest("card", By: By, Why: "a test"));
        for (var i = 0; i < 30; i++)
        {
            if (i is 10 or 20)
            {
                await (i == 10
                    ? api.PutOnListAsync("vip", new ListEntriesRequest([new ListEntryRequest("card-1")], By, "a test"))
                    : api.RemoveFromListAsync("vip", new ListRemovalRequest(["card-1"], By, "a test")));
            }

            await host.DecideAsync($"t-{i}", $"card-{i % 3}");
        }

        await host.FindAsync("t-29");
        await api.LabelAsync([new LabelRequest("t-13", true), new LabelRequest("t-16", false), new LabelRequest("t-2", true)]);
        await api.LabelAsync(new LabelRequest("t-16", true));
        await ScoringHost.EventuallyAsync(async () => (await host.FindAsync("t-16")).Verdicts?.Count == 2, "labelled");

        var vip = await RunAsync(api, new BacktestRequest(
            [new BacktestRule("vip-review", "card in vip", "review")], By: By, Why: "a test"));
        // card-1 while it was on the list: t-10, 13, 16 and 19.
        Assert.Equal(new BacktestRuleResult("vip-review", 4, 2, 0, 4, 0), Assert.Single(vip.Rules));
        Assert.Equal((30, 0, 3, 4, 0), (vip.Payments, vip.Skipped, vip.Frauds, vip.Gained, vip.Lost));
        Assert.Equal(0, vip.Before.Alerts);
        Assert.Equal((4, 0, 2, 0, 164.8, 82.4), (
            vip.After.Alerts, vip.After.Declines, vip.After.Frauds, vip.After.Genuine, vip.After.Amount, vip.After.FraudAmount));
        Assert.Equal((1.0, 2 / 3.0), (vip.After.Precision, vip.After.Recall));
        Assert.Equal(["t-13", "t-16", "t-10", "t-19"], vip.GainedExamples.Select(example => example.TransactionId));
        Assert.Equal(new BacktestDay(new DateOnly(2026, 3, 1), 30, 0, 4, 0, 2), Assert.Single(vip.Days));

        var merchant = await RunAsync(api, new BacktestRequest(
            [new BacktestRule("card-two", "card == 'card-2' and amount > 41", "decline")], By: By, Why: "a test"));
        using var connection = host.Store.Connect();
        Assert.Equal(
            connection.ExecuteScalar<long>(
                "SELECT COUNT(*) FROM decisions WHERE card_hash = (SELECT card_hash FROM decisions WHERE sequence = 3)"),
            Assert.Single(merchant.Rules).Matches);
        Assert.Equal((10, 10), (merchant.After.Alerts, merchant.After.Declines));
        Assert.Empty((await RunAsync(api, new BacktestRequest(
            Only: true, From: "2026-03-02T00:00:00Z", By: By, Why: "a test"))).Days);
    }

    /// <summary>Rules in many states, lists that decide, a snooze, points: whoever changes nothing gets what was decided.</summary>
    [Fact]
    public async Task NothingChanged_GivesWhatWasDecided()
    {
        await using var host = await ScoringHost.StartAsync(small, Server, Folder);
        var api = new AegisClient(host.Http);
        await api.MakeListAsync("blocked", new ListRequest("card", "block", By: By, Why: "a test"));
        await LiveAsync(api, "one", "card == 'card-1'", "review");
        for (var i = 0; i < 60; i++)
        {
            switch (i)
            {
                case 10:
                    await LiveAsync(api, "two", "card == 'card-2'", null, points: 100);
                    break;
                case 20:
                    await api.PutOnListAsync("blocked", new ListEntriesRequest([new ListEntryRequest("card-3")], By, "a test"));
                    break;
                case 30:
                    await api.SnoozeAsync(new SnoozeRequest("one", "card", "card-1", "2999-01-01T00:00:00Z", By, "a test"));
                    break;
                case 40:
                    await api.MoveRuleAsync("two", new RuleStepRequest("paused", By, "a test"));
                    await api.RemoveFromListAsync("blocked", new ListRemovalRequest(["card-3"], By, "a test"));
                    break;
            }

            await host.DecideAsync($"t-{i}", $"card-{i % 4}");
        }

        await host.FindAsync("t-59");
        var same = await RunAsync(api, new BacktestRequest(Without: ["no-such-rule"], By: By, Why: "a test"));
        Assert.Equal((60, 0, 0), (same.Payments, same.Gained, same.Lost));
        Assert.Equal(same.Before, same.After);
        Assert.InRange(same.Before.Alerts, 15, 30);

        var without = await RunAsync(api, new BacktestRequest(Without: ["one"], By: By, Why: "a test"));
        // card-1 of t-1 to t-29, before the snooze.
        Assert.Equal((0, 8), (without.Gained, without.Lost));
        var none = await RunAsync(api, new BacktestRequest(Only: true, By: By, Why: "a test"));
        Assert.Equal(5, none.After.Alerts);
        var all = await RunAsync(api, new BacktestRequest(ReviewAt: 0, DeclineAt: 1_000, By: By, Why: "a test"));
        // The list still declines.
        Assert.Equal((60, 5), (all.After.Alerts, all.After.Declines));
        var stored = await RunAsync(api, new BacktestRequest([new BacktestRule("one", Share: 1)], By: By, Why: "a test"));
        Assert.Equal((0, 0), (stored.Gained, stored.Lost));
    }

    [Fact]
    public async Task ManyPayments_OneBacktestAtATime_CanBeCancelled_AndIsOverAfterARestart()
    {
        const int Many = 300_000;
        await using (var host = await ScoringHost.StartAsync(small, Server, Folder))
        {
            var api = new AegisClient(host.Http);
            await host.DecideAsync("t-0");
            await host.FindAsync("t-0");
            using (var connection = host.Store.Connect())
            {
                connection.Execute(
                    """
                    WITH RECURSIVE n(i) AS (SELECT 2 UNION ALL SELECT i + 1 FROM n WHERE i < @Many)
                    INSERT INTO decisions (sequence, shard, position_ms, position_seq, item, id_hash, card_hash, country, outcome, is_late,
                        risk, version_id, facts_ms, decided_at_us, transaction_body, scores)
                    SELECT i, shard, position_ms, position_seq, item, i, card_hash, country, outcome, is_late, risk, version_id, facts_ms,
                        decided_at_us, transaction_body, scores FROM n, decisions WHERE sequence = 1
                    """,
                    new { Many });
            }

            var request = new BacktestRequest([new BacktestRule("r", "amount > 41", "review")], By: By, Why: "a test");
            var first = await api.BacktestAsync(request);
            var refusal = await Assert.ThrowsAsync<AegisRefusedException>(() => api.BacktestAsync(request));
            Assert.Contains($"Backtest {first.Id} runs; allowed: one at a time", refusal.Message, StringComparison.Ordinal);
            var cancelled = await api.CancelBacktestAsync(first.Id);
            Assert.Equal((BacktestState.Cancelled, null), (cancelled.State, cancelled.Result));
            var result = await RunAsync(api, request);
            Assert.Equal((Many, Many), (result.Payments, result.Gained));
            Assert.Equal([BacktestState.Done, BacktestState.Cancelled], (await api.BacktestsAsync()).Select(report => report.State));
            using var left = host.Store.Connect();
            left.Execute("UPDATE backtests SET state = 0 WHERE id = 1");
        }

        await using (var host = await ScoringHost.StartAsync(small, Server, Folder))
        {
            Assert.Equal(BacktestState.Cancelled, (await new AegisClient(host.Http).FindBacktestAsync(1))!.State);
        }
    }

    [Theory]
    [InlineData("POST", "/backtests", """{"by":"me","why":"x"}""", 400, "rules is missing; allowed: rules, without, only or thresholds")]
    [InlineData("POST", "/backtests", """{"rules":[{"name":"R","when":"amount > 5","then":"review"}],"by":"me","why":"x"}""", 400,
        "rules[0].name is 'R'")]
    [InlineData("POST", "/backtests", """{"rules":[{"name":"r","when":"amont > 5"}],"by":"me","why":"x"}""", 400,
        "rules[0].when is 'amont > 5'; allowed: a condition without faults. Column 1")]
    [InlineData("POST", "/backtests", """{"rules":[{"name":"r"}],"by":"me","why":"x"}""", 400,
        "rules[0].when is missing; allowed: a condition, or the name of a rule that GET /rules lists")]
    [InlineData("POST", "/backtests", """{"rules":[null],"by":"me","why":"x"}""", 400, "rules[0].name is missing")]
    [InlineData("POST", "/backtests", """{"rules":[{"name":"r","when":"amount > 5","share":0}],"by":"me","why":"x"}""", 400,
        "rules[0].share is '0'; allowed: above 0, at most 1")]
    [InlineData("POST", "/backtests", """{"reviewAt":3,"declineAt":2,"by":"me","why":"x"}""", 400, "reviewAt is '3'; allowed: 0 and more")]
    [InlineData("POST", "/backtests", """{"reviewAt":3,"by":"me","why":"x"}""", 400, "reviewAt is '3'; allowed: 0 and more")]
    [InlineData("POST", "/backtests", """{"only":true,"from":"yesterday","by":"me","why":"x"}""", 400,
        "from is 'yesterday'; allowed: an ISO")]
    [InlineData("POST", "/backtests",
        """{"only":true,"from":"2026-03-02T00:00:00Z","to":"2026-03-01T00:00:00Z","by":"me","why":"x"}""", 400,
        "to is '2026-03-01T00:00:00Z'; allowed: later than from")]
    [InlineData("POST", "/backtests", """{"only":true,"why":"x"}""", 400, "by is missing")]
    [InlineData("GET", "/backtests/9", null, 404, "There is no backtest '9'")]
    [InlineData("POST", "/backtests/x/cancel", "", 404, "There is no backtest 'x'")]
    public async Task WrongRequest_IsRefused_WithWhatIsAllowed(string method, string path, string? body, int status, string expected)
    {
        await using var host = await ScoringHost.StartAsync(small, Server, Folder);
        await host.RefusesAsync(method, path, body, status, expected);
    }

    private static async Task LiveAsync(AegisClient api, string name, string when, string? then, double points = 0)
    {
        await api.WriteRuleAsync(name, new RuleRequest(when, then, points, By: By, Why: "a test"));
        await api.MoveRuleAsync(name, new RuleStepRequest("shadow", By, "a test"));
        await api.MoveRuleAsync(name, new RuleStepRequest("live", By, "a test"));
    }

    private static async Task<BacktestResult> RunAsync(AegisClient api, BacktestRequest request)
    {
        var begun = await api.BacktestAsync(request);
        var report = begun;
        await ScoringHost.EventuallyAsync(
            async () => (report = (await api.FindBacktestAsync(begun.Id))!).State != BacktestState.Running, "the backtest ends",
            seconds: 60);
        Assert.True(report.State == BacktestState.Done, report.Fault);
        return report.Result!;
    }
}
