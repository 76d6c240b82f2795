namespace Aegis.Core.Transactions;

/// <summary>Finds places that no payment can have been made at. They count as missing: a payment is worth deciding without one.</summary>
internal static class ImpossiblePlaces
{
    private const double FarKm = 1_500;
    private const double SwappedKm = 300;

    /// <summary>Why a place cannot be: <c>zero</c>, <c>out_of_range</c>, <c>swapped</c> or <c>far</c>; null if it may be.</summary>
    /// <param name="latitude">Degrees north.</param>
    /// <param name="longitude">Degrees east.</param>
    /// <param name="country">The payment's country, alpha-2.</param>
    /// <param name="channel">How the card was presented. Without the card, the place may be the caller's, far from the merchant.</param>
    public static string? ReasonOf(double latitude, double longitude, string country, Channel channel)
    {
        if (latitude == 0 && longitude == 0)
        {
            return "zero";
        }

        if (!TransactionRules.IsWithin(latitude, TransactionRules.MaxLatitude)
            || !TransactionRules.IsWithin(longitude, TransactionRules.MaxLongitude))
        {
            return "out_of_range";
        }

        var outsideKm = CountryAreas.OutsideKm(country, latitude, longitude);
        if (outsideKm > SwappedKm && TransactionRules.IsWithin(longitude, TransactionRules.MaxLatitude)
            && CountryAreas.OutsideKm(country, longitude, latitude) == 0)
        {
            return "swapped";
        }

        return outsideKm > FarKm && channel.IsCardPresent() ? "far" : null;
    }
}
