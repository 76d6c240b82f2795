using Aegis.Core.Numerics;
using Aegis.Core.Transactions;

namespace Aegis.Datasets.Simulation.Scenarios;

/// <summary>A card lost near home makes contactless payments below the PIN limit until it is blocked.</summary>
/// <remarks>Seen by: several shops new to the card within hours. An afternoon in town or a night out looks the same.</remarks>
public sealed record LostCard() : FraudScenario("lost_card", share: 0.10)
{
    /// <summary>The smallest number of payments.</summary>
    public int MinPayments { get; init; } = 3;

    /// <summary>The largest number of payments.</summary>
    public int MaxPayments { get; init; } = 8;

    /// <summary>The mean minutes between payments.</summary>
    public double Minutes { get; init; } = 11;

    /// <summary>The largest amount that needs no PIN, in EUR.</summary>
    public double PinLimit { get; init; } = 50;

    /// <inheritdoc/>
    internal override double MeanPayments => (MinPayments + MaxPayments) / 2.0;

    /// <inheritdoc/>
    internal override void Play(Episode episode)
    {
        var city = episode.Victim.CityOn(episode.Day);
        for (var remaining = episode.Random.NextBetween(MinPayments, MaxPayments); remaining > 0; remaining--)
        {
            episode.WaitForHours(city, 9, 23);
            var shop = episode.OpenShop(city, Shop.Grocery, Shop.Grocery, Shop.FastFood, Shop.Fuel, Shop.Pharmacy, Shop.Clothing, Shop.Bar);
            if (shop.Trade.Mcc == SimulatedWorld.CashMcc)
            {
                // There is no cash without the PIN.
                shop = episode.World.Merchants.PickShop(city, Shop.Fuel, ref episode.Random);
            }

            var euros = episode.Price(shop, 1.2);
            episode.PayInShop(shop, euros <= PinLimit ? euros : PinLimit * episode.Random.NextDouble(0.5, 1), Channel.Contactless);
            episode.Wait(episode.Random.NextWait(Minutes / 60));
        }
    }
}
