using Aegis.Core.Facts;
using Aegis.Core.Payments;

namespace Aegis.Core.Features;

/// <summary>What features and histories both need of a card at the moment of a payment, computed once.</summary>
internal ref struct CardMoment
{
    /// <summary>Earlier payments, decayed; one value per time constant of <see cref="DecayWindows"/>.</summary>
    public required Span<double> Counts { get; init; }

    /// <summary>Earlier amounts, decayed likewise.</summary>
    public required Span<double> Sums { get; init; }

    /// <summary>The amount in standard deviations of the card's amounts; see the feature of that name.</summary>
    public double AmountDeviation { get; private set; }

    /// <summary>The same as the card's payments alone tell. Histories remember this one: a shard that is read again does not have the facts
    /// of those days, and must come to the same bits.</summary>
    public double OwnDeviation { get; private set; }

    /// <summary>What earlier own deviations had above 2, decayed over 7 days.</summary>
    public double AmountExcess { get; private set; }

    /// <summary>Kilometres from the card's last payment at a terminal; 0 where either place is unknown.</summary>
    public double TripKm { get; private set; }

    /// <summary>Kilometres from the card's centre of life; 0 where either is unknown.</summary>
    public double FromCentreKm { get; private set; }

    /// <summary>True where the payment was made at a known place, and an earlier one too.</summary>
    public bool HasTrip { get; private set; }

    /// <summary>Looks at a card just before a payment.</summary>
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
