using Aegis.Core.Numerics;
using Aegis.Core.Transactions;

namespace Aegis.Datasets.Simulation.Scenarios;

/// <summary>The customer never means to pay. For weeks the customer buys more and more goods that sell well again, up
/// to the limit.</summary>
/// <remarks>Seen by: sums over days and weeks, compared with the card's usual ones. Card, device and places are the
/// customer's own.</remarks>
public sealed record BustOut() : FraudScenario("bust_out", share: 0.05)
{
    /// <summary>The smallest number of payments.</summary>
    public int MinPayments { get; init; } = 6;

    /// <summary>The largest number of payments.</summary>
    public int MaxPayments { get; init; } = 12;

    /// <summary>The mean hours between payments.</summary>
    public double Hours { get; init; } = 14;

    /// <summary>The factor of the last payment on a usual one; the first payment is a usual one.</summary>
    public double LastAppetite { get; init; } = 4.5;

    /// <inheritdoc/>
    internal override double MeanPayments => (MinPayments + MaxPayments) / 2.0;

    /// <inheritdoc/>
    internal override void Play(Episode episode)
    {
        var payments = episode.Random.NextBetween(MinPayments, MaxPayments);
        for (var i = 0; i < payments; i++)
        {
            var appetite = 1 + ((LastAppetite - 1) * i / (payments - 1));
            var city = episode.Victim.CityOn(episode.Day);
            episode.WaitForHours(city, 10, 20);
            if (episode.Random.NextBool(0.4))
            {
                var site = episode.World.Merchants.PickSite(
                    episode.Random.NextBool(0.5) ? Site.Retail : Site.Electronics, ref episode.Random);
                var day = episode.Day;
                episode.PayOnline(
                    site, episode.Price(site, appetite), episode.Victim.DeviceOn(day, episode.Random.NextDouble()),
                    episode.Victim.HomeAddressOn(day));
            }
            else
            {
                var shop = episode.OpenShop(city, Shop.Electronics, Shop.Clothing, Shop.Clothing, Shop.Jeweller, Shop.Cash, Shop.Home);
                episode.PayInShop(shop, episode.Price(shop, appetite), episode.Random.NextBool(0.4) ? Channel.Contactless : Channel.Chip);
            }

            episode.Wait(episode.Random.NextWait(Hours));
        }
    }
}
