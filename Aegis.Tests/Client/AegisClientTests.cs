using System.Net;
using Aegis.Client;
using Aegis.Tests.Dashboard;
using Polly.CircuitBreaker;
using Polly.Timeout;

namespace Aegis.Tests.Client;

public sealed class AegisClientTests
{
    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("<html>Bad gateway</html>")]
    [InlineData("{\"transaction\":null}")]
    public async Task Find_OfAnAnswerThatIsNoDecision_SaysSo(string body)
    {
        var refused = await Assert.ThrowsAsync<AegisUnavailableException>(
            () => new ScriptedScoring(body).Client().FindDecisionAsync("t-1", CancellationToken.None));
        Assert.Contains("cannot read", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Find_OfADecisionCutAnywhere_SaysSo()
    {
        var whole = ScriptedScoring.Decision("t-1");
        Assert.Equal("t-1", (await new ScriptedScoring(whole).Client().FindDecisionAsync("t-1", CancellationToken.None))!.Transaction.Id);
        for (var length = 0; length < whole.Length; length += 7)
        {
            var client = new ScriptedScoring(whole[..length]).Client();
            await Assert.ThrowsAsync<AegisUnavailableException>(() => client.FindDecisionAsync("t-1", CancellationToken.None));
        }
    }

    [Fact]
    public async Task Find_OfADecisionWithoutItsTransaction_SaysSo()
    {
        var whole = ScriptedScoring.Decision("t-1");
        var at = whole.IndexOf("\"shard\"", StringComparison.Ordinal);
        var client = new ScriptedScoring($"{{\"transaction\":null,{whole[at..]}").Client();
        await Assert.ThrowsAsync<AegisUnavailableException>(() => client.FindDecisionAsync("t-1", CancellationToken.None));
    }

    [Fact]
    public async Task Find_OfUnknownId_IsNull() =>
        Assert.Null(await new ScriptedScoring("", HttpStatusCode.NotFound).Client().FindDecisionAsync("t-1", CancellationToken.None));

    [Fact]
    public async Task Find_WithoutAnAnswerInTime_SaysSo()
    {
        var silent = new ScriptedScoring(async (_, cancel) =>
        {
            await Task.Delay(Timeout.Infinite, cancel);
            throw new InvalidOperationException();
        });
        var refused = await Assert.ThrowsAsync<AegisUnavailableException>(
            () => silent.Client().FindDecisionAsync("t-1", CancellationToken.None));
        Assert.Contains("did not answer within", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Find_CancelledByItsCaller_IsCancelled()
    {
        using var left = new CancellationTokenSource();
        var silent = new ScriptedScoring(async (_, cancel) =>
        {
            await left.CancelAsync();
            await Task.Delay(Timeout.Infinite, cancel);
            throw new InvalidOperationException();
        });
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => silent.Client().FindDecisionAsync("t-1", left.Token));
    }

    [Fact]
    public async Task Find_RefusedByThePipeline_SaysSo()
    {
        foreach (var rejection in new Exception[] { new TimeoutRejectedException(), new BrokenCircuitException(), new HttpRequestException(
            "refused") })
        {
            var client = new ScriptedScoring((_, _) => throw rejection).Client();
            await Assert.ThrowsAsync<AegisUnavailableException>(() => client.FindDecisionAsync("t-1", CancellationToken.None));
        }
    }

    [Fact]
    public async Task Statistics_AnsweredWithAnError_NamesTheStatus()
    {
        var refused = await Assert.ThrowsAsync<AegisRefusedException>(
            () => new ScriptedScoring("", HttpStatusCode.Unauthorized).Client().StatisticsAsync(CancellationToken.None));
        Assert.Contains("401", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Decide_SendsWhatTheApiTakes_AndReadsTheDecision()
    {
        var sent = "";
        var client = new ScriptedScoring(async (request, cancel) =>
        {
            sent = $"{request.Method} {request.RequestUri!.AbsolutePath} {await request.Content!.ReadAsStringAsync(cancel)}";
            return ScriptedScoring.Answer(ScriptedScoring.Decision("t-1"));
        }).Client();
        var decision = await client.DecideAsync(TransactionRequest.Of(TestTransactions.Valid("t-1") with { Mcc = 742 }));
        Assert.Equal("t-1", decision.Transaction.Id);
        Assert.Equal(
            """
            POST /decisions {"id":"t-1","eventTime":"2026-03-01T12:00:00+00:00","cardToken":"card-1","amountMinor":4120,"currency":"EUR","merchantId":"m-1","mcc":"0742","country":"DE","channel":"chip","latitude":52.52,"longitude":13.4}
            """,
            sent);
    }

    [Fact]
    public async Task Decide_OfAFaultyTransaction_IsRefusedInTheServicesWords()
    {
        var problem = """{"title":"The request has faults","detail":"mcc is 'x'; allowed: four digits","status":400}""";
        var client = new ScriptedScoring(problem, HttpStatusCode.BadRequest).Client();
        var refused = await Assert.ThrowsAsync<AegisRefusedException>(
            () => client.DecideAsync(TransactionRequest.Of(TestTransactions.Valid())));
        Assert.Equal((400, "mcc is 'x'; allowed: four digits"), (refused.Status, refused.Message));
    }

    [Fact]
    public async Task Decide_WhileDecidingLagsBehind_IsUnavailableAndMayBeSentAgain()
    {
        var client = new ScriptedScoring("""{"detail":"Deciding lags 9.0 s behind."}""", HttpStatusCode.ServiceUnavailable).Client();
        var late = await Assert.ThrowsAsync<AegisUnavailableException>(
            () => client.DecideAsync(TransactionRequest.Of(TestTransactions.Valid())));
        Assert.Equal("Deciding lags 9.0 s behind.", late.Message);
    }

    [Fact]
    public async Task Decisions_OfAFilter_AsksForItEscaped()
    {
        var asked = "";
        var client = new ScriptedScoring((request, _) =>
        {
            asked = request.RequestUri!.PathAndQuery;
            return Task.FromResult(ScriptedScoring.Answer("""{"decisions":[],"next":null}"""));
        }).Client();
        Assert.Empty((await client.DecisionsAsync(new DecisionFilter(Outcome: "flagged", Card: "a b&c", Limit: 5))).Decisions);
        Assert.Equal("/decisions?outcome=flagged&card=a%20b%26c&limit=5", asked);
    }

    [Theory]
    [InlineData(HttpStatusCode.OK, true)]
    [InlineData(HttpStatusCode.ServiceUnavailable, false)]
    public async Task IsHealthy_OfAStatus_TellsIt(HttpStatusCode status, bool isHealthy) =>
        Assert.Equal(isHealthy, await new ScriptedScoring("", status).Client().IsHealthyAsync());
}
