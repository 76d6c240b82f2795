using Aegis.Core.Payments;

namespace Aegis.Core.Features;

/// <summary>Compares the place of a payment with the card's last place and with its home. All are 0 if a place is missing.</summary>
internal static class PlaceFeatures
{
    private const double MinTripHours = 3.0 / 60;
    private const double TravelPaddingKm = 10;

    public static void Fill(in Payment payment, in CardHistory card, in CardMoment moment, Span<float> f)
    {
        f[(int)Feature.PlaceKnown..((int)Feature.TravelBurst + 1)].Clear();
        if (!moment.HasTrip)
        {
            return;
        }

        var elapsedMs = Math.Abs(payment.TimeMs - card.LastPlaceMs);
        var distance = moment.TripKm;
        f[(int)Feature.PlaceKnown] = 1;
        f[(int)Feature.DistanceLog] = MathF.Log((float)(1 + distance));
        f[(int)Feature.SpeedLog] = MathF.Log((float)(1 + (distance / Math.Max(MinTripHours, elapsedMs / 3_600e3))));

        f[(int)Feature.CentreDistanceLog] = MathF.Log((float)(1 + moment.FromCentreKm));
        f[(int)Feature.CentreZ] = (float)(moment.FromCentreKm / card.Centre.SpreadKm);

        var (day, month) = card.Travel.After(elapsedMs);
        f[(int)Feature.Travel1Day] = MathF.Log((float)(1 + day + distance));
        f[(int)Feature.TravelBurst] = MathF.Log((float)((day + distance + TravelPaddingKm) / ((month / 30) + TravelPaddingKm)));
    }
}
