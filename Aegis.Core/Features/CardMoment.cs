using Aegis.Core.Facts;
using Aegis.Core.Numerics;
using Aegis.Core.Payments;

namespace Aegis.Core.Features;

/// <summary>The values that both features and histories need at the moment of a payment, computed once.</summary>
internal ref struct CardMoment
{
    /// <summary>Earlier payments, decayed; one value for each time constant of <see cref="DecayWindows"/>.</summary>
    public required Span<double> Counts { get; init; }

    /// <summary>Earlier amounts, decayed in the same way.</summary>
    public required Span<double> Sums { get; init; }

    /// <summary>The amount in standard deviations of the card's amounts; see <see cref="Feature.AmountDeviation"/>.</summary>
    public double AmountDeviation { get; private set; }

    /// <summary>The same deviation from the card's payments alone. Histories remember this one: a shard that is read
    /// again lacks the facts of those days, and must get the same bits.</summary>
    public double OwnDeviation { get; private set; }

    /// <summary>The excess of earlier own deviations above 2, decayed over 7 days.</summary>
    public double AmountExcess { get; private set; }

    /// <summary>Kilometres from the card's last payment at a terminal; 0 if either place is unknown.</summary>
    public double TripKm { get; private set; }

    /// <summary>Kilometres from the card's centre of life; 0 if either is unknown.</summary>
    public double FromCentreKm { get; private set; }

    /// <summary>True if both this payment and an earlier one were made at a known place.</summary>
    public bool HasTrip { get; private set; }

    /// <summary>Computes the values of a card just before a payment.</summary>
    public void Fill(in CardHistory card, in Payment payment, in PopulationNorms population)
    {
        card.VelocityAt(payment, Counts, Sums);
        AmountDeviation = AmountFeatures.Deviation(payment, card, population.PlainAmountMean);
        OwnDeviation = AmountFeatures.Deviation(payment, card, PopulationNorms.FirstPlainMean);
        AmountExcess = card.AmountExcessAt(payment.TimeMs);
        HasTrip = payment.HasTerminalPlace && card.LastPlaceMs > 0;
        if (HasTrip)
        {
            TripKm = GreatCircle.DistanceKm(card.LastLatitude, card.LastLongitude, payment.Latitude, payment.Longitude);
            FromCentreKm = card.Centre.DistanceKm(payment.Latitude, payment.Longitude);
        }
    }
}
