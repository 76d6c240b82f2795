using Aegis.Core.Numerics;

namespace Aegis.Datasets.Simulation.Scenarios;

/// <summary>For weeks a site charges small amounts every few days, below the customer's usual payments, like a subscription.</summary>
/// <remarks>Seen by: a site that many cards begin to pay at the same time, a repetition that is not monthly, and the
/// site's fraud rate once labels arrive.</remarks>
public sealed record SlowDrip() : FraudScenario("slow_drip", share: 0.10)
{
    /// <summary>The smallest number of payments.</summary>
    public int MinPayments { get; init; } = 3;

    /// <summary>The largest number of payments.</summary>
    public int MaxPayments { get; init; } = 8;

    /// <summary>The mean days between payments, beyond half a day.</summary>
    public double Days { get; init; } = 3;

    /// <summary>The smallest part of the customer's usual amount.</summary>
    public double MinPart { get; init; } = 0.15;

    /// <summary>The largest part of the customer's usual amount.</summary>
    public double MaxPart { get; init; } = 0.7;

    /// <inheritdoc/>
    internal override double MeanPayments => (MinPayments + MaxPayments) / 2.0;

    /// <inheritdoc/>
    internal override int RingDays => 28;

    /// <inheritdoc/>
    internal override int CardsPerRing => 12;

    /// <inheritdoc/>
    internal override void Play(Episode episode)
    {
        var ring = episode.RingDraws();
        var site = ring.NextBool(0.5)
            ? episode.World.Merchants.PickSite(Site.Digital, ref ring)
            : episode.World.Merchants.PickRecurring(5, ref ring);
        var part = episode.Random.NextDouble(MinPart, MaxPart);
        for (var remaining = episode.Random.NextBetween(MinPayments, MaxPayments); remaining > 0; remaining--)
        {
            var euros = Math.Max(0.99, part * episode.Random.NextLogNormal(episode.Victim.UsualLog, 0.25));
            if (episode.Random.NextBool(0.15))
            {
                episode.PayByTelephone(site, euros);
            }
            else
            {
                episode.PayOnline(site, euros, device: 0, address: 0);
            }

            episode.Wait(12 + episode.Random.NextWait(24 * Days));
        }
    }
}
