using System.Globalization;
using Aegis.Core.Numerics;

namespace Aegis.Core.Transactions;

/// <summary>Where countries lie, roughly: circles that cover each of them and the territories that send its code.</summary>
/// <remarks>The table was written from general geographical knowledge in November 2026: a centre and a radius that covers land, rounded
/// up. It tells a country from another end of the world, not from its neighbour. Territories overseas (of FR, US, NL, GB, NO, PT, ES,
/// DK and others) stand under their own code and under their state's.</remarks>
internal static class CountryAreas
{
    private static readonly CodeTable<Circle[]> Circles = new(2, EmbeddedTable.Read("country-areas.csv")
        .GroupBy(cells => cells[0], cells => new Circle(Number(cells[1]), Number(cells[2]), Number(cells[3])))
        .Select(country => KeyValuePair.Create(country.Key, country.ToArray())));

    /// <summary>The kilometres from a place to a country; 0 inside it, and for a country that the table does not have.</summary>
    /// <param name="country">Its alpha-2 code.</param>
    /// <param name="latitude">Degrees north.</param>
    /// <param name="longitude">Degrees east.</param>
    public static double OutsideKm(string country, double latitude, double longitude)
    {
        var least = double.PositiveInfinity;
        foreach (var circle in Circles[country.AsSpan()] ?? [])
        {
            least = Math.Min(
                least, GreatCircle.DistanceKm(latitude, longitude, circle.Latitude, circle.Longitude) - circle.RadiusKm);
        }

        return double.IsPositiveInfinity(least) ? 0 : Math.Max(0, least);
    }

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    private readonly record struct Circle(double Latitude, double Longitude, double RadiusKm);
}
