using Aegis.Core.Numerics;

namespace Aegis.Datasets.Simulation.Scenarios;

/// <summary>A thief pays on the web with the customer's account, mostly from another device and at unusual hours.</summary>
/// <remarks>Seen by: device and site new to the card, and hours and network that are not the customer's. A new phone
/// looks the same.</remarks>
public sealed record AccountTakeover() : FraudScenario("account_takeover", share: 0.14)
{
    private static readonly int[] Wanted = [Site.Retail, Site.Retail, Site.Electronics, Site.Clothing, Site.Digital, Site.Tickets,
        Site.Marketplace];

    /// <summary>The smallest number of payments.</summary>
    public int MinPayments { get; init; } = 2;

    /// <summary>The largest number of payments.</summary>
    public int MaxPayments { get; init; } = 5;

    /// <summary>The mean hours between payments.</summary>
    public double Hours { get; init; } = 0.5;

    /// <summary>The factor on a usual payment.</summary>
    public double Appetite { get; init; } = 2.5;

    /// <summary>The share of thieves who pay through the customer's own device.</summary>
    public double OwnDeviceShare { get; init; } = 0.2;

    /// <inheritdoc/>
    internal override double MeanPayments => (MinPayments + MaxPayments) / 2.0;

    /// <inheritdoc/>
    internal override void Play(Episode episode)
    {
        var device = episode.Random.NextBool(OwnDeviceShare) ? episode.Victim.DeviceOn(episode.Day, 1) : episode.ForeignDevice();
        var address = episode.ForeignAddress();
        for (var remaining = episode.Random.NextBetween(MinPayments, MaxPayments); remaining > 0; remaining--)
        {
            var site = episode.World.Merchants.PickSite(Wanted[episode.Random.NextInt(Wanted.Length)], ref episode.Random);
            episode.PayOnline(site, episode.Price(site, Appetite), device, address);
            episode.Wait(episode.Random.NextWait(Hours));
        }
    }
}
