using System.Text.Json;
using Aegis.Scoring.Api;
using Aegis.Scoring.Models;
using Aegis.Scoring.Storage;

namespace Aegis.Scoring.Warmup;

/// <summary>The script of the rehearsal: approved and flagged payments, one by one and many at once, and the reads that
/// follow them.</summary>
internal static class RehearsalScript
{
    private const int Cards = 20;
    private const int OneByOne = 100;
    private const int AtOnce = 100;
    private const string Decisions = "/decisions";
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(20);
    private static readonly string[] Categories = ["5411", "5732", "5812", "5541", "4829"];
    private static readonly string[] Places = ["DE", "FR", "US", "BR"];
    private static readonly string[] Channels = ["chip", "contactless", "ecommerce"];

    /// <summary>Plays the script.</summary>
    /// <exception cref="TimeoutException">The script does not end in time.</exception>
    public static async Task RunAsync(RehearsalHost host, TimeProvider time, CancellationToken cancel) =>
        await PlayAsync(host, time, cancel).WaitAsync(Limit, time, cancel);

    private static async Task PlayAsync(RehearsalHost host, TimeProvider time, CancellationToken cancel)
    {
        while (!host.IsReady)
        {
            await Task.Delay(Look, time, cancel);
        }

        var number = 0;
        for (; number < OneByOne; number++)
        {
            await DecideAsync(host, number, time);
        }

        // From here on all payments are flagged and explained.
        await host.Get<ModelControl>().UseAsync(reviewAt: 0, declineAt: 0, cancel);
        for (; number < 2 * OneByOne; number++)
        {
            await DecideAsync(host, number, time);
        }

        await Task.WhenAll(Enumerable.Range(number, AtOnce).Select(other => DecideAsync(host, other, time)));
        number += AtOnce;
        await host.CallAsync(HttpMethods.Post, "/transactions", Body(number, time));
        while (host.Get<DecisionStore>().Find(Id(number)) is null)
        {
            await Task.Delay(Look, time, cancel);
        }

        await host.CallAsync(HttpMethods.Get, DecisionEndpoints.One, [], Id(number));
        await host.CallAsync(HttpMethods.Get, Decisions, []);
        await host.CallAsync(HttpMethods.Get, "/statistics", []);
    }

    private static Task DecideAsync(RehearsalHost host, int number, TimeProvider time) =>
        host.CallAsync(HttpMethods.Post, Decisions, Body(number, time));

    private static string Id(int number) => $"rehearsal-{number}";

    private static byte[] Body(int number, TimeProvider time) => JsonSerializer.SerializeToUtf8Bytes(new
    {
        id = Id(number),
        eventTime = time.GetUtcNow(),
        cardToken = $"rehearsal-card-{number % Cards}",
        amountMinor = 100 + (number * 997 % 90_000),
        currency = "EUR",
        merchantId = $"rehearsal-merchant-{number % 7}",
        mcc = Categories[number % Categories.Length],
        country = Places[number % Places.Length],
        channel = Channels[number % Channels.Length],
    });
}
