using System.Text.Json;
using Aegis.Client;
using Aegis.Core.Decisions;
using Aegis.Tests.MachineLearning;
using Aegis.Tests.Streams;

namespace Aegis.Tests.Scoring;

public sealed class SuiteTests(SmallModel small, RedisFixture redis)
    : EmptyLogTests(redis), IClassFixture<SmallModel>, IClassFixture<RedisFixture>
{
    private const string By = "fraud desk";

    [Fact]
    public async Task Suite_StopsARuleThatWouldDeclineGroceries_AndLetsABetterOneThrough()
    {
        await using var host = await ScoringHost.StartAsync(small, Server, Folder);
        var api = new AegisClient(host.Http);
        // By rules alone: the small model's own say is left out.
        await api.UseThresholdsAsync(new Thresholds(50, 60));
        await host.DecideAsync("t-1");
        await host.FindAsync("t-1");
        await api.WriteSuiteAsync("everyday", new SuiteRequest(
            [Payment("groceries", 4120, "5411", "approve"), Payment("jewels", 480_000, "5944", "flagged")], "what must not change", By,
            "a test"));
        var run = await api.RunSuiteAsync("everyday", new SuiteRunRequest());
        Assert.False(run.Passed);
        Assert.Equal([("groceries", true), ("jewels", false)], run.Results.Select(result => (result.Id, result.IsMet)));

        await LiveAsync(api, "jewels-review", "mcc == '5944' and amount > 1000", "review");
        Assert.True((await api.RunSuiteAsync("everyday", new SuiteRunRequest())).Passed);
        var tried = await api.RunSuiteAsync("everyday", new SuiteRunRequest([new BacktestRule("tried", "amount > 40", "decline")]));
        Assert.Equal(["tried"], tried.Results[0].Rules);
        Assert.Equal(DecisionOutcome.Decline, tried.Results[0].Outcome);
        Assert.False(tried.Passed);

        await api.WriteRuleAsync("bad", new RuleRequest("amount > 40", "decline", By: By, Why: "a test"));
        await api.MoveRuleAsync("bad", new RuleStepRequest("shadow", By, "a test"));
        await host.RefusesAsync(
            "POST", "/rules/bad/state", """{"state":"live","share":0.01,"by":"fraud desk","why":"a test"}""", 409,
            "suite 'everyday' expects 'groceries' to be approved, and it would be declined");
        Assert.Equal(RuleState.Shadow, (await api.RuleAsync("bad"))[0].State);

        await LiveAsync(api, "bad", "amount > 40 and mcc != '5411'", "decline");
        await api.RemoveSuiteAsync("everyday", new SuiteRemoval(By, "a test"));
        Assert.Empty(await api.SuitesAsync());
        await LiveAsync(api, "bad", "amount > 40", "decline");
    }

    [Fact]
    public async Task Suite_SeesTheHistoryOfItsOwnPaymentsAlone()
    {
        await using var host = await ScoringHost.StartAsync(small, Server, Folder);
        var api = new AegisClient(host.Http);
        for (var i = 0; i < 5; i++)
        {
            await host.DecideAsync($"t-{i}");
        }

        var payments = Enumerable.Range(0, 4).Select(i => Payment($"p-{i}", 100, "5411", i == 3 ? "decline" : null, minute: i)).ToList();
        await api.WriteSuiteAsync("testing", new SuiteRequest(payments, By: By, Why: "a test"));
        var counts = new SuiteRunRequest([new BacktestRule("fast", "count_1h > 2.5", "decline")], Only: true);
        var run = await api.RunSuiteAsync("testing", counts);
        Assert.Equal([0, 0, 0, 1], run.Results.Select(result => result.Rules.Count));
        Assert.True(run.Passed);
        Assert.Equal(run.Results.Select(result => result.Score), (await api.RunSuiteAsync("testing", counts)).Results.Select(r => r.Score));
        Assert.Equal(5, (await host.StatisticsAsync()).Decided);
    }

    [Theory]
    [InlineData("""{"payments":[],"by":"a","why":"b"}""", "payments is '0 payments'; allowed: 1 to 1000")]
    [InlineData("""{"payments":[null],"by":"a","why":"b"}""", "payments[0].payment")]
    [InlineData("""{"payments":[{"expect":"approve"}],"by":"a","why":"b"}""", "payments[0].payment")]
    [InlineData("""{"payments":[{"payment":{"id":"x"},"expect":"maybe"}],"by":"a","why":"b"}""", "payments[0].expect is 'maybe'")]
    [InlineData("""{"payments":[{"payment":{"id":"x"},"expect":"approve"}],"by":"a","why":"b"}""", "payments[0].payment.amountMinor")]
    [InlineData("""{"payments":[{"payment":7}],"by":"a","why":"b"}""", "expect in at least one payment")]
    public async Task Suite_ThatIsNone_IsRefusedByItsField(string body, string expected)
    {
        await using var host = await ScoringHost.StartAsync(small, Server, Folder);
        await host.RefusesAsync("PUT", "/suites/everyday", body, 400, expected);
        await host.RefusesAsync("POST", "/suites/everyday/run", "{}", 404, "There is no suite 'everyday'");
        Assert.Empty(await new AegisClient(host.Http).SuitesAsync());
    }

    private static async Task LiveAsync(AegisClient api, string name, string when, string then)
    {
        await api.WriteRuleAsync(name, new RuleRequest(when, then, By: By, Why: "a test"));
        await api.MoveRuleAsync(name, new RuleStepRequest("shadow", By, "a test"));
        Assert.Equal(RuleState.Live, (await api.MoveRuleAsync(name, new RuleStepRequest("live", By, "a test"))).State);
    }

    private static SuitePaymentRequest Payment(string id, long amountMinor, string mcc, string? expect, int minute = 0) => new(
        JsonSerializer.SerializeToElement(new
        {
            id, eventTime = $"2026-03-01T12:{minute:00}:00Z", cardToken = "card-1", amountMinor, currency = "EUR", merchantId = "m-1", mcc,
            country = "DE", channel = "chip",
        }),
        expect);
}
