using Aegis.Core.Numerics;

namespace Aegis.Datasets.Simulation.Scenarios;

/// <summary>Stolen credentials are used at a site or in a trade that the customer knows, for usual amounts.</summary>
/// <remarks>Seen by: hour, network and, half of the time, a device that is not the customer's; nothing in amount or merchant.</remarks>
public sealed record FamiliarSite() : FraudScenario("familiar_site", share: 0.12)
{
    /// <summary>Fewest payments.</summary>
    public int MinPayments { get; init; } = 1;

    /// <summary>Most payments.</summary>
    public int MaxPayments { get; init; } = 4;

    /// <summary>Mean hours between payments.</summary>
    public double Hours { get; init; } = 1;

    /// <summary>Share of payments at one of the customer's favourite sites; the others are at sites of the same trade.</summary>
    public double FavouriteShare { get; init; } = 0.6;

    /// <summary>Share from a device that the card does not know; the others as a guest or from the customer's.</summary>
    public double ForeignDeviceShare { get; init; } = 0.6;

    /// <summary>A payment, times a usual one.</summary>
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
