using Aegis.Core.Numerics;

namespace Aegis.Datasets.Simulation.Scenarios;

/// <summary>A ring makes small payments at a site to find out whether a stolen number works. A purchase within the
/// customer's range follows hours or days later.</summary>
/// <remarks>Seen by: many cards with small amounts at one site, then a device and a site that are new to the card.</remarks>
public sealed record CardTesting() : FraudScenario("card_testing", share: 0.14)
{
    /// <summary>The smallest number of tests.</summary>
    public int MinTests { get; init; } = 2;

    /// <summary>The largest number of tests.</summary>
    public int MaxTests { get; init; } = 6;

    /// <summary>The mean minutes between tests.</summary>
    public double TestMinutes { get; init; } = 5;

    /// <summary>The mean hours until the purchase.</summary>
    public double HoursToPurchase { get; init; } = 5;

    /// <summary>The factor of the purchase on a usual payment.</summary>
    public double Appetite { get; init; } = 2.5;

    /// <inheritdoc/>
    internal override double MeanPayments => ((MinTests + MaxTests) / 2.0) + 1.5;

    /// <inheritdoc/>
    internal override int RingDays => 7;

    /// <inheritdoc/>
    internal override int CardsPerRing => 10;

    /// <inheritdoc/>
    internal override void Play(Episode episode)
    {
        var ring = episode.RingDraws();
        var test = episode.World.Merchants.PickSite(ring.NextBool(0.7) ? Site.Digital : Site.Books, ref ring);
        var device = episode.ForeignDevice();
        var address = episode.ForeignAddress();
        for (var remaining = episode.Random.NextBetween(MinTests, MaxTests); remaining > 0; remaining--)
        {
            episode.PayOnline(
                test, Math.Max(0.5, episode.Random.NextLogNormal(0.9, 0.7)), episode.Random.NextBool(0.5) ? device : 0, address);
            episode.Wait(episode.Random.NextWait(TestMinutes / 60));
        }

        episode.Wait(episode.Random.NextWait(HoursToPurchase));
        for (var remaining = episode.Random.NextBetween(1, 2); remaining > 0; remaining--)
        {
            var site = episode.World.Merchants.PickSite(episode.Random.NextBool(0.4) ? Site.Electronics : Site.Retail, ref episode.Random);
            episode.PayOnline(site, episode.Price(site, Appetite), device, address);
            episode.Wait(episode.Random.NextWait(1));
        }
    }
}
