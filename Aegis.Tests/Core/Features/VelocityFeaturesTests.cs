using Aegis.Core.Features;
using static Aegis.Tests.Core.TestPayments;

namespace Aegis.Tests.Core.Features;

public sealed class VelocityFeaturesTests
{
    private readonly CardProbe _probe = new();

    [Fact]
    public void Fill_OfAFirstPayment_IsZeroButForItself()
    {
        var f = _probe.FeaturesOf(Of(amount: 100));
        Assert.All(f[(int)Feature.Count10Minutes..((int)Feature.CountBurst + 1)], value => Assert.Equal(0, value));
        // 100 on top of what is usual, e^3.4, in one day and in seven.
        var expected = Math.Log((100 + Math.Exp(3.4)) / Math.Exp(3.4));
        Assert.Equal(expected, f[(int)Feature.SumBurst1Day], 1e-5);
        Assert.Equal(expected, f[(int)Feature.SumBurst7Days], 1e-5);
        Assert.Equal((0, 1), (f[(int)Feature.CardAge], f[(int)Feature.FirstPayment]));
    }

    [Fact]
    public void Fill_OfALaterPayment_FollowsTheClosedForms()
    {
        const double Hours = 5;
        _probe.Add(Of(Midnight - (5 * HourMs), amount: 40));
        _probe.Add(Of(Midnight - (5 * HourMs), amount: 60));
        var f = _probe.FeaturesOf(Of(amount: 10));
        double[] timeConstants = [1 / 6.0, 1, 24, 168, 720];
        for (var window = 0; window < 5; window++)
        {
            var decay = Math.Exp(-Hours / timeConstants[window]);
            Assert.Equal(Math.Log(1 + (2 * decay)), f[(int)Feature.Count10Minutes + window], 1e-5);
            Assert.Equal(Math.Log(1 + (100 * decay)), f[(int)Feature.Sum10Minutes + window], 1e-5);
        }

        var (hour, day, week, month) = (Math.Exp(-Hours), Math.Exp(-Hours / 24), Math.Exp(-Hours / 168), Math.Exp(-Hours / 720));
        var usual = Math.Exp((Math.Log(41) + Math.Log(61) + (5 * 3.4)) / 7);
        Assert.Equal(Math.Log(((2 * hour) + 1) / ((2 * month / 720) + 1)), f[(int)Feature.CountBurst1Hour], 1e-5);
        Assert.Equal(Math.Log(((2 * day) + 1) / ((2 * month / 30) + 1)), f[(int)Feature.CountBurst], 1e-5);
        Assert.Equal(Math.Log(((100 * day) + 10 + usual) / ((100 * month / 30) + usual)), f[(int)Feature.SumBurst1Day], 1e-5);
        Assert.Equal(Math.Log(((100 * week) + 10 + usual) / ((100 * month * 7 / 30) + usual)), f[(int)Feature.SumBurst7Days], 1e-5);
        Assert.Equal(Math.Log(3), f[(int)Feature.CardAge], 1e-6);
        Assert.Equal(0, f[(int)Feature.FirstPayment]);
    }

    [Theory]
    [InlineData(0, 1, 1)]
    [InlineData((10 * MinuteMs) - 1, 1, 1)]
    [InlineData(10 * MinuteMs, 0, 1)]
    [InlineData(HourMs - 1, 0, 1)]
    [InlineData(HourMs, 0, 0)]
    [InlineData(-1, 0, 0)]
    public void ExactCounts_HaveAnEndToTheMillisecond(long ageMs, float inTenMinutes, float inHour)
    {
        _probe.Add(Of(Midnight - ageMs));
        var f = _probe.FeaturesOf(Of());
        Assert.Equal((inTenMinutes, inHour), (f[(int)Feature.ExactCount10Minutes], f[(int)Feature.ExactCount1Hour]));
    }

    [Fact]
    public void ExactCounts_KnowTheLastEight()
    {
        for (var i = 0; i < 20; i++)
        {
            _probe.Add(Of());
        }

        var f = _probe.FeaturesOf(Of());
        Assert.Equal((8, 8), (f[(int)Feature.ExactCount10Minutes], f[(int)Feature.ExactCount1Hour]));
        Assert.Equal(Math.Log(21), f[(int)Feature.Count10Minutes], 1e-5);
    }
}
