using System.Diagnostics.Metrics;
using System.Net;
using System.Text;
using Aegis.Tests.MachineLearning;
using Aegis.Tests.Streams;
using Microsoft.Extensions.Options;

namespace Aegis.Tests.Scoring.Api;

/// <summary>An operator's own codes go through the API and the log. They stay in this process, so no other test names them.</summary>
public sealed class AddedCodesDoorTests(SmallModel small, RedisFixture redis)
    : EmptyLogTests(redis), IClassFixture<SmallModel>, IClassFixture<RedisFixture>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task PostDecisions_InAnAddedCurrencyAndCountry_AreDecided_AndCountedWithoutARate()
    {
        var counted = 0L;
        using var meters = new MeterListener();
        meters.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Name == "aegis.amounts_without_rate")
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        meters.SetMeasurementEventCallback<long>((_, measured, _, _) => Interlocked.Add(ref counted, measured));
        meters.Start();
        await using var host = await ScoringHost.StartAsync(
            small, Server, Folder, "Codes:Currencies=QPH:3", "Codes:Countries=QW");
        await host.DecideAsync("ordinary");
        using var response = await PostAsync(host, "own", "QPH", "QW");
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var decision = await host.FindAsync("own");
        Assert.Equal(("QPH", "QW"), (decision.Transaction.Currency, decision.Transaction.Country));
        await ScoringHost.EventuallyAsync(
            () => Task.FromResult(Interlocked.Read(ref counted) == 1), "one amount without a rate is counted");
        using var refused = await PostAsync(host, "other", "QPI", "QT");
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
    }

    [Fact]
    public async Task Start_WithCodesOfIso_NamesEach()
    {
        var refused = await Assert.ThrowsAsync<OptionsValidationException>(
            () => ScoringHost.StartAsync(small, Server, Folder, "Codes:Currencies=EUR:2", "Codes:Countries=DE"));
        string[] faults =
        [
            "Codes:Currencies has 'EUR:2'; allowed: a code that ISO 4217 does not have.",
            "Codes:Countries has 'DE'; allowed: a code that ISO 3166-1 does not have.",
        ];
        Assert.All(faults, fault => Assert.Contains(fault, refused.Message, StringComparison.Ordinal));
    }

    private static Task<HttpResponseMessage> PostAsync(ScoringHost host, string id, string currency, string country) => host.Http.PostAsync(
        "/decisions", new StringContent(Body(id, currency, country), Encoding.UTF8, "application/json"), Cancel);

    private static string Body(string id, string currency, string country) => $$"""{"id":"{{id}}","eventTime":"2026-03-01T12:00:00Z","cardToken":"card-1","amountMinor":4120,"currency":"{{currency}}","merchantId":"m-1","mcc":"5411","country":"{{country}}","channel":"chip"}""";
}
