using Aegis.Core.Numerics;

namespace Aegis.Datasets.Simulation.Scenarios;

/// <summary>Small payments at a site that a ring uses for it find out whether a stolen number works; a purchase within the customer's range
/// follows hours or days later.</summary>
/// <remarks>Seen by: many cards with small amounts at one site, a device and then a site that the card does not know.</remarks>
public sealed record CardTesting() : FraudScenario("card_testing", share: 0.14)
{
    /// <summary>Fewest tests.</summary>
    public int MinTests { get; init; } = 2;

    /// <summary>Most tests.</summary>
    public int MaxTests { get; init; } = 6;

    /// <summary>Mean minutes between tests.</summary>
    public double TestMinutes { get; init; } = 5;

    /// <summary>Mean hours until the purchase.</summary>
    public double HoursToPurchase { get; init; } = 5;

    /// <summary>The purchase, times a usual one.</summary>
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
