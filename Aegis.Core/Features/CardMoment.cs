namespace Aegis.Core.Features;

/// <summary>What features and histories both need of a card at the moment of a payment, computed once.</summary>
internal ref struct CardMoment
{
    /// <summary>Earlier payments, decayed; one value per time constant of <see cref="DecayWindows"/>.</summary>
    public required Span<double> Counts { get; init; }

    /// <summary>Earlier amounts, decayed likewise.</summary>
    public required Span<double> Sums { get; init; }

    /// <summary>Kilometres from the card's last payment at a terminal; 0 where either place is unknown.</summary>
    public double TripKm { get; private set; }

    /// <summary>Kilometres from the card's centre of life; 0 where either is unknown.</summary>
    public double FromCentreKm { get; private set; }

    /// <summary>True where the payment was made at a known place, and an earlier one too.</summary>
    public bool HasTrip { get; private set; }

    /// <summary>Looks at a card just before a payment.</summary>
    public void Fill(in CardHistory card, in PaymentFacts payment)
    {
        card.VelocityAt(payment, Counts, Sums);
        HasTrip = payment.HasTerminalPlace && card.LastPlaceMs > 0;
        if (HasTrip)
        {
            TripKm = GreatCircle.DistanceKm(card.LastLatitude, card.LastLongitude, payment.Latitude, payment.Longitude);
            FromCentreKm = card.Centre.DistanceKm(payment.Latitude, payment.Longitude);
        }
    }
}
