using Aegis.Core.Numerics;
using Aegis.Core.Transactions;

namespace Aegis.Datasets.Simulation.Scenarios;

/// <summary>A copy of the card pays abroad as tourists do, while its owner keeps paying elsewhere.</summary>
/// <remarks>Seen by: a country new to the card, and a distance from its last payment that nobody can travel in the
/// time. From the second payment on, a holiday looks the same.</remarks>
public sealed record CounterfeitAbroad() : FraudScenario("counterfeit_abroad", share: 0.10)
{
    /// <summary>The smallest number of payments.</summary>
    public int MinPayments { get; init; } = 2;

    /// <summary>The largest number of payments.</summary>
    public int MaxPayments { get; init; } = 5;

    /// <summary>The mean hours between payments.</summary>
    public double Hours { get; init; } = 1;

    /// <summary>The factor on a usual payment.</summary>
    public double Appetite { get; init; } = 2;

    /// <summary>The share of payments by magnetic stripe. The others use a cloned chip or are contactless.</summary>
    public double SwipeShare { get; init; } = 0.35;

    /// <inheritdoc/>
    internal override double MeanPayments => (MinPayments + MaxPayments) / 2.0;

    /// <inheritdoc/>
    internal override void Play(Episode episode)
    {
        var city = Cities.DrawAbroad(episode.Victim.CityOn(episode.Day), ref episode.Random);
        for (var remaining = episode.Random.NextBetween(MinPayments, MaxPayments); remaining > 0; remaining--)
        {
            episode.WaitForHours(city, 9, 23);
            var shop = episode.OpenShop(city, Shop.Restaurant, Shop.Grocery, Shop.Clothing, Shop.Electronics, Shop.Cash, Shop.Fuel);
            var channel = episode.Random.NextBool(SwipeShare) ? Channel.Swipe : episode.Random.NextBool(0.5)
                ? Channel.Chip
                : Channel.Contactless;
            episode.PayInShop(shop, episode.Price(shop, Appetite), channel);
            episode.Wait(episode.Random.NextWait(Hours));
        }
    }
}
