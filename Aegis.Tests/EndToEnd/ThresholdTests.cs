using System.Diagnostics;
using System.Net.Http.Json;
using System.Text;
using Aegis.Core.Decisions;

namespace Aegis.Tests.EndToEnd;

public sealed class ThresholdTests : IDisposable
{
    private readonly string _folder = Repository.TemporaryFolder();

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task NewThresholds_AreInForceFromTheNextPaymentOn_AndStillAfterAKill()
    {
        await using var app = await RunningAegis.StartAsync(_folder, "--no-producer");
        Assert.NotEqual(DecisionOutcome.Decline, await DecideAsync(app, "before"));
        // A new start has a daily budget, which moves the review threshold by itself.
        using var ended = await app.Scoring.PostAsJsonAsync("/budget/end", new { by = "fraud desk", why = "thresholds by hand" });
        ended.EnsureSuccessStatusCode();
        using var response = await app.Scoring.PostAsJsonAsync("/thresholds", new { reviewAt = 0.0, declineAt = 0.0 });
        response.EnsureSuccessStatusCode();
        Assert.Equal(DecisionOutcome.Decline, await DecideAsync(app, "after"));
        await app.KillAsync("scoring");
        for (var started = TimeProvider.System.GetTimestamp(); ; await Task.Delay(200))
        {
            try
            {
                Assert.Equal(DecisionOutcome.Decline, await DecideAsync(app, "after-the-kill"));
                return;
            }
            catch (HttpRequestException)
            {
                Assert.True(TimeProvider.System.GetElapsedTime(started) < TimeSpan.FromSeconds(60), $"not back\n{app.Log}");
            }
        }
    }

    private static async Task<DecisionOutcome> DecideAsync(RunningAegis app, string id)
    {
        var body = $$"""{"id":"{{id}}","eventTime":"2026-03-01T12:00:00Z","cardToken":"card-1","amountMinor":4120,"currency":"EUR","merchantId":"m-1","mcc":"5411","country":"DE","channel":"chip"}""";
        using var response = await app.Scoring.PostAsync("/decisions", new StringContent(body, Encoding.UTF8, "application/json"));
        response.EnsureSuccessStatusCode();
        return (await response.Content.ReadFromJsonAsync<Decision>(AegisJson.Options))!.Outcome;
    }
}
