using Aegis.Core.Numerics;

namespace Aegis.Tests.Core.Numerics;

public sealed class GreatCircleTests
{
    private const double Radius = 6371.0088;

    [Theory]
    [InlineData(0, 0, 0, 180, Math.PI)]
    [InlineData(90, 0, -90, 0, Math.PI)]
    [InlineData(0, 0, 90, 77, Math.PI / 2)]
    [InlineData(0, 10, 0, 100, Math.PI / 2)]
    [InlineData(0, 179, 0, -179, 2 * Math.PI / 180)]
    [InlineData(60, 0, 60, 180, Math.PI / 3)]
    [InlineData(45, 7, 45, 7, 0)]
    [InlineData(45, 7, 46, 7, Math.PI / 180)]
    public void DistanceKm_OnWellKnownCircles_IsTheArc(double latitudeA, double longitudeA, double latitudeB, double longitudeB, double arc)
    {
        Assert.Equal(Radius * arc, GreatCircle.DistanceKm(latitudeA, longitudeA, latitudeB, longitudeB), 1e-3);
        Assert.Equal(Radius * arc, GreatCircle.DistanceKm(latitudeB, longitudeB, latitudeA, longitudeA), 1e-3);
    }

    [Fact]
    public void DistanceKm_OfAFewMetres_KeepsItsDigits() =>
        // A hundred-thousandth of a degree north is 1.11 m.
        Assert.Equal(Radius * Math.PI / 180 * 1e-5, GreatCircle.DistanceKm(52.5, 13.4, 52.50001, 13.4), 1e-9);

    [Fact]
    public void DistanceKm_FromBerlinToParis_Is878() => Assert.Equal(878, GreatCircle.DistanceKm(52.5200, 13.4050, 48.8566, 2.3522), 1.0);
}
