namespace Aegis.Core.Features;

/// <summary>Where the card is used, against where it was last and where it is at home. All 0 where a place is missing.</summary>
internal static class PlaceFeatures
{
    private const double ShortestTripHours = 3.0 / 60;
    private const double TravelPaddingKm = 10;

    public static void Fill(in PaymentFacts payment, in CardHistory card, Span<float> f)
    {
        f[(int)Feature.PlaceKnown..((int)Feature.TravelBurst + 1)].Clear();
        if (!payment.HasTerminalPlace || card.LastPlaceMs == 0)
        {
            return;
        }

        var elapsedMs = Math.Abs(payment.TimeMs - card.LastPlaceMs);
        var distance = GreatCircle.DistanceKm(card.LastLatitude, card.LastLongitude, payment.Latitude, payment.Longitude);
        f[(int)Feature.PlaceKnown] = 1;
        f[(int)Feature.DistanceLog] = (float)Math.Log(1 + distance);
        f[(int)Feature.SpeedLog] = (float)Math.Log(1 + (distance / Math.Max(ShortestTripHours, elapsedMs / 3_600e3)));

        var fromCentre = card.Centre.DistanceKm(payment.Latitude, payment.Longitude);
        f[(int)Feature.CentreDistanceLog] = (float)Math.Log(1 + fromCentre);
        f[(int)Feature.CentreZ] = (float)(fromCentre / card.Centre.SpreadKm);

        var (day, month) = card.Travel.After(elapsedMs);
        f[(int)Feature.Travel1Day] = (float)Math.Log(1 + day + distance);
        f[(int)Feature.TravelBurst] = (float)Math.Log((day + distance + TravelPaddingKm) / ((month / 30) + TravelPaddingKm));
    }
}
