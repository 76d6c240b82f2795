using Aegis.Core.Numerics;
using Aegis.Core.Transactions;

namespace Aegis.Datasets.Simulation.Scenarios;

/// <summary>Cards that regularly pay at one terminal are copied there. Days later a ring uses all of them at three
/// shops in another city of the country.</summary>
/// <remarks>Seen by: many cards new to those shops within days, the distance from home, and the shops' fraud rate once
/// labels arrive. The amounts are usual for the shops.</remarks>
public sealed record SkimmedTerminal() : FraudScenario("skimmed_terminal", share: 0.12)
{
    private const int CashOutShops = 3;
    private static readonly int[] Copied = [Shop.Fuel, Shop.Restaurant, Shop.Grocery, Shop.FastFood];
    private static readonly int[] CashedOut = [Shop.Grocery, Shop.Electronics, Shop.Clothing, Shop.Fuel, Shop.Pharmacy];

    /// <summary>The smallest number of payments.</summary>
    public int MinPayments { get; init; } = 1;

    /// <summary>The largest number of payments.</summary>
    public int MaxPayments { get; init; } = 3;

    /// <summary>The mean hours between payments.</summary>
    public double Hours { get; init; } = 3;

    /// <summary>The factor on a usual payment.</summary>
    public double Appetite { get; init; } = 2;

    /// <inheritdoc/>
    internal override double MeanPayments => (MinPayments + MaxPayments) / 2.0;

    /// <inheritdoc/>
    internal override int RingDays => 10;

    /// <inheritdoc/>
    internal override int CardsPerRing => 20;

    /// <inheritdoc/>
    internal override bool Suits(Episode episode, CustomerProfile victim)
    {
        var ring = episode.RingDraws();
        var city = Cities.DrawHome(ref ring);
        var home = victim.ResidenceOn(episode.Day);
        if (home.City != city)
        {
            return false;
        }

        var trade = Copied[ring.NextInt(Copied.Length)];
        var terminal = episode.World.Merchants.PickShop(city, trade, ref ring);
        for (var rank = 0; rank < Favourites.PerTrade; rank++)
        {
            if (Favourites.Shop(episode.World, victim, home, trade, rank) == terminal)
            {
                return true;
            }
        }

        return false;
    }

    /// <inheritdoc/>
    internal override void Play(Episode episode)
    {
        var ring = episode.RingDraws();
        var from = Cities.DrawHome(ref ring);
        var to = Cities.DrawHome(ref ring);
        for (var tries = 0; tries < 20 && (to == from || City.All[to].Country != City.All[from].Country); tries++)
        {
            to = Cities.DrawHome(ref ring);
        }

        var shops = new Merchant[CashOutShops];
        for (var i = 0; i < shops.Length; i++)
        {
            shops[i] = episode.World.Merchants.PickShop(to, CashedOut[ring.NextInt(CashedOut.Length)], ref ring);
        }

        for (var remaining = episode.Random.NextBetween(MinPayments, MaxPayments); remaining > 0; remaining--)
        {
            episode.WaitForHours(to, 10, 19);
            var shop = shops[episode.Random.NextInt(shops.Length)];
            for (var tries = 0; tries < 14 && !shop.IsOpenAt(episode.TimeMs); tries++)
            {
                episode.Wait(12);
                episode.WaitForHours(to, 10, 19);
            }

            episode.PayInShop(shop, episode.Price(shop, Appetite), episode.Random.NextBool(0.3) ? Channel.Swipe : Channel.Chip);
            episode.Wait(episode.Random.NextWait(Hours));
        }
    }
}
