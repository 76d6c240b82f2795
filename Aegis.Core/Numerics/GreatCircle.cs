namespace Aegis.Core.Numerics;

/// <summary>Distances on a spherical Earth (haversine formula).</summary>
public static class GreatCircle
{
    private const double EarthRadiusKm = 6371.0088;

    /// <summary>Kilometres between two places given in degrees; correct to about 0.5 %.</summary>
    public static double DistanceKm(double latitudeA, double longitudeA, double latitudeB, double longitudeB)
    {
        var a = Radians(latitudeA);
        var b = Radians(latitudeB);
        var sinLatitude = Math.Sin((b - a) / 2);
        var sinLongitude = Math.Sin(Radians(longitudeB - longitudeA) / 2);
        var h = (sinLatitude * sinLatitude) + (Math.Cos(a) * Math.Cos(b) * sinLongitude * sinLongitude);
        return 2 * EarthRadiusKm * Math.Asin(Math.Min(1, Math.Sqrt(h)));
    }

    private static double Radians(double degrees) => degrees * Math.PI / 180;
}
