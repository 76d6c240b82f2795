using Aegis.Core.Features;
using static Aegis.Tests.Core.TestPayments;

namespace Aegis.Tests.Core.Features;

public sealed class TimeFeaturesTests
{
    private readonly CardProbe _probe = new();

    [Fact]
    public void Gap_OfAFirstPayment_IsThirtyDays()
    {
        Assert.Equal(Math.Log(1 + (30 * 86_400.0)), _probe.Of(Feature.GapLog, Of()), 1e-5);
        Assert.Equal(0, _probe.Of(Feature.GapRatio, Of()));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1_500)]
    [InlineData(5 * HourMs)]
    [InlineData(90 * DayMs)]
    public void Gap_OfALaterPayment_IsComparedWithItsSteadyRate(long gapMs)
    {
        _probe.Add(Of(Midnight - gapMs));
        _probe.Add(Of(Midnight - gapMs));
        Assert.Equal(Math.Log(1 + (gapMs / 1_000.0)), _probe.Of(Feature.GapLog, Of()), 1e-5);
        // Two payments, decayed, and this one: so many in 30 days, and a minute on both sides.
        var usual = 30.0 * DayMs / ((2 * Math.Exp(-gapMs / (30.0 * DayMs))) + 1);
        Assert.Equal(Math.Log((gapMs + 60_000) / (usual + 60_000)), _probe.Of(Feature.GapRatio, Of()), 1e-5);
    }

    // Half of a payment counts for its own hour, a quarter for each beside it, also around midnight.
    [Theory]
    [InlineData(7, 7, 0.5)]
    [InlineData(7, 8, 0.25)]
    [InlineData(7, 6, 0.25)]
    [InlineData(7, 9, 0)]
    [InlineData(7, 5, 0)]
    [InlineData(23, 0, 0.25)]
    [InlineData(0, 23, 0.25)]
    [InlineData(0, 1, 0.25)]
    [InlineData(22, 0, 0)]
    [InlineData(1, 23, 0)]
    public void HourSurprise_CountsNeighbouringHours(int paid, int asked, double share)
    {
        _probe.Add(Of(Midnight + (paid * HourMs)));
        Assert.Equal(
            -Math.Log(24 * (share + (20 / 24.0)) / 21), _probe.Of(Feature.HourSurprise, Of(Midnight + DayMs + (asked * HourMs))), 1e-5);
    }

    [Fact]
    public void HourSurprise_OfANewCard_IsThatOfThePopulation()
    {
        Assert.Equal(0, _probe.Of(Feature.HourSurprise, Of()), 1e-6);
        var counts = new Aegis.Core.Facts.FactCounts();
        for (var i = 0; i < 24; i++)
        {
            counts.Add(Of(Midnight + (7 * HourMs)), isNewAtMerchant: false);
        }

        _probe.Facts.Add(Midnight, counts);
        // 24 payments at seven and one of each hour: 25 of 48, against one of 24.
        Assert.Equal(-Math.Log(24 * 25 / 48.0), _probe.Of(Feature.HourSurprise, Of(Midnight + (7 * HourMs))), 1e-5);
        Assert.Equal(-Math.Log(24 * 1 / 48.0), _probe.Of(Feature.HourSurprise, Of(Midnight + (8 * HourMs))), 1e-5);
    }

    [Theory]
    [InlineData(0, 0, 1)]
    [InlineData(6 * HourMs, 1, 0)]
    [InlineData(12 * HourMs, 0, -1)]
    [InlineData(18 * HourMs, -1, 0)]
    [InlineData((1 * HourMs) + (30 * MinuteMs), 0.38268343, 0.92387953)]
    public void HourSineAndCosine_GoRoundTheDay(long timeOfDayMs, double sine, double cosine)
    {
        var f = _probe.FeaturesOf(Of(Midnight + timeOfDayMs));
        Assert.Equal(sine, f[(int)Feature.HourSine], 1e-6);
        Assert.Equal(cosine, f[(int)Feature.HourCosine], 1e-6);
    }
}
