using Aegis.Core.Features;
using Aegis.Core.Numerics;
using Aegis.Core.Transactions;
using static Aegis.Tests.Core.TestPayments;

namespace Aegis.Tests.Core.Features;

public sealed class PlaceFeaturesTests
{
    private static readonly (double, double) Home = (50, 10);
    private static readonly (double, double) North = (51, 10);
    private static readonly double Degree = GreatCircle.DistanceKm(50, 10, 51, 10);

    private readonly CardProbe _probe = new();

    [Fact]
    public void Fill_WithoutBothPlaces_IsAllZero()
    {
        Assert.All(Places(Midnight, Home), value => Assert.Equal(0, value));
        _probe.Add(Of(Midnight, place: Home));
        Assert.All(Places(Midnight, null), value => Assert.Equal(0, value));
        Assert.All(Places(Midnight, North, Channel.Ecommerce), value => Assert.Equal(0, value));
        Assert.All(Places(Midnight, North), value => Assert.NotEqual(0, value));
    }

    [Fact]
    public void Fill_OfAPlaceFromAnOnlinePayment_KnowsNone()
    {
        _probe.Add(Of(Midnight, place: Home, channel: Channel.Ecommerce));
        Assert.All(Places(Midnight, North), value => Assert.Equal(0, value));
    }

    [Fact]
    public void Fill_OfAFirstTrip_TellsDistanceSpeedAndSpread()
    {
        _probe.Add(Of(Midnight - (2 * HourMs), place: Home));
        var f = _probe.FeaturesOf(Of(place: North));
        Assert.Equal(1, f[(int)Feature.PlaceKnown]);
        Assert.Equal(111.2, Degree, 0.1);
        Assert.Equal(Math.Log(1 + Degree), f[(int)Feature.DistanceLog], 1e-5);
        Assert.Equal(Math.Log(1 + (Degree / 2)), f[(int)Feature.SpeedLog], 1e-5);
        Assert.Equal(Math.Log(1 + Degree), f[(int)Feature.CentreDistanceLog], 1e-5);
        // One place, and three that lie 25 km away.
        Assert.Equal(Degree / Math.Sqrt(3 * 625 / 4.0), f[(int)Feature.CentreZ], 1e-4);
        Assert.Equal(Math.Log(1 + Degree), f[(int)Feature.Travel1Day], 1e-5);
        Assert.Equal(Math.Log((Degree + 10) / 10), f[(int)Feature.TravelBurst], 1e-5);
    }

    [Fact]
    public void Fill_OfALaterTrip_AddsTheEarlierOnesDecayed()
    {
        _probe.Add(Of(Midnight - (2 * HourMs), place: Home));
        _probe.Add(Of(Midnight - HourMs, place: North));
        var f = _probe.FeaturesOf(Of(place: Home));
        var (day, month) = (Degree * Math.Exp(-1 / 24.0), Degree * Math.Exp(-1 / 720.0));
        Assert.Equal(Math.Log(1 + day + Degree), f[(int)Feature.Travel1Day], 1e-5);
        Assert.Equal(Math.Log((day + Degree + 10) / ((month / 30) + 10)), f[(int)Feature.TravelBurst], 1e-5);
        // Home weighs a little less than the newer place.
        var weight = Math.Exp(-1 / 720.0);
        Assert.Equal(Math.Log(1 + (Degree / (1 + weight))), f[(int)Feature.CentreDistanceLog], 1e-4);
        var spread = Math.Sqrt(((Degree * Degree) + (3 * 625)) / (weight + 4));
        Assert.Equal(Degree / (1 + weight) / spread, f[(int)Feature.CentreZ], 1e-4);
    }

    [Theory]
    [InlineData(0, 0.05)]
    [InlineData(3 * MinuteMs, 0.05)]
    [InlineData(6 * MinuteMs, 0.1)]
    [InlineData(-6 * MinuteMs, 0.1)]
    public void Speed_CountsAtLeastThreeMinutes(long laterMs, double hours)
    {
        _probe.Add(Of(Midnight, place: Home));
        Assert.Equal(Math.Log(1 + (Degree / hours)), _probe.Of(Feature.SpeedLog, Of(Midnight + laterMs, place: North)), 1e-5);
    }

    private float[] Places(long timeMs, (double, double)? place, Channel channel = Channel.Chip) => _probe.FeaturesOf(
        Of(timeMs, channel: channel, place: place))[(int)Feature.PlaceKnown..((int)Feature.TravelBurst + 1)];
}
