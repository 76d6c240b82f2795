using Aegis.Core.Numerics;

namespace Aegis.Datasets.Simulation.Scenarios;

/// <summary>Thieves use stolen credentials at a site or in a trade that the customer knows, for usual amounts.</summary>
/// <remarks>Seen by: the hour, the network and, in about half of the cases, a device that is not the customer's. Amount
/// and merchant show nothing.</remarks>
public sealed record FamiliarSite() : FraudScenario("familiar_site", share: 0.12)
{
    /// <summary>The smallest number of payments.</summary>
    public int MinPayments { get; init; } = 1;

    /// <summary>The largest number of payments.</summary>
    public int MaxPayments { get; init; } = 4;

    /// <summary>The mean hours between payments.</summary>
    public double Hours { get; init; } = 1;

    /// <summary>The share of payments at one of the customer's favourite sites. The others are at sites of the same trade.</summary>
    public double FavouriteShare { get; init; } = 0.6;

    /// <summary>The share from a device new to the card. The others come from a guest or from the customer's device.</summary>
    public double ForeignDeviceShare { get; init; } = 0.6;

    /// <summary>The factor on a usual payment.</summary>
    public double Appetite { get; init; } = 2;

    /// <inheritdoc/>
    internal override double MeanPayments => (MinPayments + MaxPayments) / 2.0;

    /// <inheritdoc/>
    internal override void Play(Episode episode)
    {
        var victim = episode.Victim;
        var trade = Habits.Draw(victim.Habits.Sites, ref episode.Random);
        var kind = episode.Random.NextDouble();
        var device = kind < ForeignDeviceShare ? episode.ForeignDevice() : kind < ForeignDeviceShare + ((1 - ForeignDeviceShare) / 2)
            ? 0
            : victim.DeviceOn(episode.Day, 1);
        var address = episode.ForeignAddress();
        for (var remaining = episode.Random.NextBetween(MinPayments, MaxPayments); remaining > 0; remaining--)
        {
            var site = episode.Random.NextBool(FavouriteShare)
                ? Favourites.Site(episode.World, victim, victim.ResidenceOn(episode.Day), trade, Favourites.DrawRank(ref episode.Random))
                : episode.World.Merchants.PickSite(trade, ref episode.Random);
            episode.PayOnline(site, episode.Price(site, Appetite), device, address);
            episode.Wait(episode.Random.NextWait(Hours));
        }
    }
}
