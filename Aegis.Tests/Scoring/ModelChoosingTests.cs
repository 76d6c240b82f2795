using System.Net;
using System.Net.Http.Json;
using System.Text;
using Aegis.Client;
using Aegis.Core.Features;
using Aegis.MachineLearning.Bundles;
using Aegis.Scoring.Models.Choosing;
using Aegis.Scoring.Operator;
using Aegis.Scoring.Storage;
using Aegis.Streams.Appending;
using Aegis.Streams.Entries;
using Aegis.Tests.MachineLearning;
using Aegis.Tests.Streams;

namespace Aegis.Tests.Scoring;

public sealed class ModelChoosingTests(SmallModel small, RedisFixture redis)
    : EmptyLogTests(redis), IClassFixture<SmallModel>, IClassFixture<RedisFixture>
{
    private const int Payments = 10_200;
    private const int Frauds = 12;

    [Fact]
    public async Task TwelveFrauds_Choose_AndOneCallTakesItBack()
    {
        await using var host = await ScoringHost.StartAsync(small, Server, Folder);
        using var api = new AegisClient(host.Http);
        await new TransactionLog(Redis, SmallModel.Shards)
            .AppendAsync([.. Enumerable.Range(0, Payments).Select(Message)], CancellationToken.None);
        await host.DecidedAsync(Payments);
        var state = await api.ModelChoiceAsync();
        Assert.Equal((null, 0, 10, null, null), (state.InForce, state.ConfirmedFrauds, state.NeededFrauds, state.Last, state.UndoneBy));
        var few = await Assert.ThrowsAsync<AegisRefusedException>(() => api.ChooseModelAsync(new ModelChoiceRequest()));
        Assert.Contains("0 frauds are confirmed; allowed: 10 or more.", few.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<AegisRefusedException>(() => api.UndoModelChoiceAsync());

        await api.LabelAsync([.. Enumerable.Range(0, Frauds + 1).Select(i => new LabelRequest($"p-{FraudAt(i)}", IsFraud: true))]);
        await ScoringHost.EventuallyAsync(async () => (await api.ModelChoiceAsync()).ConfirmedFrauds == Frauds + 1, "labels are stored");
        await api.LabelAsync(new LabelRequest($"p-{FraudAt(Frauds)}", IsFraud: false));
        await ScoringHost.EventuallyAsync(async () => (await api.ModelChoiceAsync()).ConfirmedFrauds == Frauds, "the last verdict counts");

        var judged = await api.ChooseModelAsync(new ModelChoiceRequest(Apply: false));
        Assert.Equal((Frauds, Payments - Frauds, null), (judged.Frauds, judged.Payments, judged.Version));
        Assert.Equal(
            ["default", "handbook", "simulated", "sparkov"], judged.Candidates.Select(c => c.Choice).Order(StringComparer.Ordinal));
        Assert.Equal(judged.Candidates.OrderBy(c => c.TypicalShare), judged.Candidates);
        Assert.Equal((judged.Choice, 1.0), (judged.Candidates[0].Choice, Math.Round(judged.Candidates.Sum(c => c.Confidence), 9)));
        // Frauds are abroad and large: no choice misses them, and handbook's, which knows no countries, sees the amount.
        Assert.InRange(judged.Candidates[0].TypicalShare, 0, 0.01);
        Assert.Equal("small", (await host.DecideAsync("before")).ModelVersion);

        var chosen = await api.ChooseModelAsync(new ModelChoiceRequest(judged.Choice));
        var decision = await host.DecideAsync("after");
        Assert.Equal(chosen.Version, decision.ModelVersion);
        var model = FraudModelFile.Read(host.Store.Bundle(chosen.Version!)!);
        Assert.Equal((judged.Choice, "stored decisions"), (model.Provenance["choice"], model.Provenance["data"]));
        Assert.Equal(small.Model.Policy.Budget, model.Policy.Budget);
        state = await api.ModelChoiceAsync();
        Assert.Equal((judged.Choice, "small"), (state.InForce, state.UndoneBy));

        // What is best is in force already: judged again, nothing changes.
        Assert.Null((await api.ChooseModelAsync(new ModelChoiceRequest())).Version);
        Assert.Equal(Frauds, (await api.ModelChoiceAsync()).JudgedFrauds);

        // A caller who hangs up does not undo what was asked, and each choice is undone in turn.
        using (var caller = new CancellationTokenSource())
        {
            var choice = host.Get<ModelChoosing>().ChooseAsync(new ModelChoiceRequest("default"), caller.Token);
            await caller.CancelAsync();
            Assert.NotNull((await choice).Version);
        }

        await host.DecideAsync("hung-up");
        Assert.Equal(chosen.Version, (await api.ModelChoiceAsync()).UndoneBy);
        Assert.Equal("default", (await api.ModelChoiceAsync()).InForce);
        Assert.Equal(chosen.Version, (await api.UndoModelChoiceAsync()).Version);
        await host.DecideAsync("between");
        Assert.Equal("small", (await api.UndoModelChoiceAsync()).Version);
        Assert.Equal("small", (await host.DecideAsync("undone")).ModelVersion);
        var twice = await Assert.ThrowsAsync<AegisRefusedException>(() => api.UndoModelChoiceAsync());
        Assert.Contains("there is nothing to undo", twice.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{\"choice\":\"best\"}", HttpStatusCode.BadRequest, "choice is 'best'; allowed: default, handbook, sparkov, simulated")]
    [InlineData("{\"choice\":\"default\"}", HttpStatusCode.Conflict, "0 stored payments; allowed: 10,000 or more")]
    [InlineData("", HttpStatusCode.Conflict, "0 frauds are confirmed")]
    [InlineData("{\"aply\":false}", HttpStatusCode.BadRequest, "aply is not known")]
    [InlineData("{\"choice\":\"sparkov\",\"choice\":\"default\"}", HttpStatusCode.BadRequest, "choice")]
    [InlineData("{\"choice\":\"sparkov\",\"apply\":false}", HttpStatusCode.BadRequest, "apply is 'false'; allowed: true with a choice")]
    [InlineData("{\"apply\":\"perhaps\"}", HttpStatusCode.BadRequest, "The body cannot be read: line 1: $.apply is no")]
    public async Task Post_OfWhatCannotBe_SaysWhatIsAllowed(string body, HttpStatusCode status, string mentions)
    {
        await using var host = await ScoringHost.StartAsync(small, Server, Folder);
        using var response = await host.Http.PostAsync("/models/choice", new StringContent(body, Encoding.UTF8, "application/json"));
        Assert.Equal(status, response.StatusCode);
        Assert.Contains(mentions, await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public void Text_OfAJudgement_IsATableAndWhatBecameOfIt()
    {
        var judgement = new ModelChoiceJudgement(
            "sparkov", 12, 100_000, [new("sparkov", 0.0042, 0.93), new("default", 0.021, 0.07)], null, TestTransactions.Noon);
        Assert.Equal(
            """
            Judged by 12 confirmed frauds among 100,000 stored payments:
              choice       frauds rank typically in the top   best in
              sparkov                               0.42 %        93 %
              default                               2.10 %         7 %
            Choice sparkov is the best; nothing was brought into force.
            """,
            ChooseCommand.Text(judgement));
        Assert.Equal(
            "Choice sparkov: model v2 is in force from the next payment on. ./aegis choose --undo takes it back.",
            ChooseCommand.Text(judgement with { Candidates = [], Version = "v2" }));
    }

    private static int FraudAt(int fraud) => 5_000 + (fraud * 300);

    // Sixty cards that pay at home; the frauds are large, abroad and at merchants of their own.
    private static LogMessage Message(int i)
    {
        var payment = TestTransactions.Valid($"p-{i}", $"card-{i % 60}") with
        {
            EventTime = TestTransactions.Noon.AddMinutes(2 * i), AmountMinor = 1_000 + (i * 7919 % 4_000),
        };
        var isFraud = i >= 5_000 && (i - 5_000) % 300 == 0;
        return new LogMessage(
            [isFraud ? payment with { AmountMinor = 95_000, Country = "BR", MerchantId = $"odd-{i}" } : payment],
            IsHistory: false, TestTransactions.Noon, null);
    }
}
