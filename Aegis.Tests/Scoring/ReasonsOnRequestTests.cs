using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using Aegis.Client;
using Aegis.Core.Decisions;
using Aegis.Core.Features;
using Aegis.Core.Transactions;
using Aegis.MachineLearning.Bundles;
using Aegis.Scoring.Models;
using Aegis.Tests.MachineLearning;
using Aegis.Tests.Streams;

namespace Aegis.Tests.Scoring;

public sealed class ReasonsOnRequestTests(SmallModel small, RedisFixture redis)
    : EmptyLogTests(redis), IClassFixture<SmallModel>, IClassFixture<RedisFixture>
{
    [Fact]
    public async Task GetDecision_OfAnApprovedPayment_ExplainsItByTheModelThatDecidedIt()
    {
        await using var host = await ScoringHost.StartAsync(small, Server, Folder);
        await ApproveAllAsync(host);
        var answered = await DecideOddAsync(host, "a");
        Assert.Equal(DecisionOutcome.Approve, answered.Outcome);
        Assert.Empty(answered.Reasons);

        // Another model decides the next payment; the first keeps the reasons of its own.
        using var posted = new ByteArrayContent(FraudModelFile.Write(small.Model with { Version = "posted" }));
        posted.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        (await host.Http.PostAsync("/models", posted)).EnsureSuccessStatusCode();
        await ApproveAllAsync(host);
        Assert.Equal("posted", (await DecideOddAsync(host, "b")).ModelVersion);

        var shares = new double[FeatureSchema.Count];
        new FraudDetector(small.Model).Attribute(answered.Features, shares);
        var expected = ReasonWriter.WriteApproved(
            answered.Assessment.Risk, answered.Transaction, answered.Features, shares, CardNorms.Of(answered.Features),
            CurrencyRates.Default);
        Assert.NotEmpty(expected);
        Assert.Equal(expected, (await host.FindAsync("a")).Reasons);
        Assert.NotEmpty((await host.FindAsync("b")).Reasons);
        Assert.All((await host.Http.GetFromJsonAsync<DecisionPage>("/decisions", AegisJson.Options))!.Decisions, decision => Assert.Empty(
            decision.Reasons));
    }

    [Fact]
    public async Task GetDecision_OfAFlaggedPayment_GivesTheReasonsOfThatMoment()
    {
        await using var host = await ScoringHost.StartAsync(small, Server, Folder);
        await host.DecideAsync("a");
        (await host.Http.PostAsJsonAsync("/thresholds", new Thresholds(0, 0), AegisJson.Options)).EnsureSuccessStatusCode();
        var answered = await host.DecideAsync("b");
        Assert.True(answered.IsFlagged);
        Assert.NotEmpty(answered.Reasons);
        Assert.Equal(answered.Reasons, (await host.FindAsync("b")).Reasons);
    }

    [Fact]
    public async Task Explain_OfADecisionByAModelThatIsGone_GivesItAsItIs()
    {
        await using var host = await ScoringHost.StartAsync(small, Server, Folder);
        var reasons = host.Get<ReasonsOnRequest>();
        await ApproveAllAsync(host);
        var decision = await DecideOddAsync(host, "a");
        Assert.NotEmpty(reasons.Explain(decision).Reasons);
        Assert.Empty(reasons.Explain(decision with { Assessment = decision.Assessment with { Risk = 1 } }).Reasons);
        Assert.Empty(reasons.Explain(decision with { ModelVersion = "gone" }).Reasons);
        Assert.Empty(reasons.Explain(decision with { SchemaHash = "another" }).Reasons);
        Assert.Empty(reasons.Explain(decision with { RatesVersion = "another" }).Reasons);
    }

    private static async Task ApproveAllAsync(ScoringHost host) =>
        (await host.Http.PostAsJsonAsync("/thresholds", new Thresholds(1e6, 1e6), AegisJson.Options)).EnsureSuccessStatusCode();

    /// <summary>A first payment of a million, at night.</summary>
    private static async Task<Decision> DecideOddAsync(ScoringHost host, string id)
    {
        var body = $$"""{"id":"{{id}}","eventTime":"2026-03-01T03:00:00Z","cardToken":"card-{{id}}","amountMinor":100000000,"currency":"EUR","merchantId":"m-1","mcc":"7995","country":"DE","channel":"ecommerce"}""";
        await ScoringHost.EventuallyAsync(async () => (await host.Http.GetAsync("/health")).IsSuccessStatusCode, "healthy");
        using var response = await host.Http.PostAsync("/decisions", new StringContent(body, Encoding.UTF8, "application/json"));
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
        return (await response.Content.ReadFromJsonAsync<Decision>(AegisJson.Options))!;
    }
}
