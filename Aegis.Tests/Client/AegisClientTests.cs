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
}
