using Aegis.Core.Numerics;
using Aegis.Core.Transactions;

namespace Aegis.Datasets.Simulation.Scenarios;

/// <summary>For some days a merchant runs copies of many cards through the shop's own terminal, for its usual prices.</summary>
/// <remarks>Seen by: a burst of cards new to a merchant with few visits, and later the merchant's fraud rate. For a
/// day, a fair looks the same.</remarks>
public sealed record MerchantCollusion() : FraudScenario("merchant_collusion", share: 0.07)
{
    private static readonly int[] Trades = [Shop.Restaurant, Shop.Bar, Shop.Clothing, Shop.Electronics, Shop.Hairdresser, Shop.Home,
        Shop.FastFood];

    /// <summary>The largest number of payments of a card.</summary>
    public int MaxPayments { get; init; } = 2;

    /// <summary>The mean hours between two payments of a card.</summary>
    public double Hours { get; init; } = 20;

    /// <summary>The factor on a usual payment.</summary>
    public double Appetite { get; init; } = 1.5;

    /// <inheritdoc/>
    internal override double MeanPayments => (1 + MaxPayments) / 2.0;

    /// <inheritdoc/>
    internal override int RingDays => 4;

    /// <inheritdoc/>
    internal override int CardsPerRing => 20;

    /// <inheritdoc/>
    internal override bool Suits(Episode episode, CustomerProfile victim)
    {
        var ring = episode.RingDraws();
        return City.All[victim.ResidenceOn(episode.Day).City].Country == City.All[Cities.DrawHome(ref ring)].Country;
    }

    /// <inheritdoc/>
    internal override void Play(Episode episode)
    {
        var ring = episode.RingDraws();
        var city = Cities.DrawHome(ref ring);
        var shops = episode.World.Merchants.ShopsOf(city, Trades[ring.NextInt(Trades.Length)]);
        // From the half with fewer visits.
        var shop = shops[shops.Length - 1 - ring.NextInt((shops.Length + 1) / 2)];
        for (var remaining = episode.Random.NextBetween(1, MaxPayments); remaining > 0; remaining--)
        {
            var (opens, closes) = (shop.Opens / 60.0, Math.Min(24, shop.Closes / 60.0));
            episode.WaitForHours(city, opens, closes);
            episode.PayInShop(
                shop, episode.Price(shop, Appetite), episode.Random.NextBool(0.2) ? Channel.Swipe : episode.Random.NextBool(0.5)
                ? Channel.Chip
                : Channel.Contactless);
            episode.Wait(episode.Random.NextWait(Hours));
        }
    }
}
